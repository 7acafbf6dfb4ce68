"""The classifier against its peers' recipes, trained the same way: `python benchmarks/classifier.py`.

Texts of the train side, five to fifty documents a type to learn from, the documents of other templates (of no common
school) to be recognised. Peers: paperless-ngx's recipe (counts of words and pairs, a multi-layer perceptron), TF-IDF of
words with logistic regression, TF-IDF of words and letters with a linear machine. Same documents, same split, same
title and text for all. Reported: accuracy and macro-F1, mean of the seeds. About ten minutes on one core.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from models.corpus.compose import school_of
from models.corpus.grammar import templates_of
from models.corpus.texts import draw_texts
from models.dataset import Example
from models.train import Lesson

RESULTS = Path(__file__).parent / "results" / "classifier.json"
Way = Callable[[Sequence[Example], Sequence[Example]], Sequence[str]]


def ours(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[str]:
    """Return what our features and model say."""
    lesson = Lesson.of([*known, *asked], seed=1, varied=False)
    linear, matrix = lesson.fit(np.arange(len(known)), 1)
    scores = matrix[len(known) :] @ linear.weights + linear.offset
    return [lesson.types[n] for n in scores.argmax(axis=1)]


def _text(example: Example) -> str:
    return f"{example.part.title}\n{example.part.text}"


def _pipeline(*steps: object) -> Way:
    def way(known: Sequence[Example], asked: Sequence[Example]) -> Sequence[str]:
        machine = make_pipeline(*steps)
        machine.fit([_text(example) for example in known], [example.type for example in known])
        return list(machine.predict([_text(example) for example in asked]))

    return way


WAYS: dict[str, Way] = {
    "sagstjek": ours,
    "paperless-ngx recipe": _pipeline(CountVectorizer(ngram_range=(1, 2), min_df=0.01), MLPClassifier(tol=0.01)),
    "TF-IDF words, logistic": _pipeline(TfidfVectorizer(sublinear_tf=True), LogisticRegression(C=10, max_iter=300)),
    "TF-IDF words and letters": _pipeline(
        make_union(
            TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)),
            TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5), max_features=100_000),
        ),
        LinearSVC(C=1),
    ),
}


def split(examples: Sequence[Example], labels: int, seed: int) -> tuple[list[Example], list[Example]]:
    """Return so many documents of each type, of half of its schools, and 600 documents of the others."""
    rng = Random(seed)
    known: list[Example] = []
    asked: list[Example] = []
    by_type: dict[str, list[Example]] = {}
    for example in examples:
        by_type.setdefault(example.type, []).append(example)
    for code in sorted(by_type):
        schools = sorted({school_of(example.template) for example in by_type[code]})
        mine = set(rng.sample(schools, len(schools) // 2))
        inside = [example for example in by_type[code] if school_of(example.template) in mine]
        known += rng.sample(inside, min(labels, len(inside)))
        asked += [example for example in by_type[code] if school_of(example.template) not in mine]
    return known, rng.sample(asked, min(600, len(asked)))


def main() -> int:
    """Print a line for each way and number of labels, and write all to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", default="5,20,50", help="documents of a type to learn from (default: 5,20,50)")
    parser.add_argument("--seeds", type=int, default=2, help="splits (default: 2)")
    arguments = parser.parse_args()
    drawn = draw_texts(templates_of("train"), 1, 5)
    examples = [Example(part, code, template, "text") for part, code, template in drawn]
    every = []
    for labels in map(int, arguments.labels.split(",")):
        for name, way in WAYS.items():
            figures = []
            for seed in range(arguments.seeds):
                known, asked = split(examples, labels, seed)
                said, truth = way(known, asked), [example.type for example in asked]
                right = float(np.mean(np.array(said) == np.array(truth)))
                figures.append((right, float(f1_score(truth, said, average="macro", zero_division=0))))
            accuracy, macro = np.mean(figures, axis=0)
            found = {"labels": labels, "way": name, "accuracy": round(accuracy, 4), "macro_f1": round(macro, 4)}
            every.append(found)
            print(json.dumps(found))
            sys.stdout.flush()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(every, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
