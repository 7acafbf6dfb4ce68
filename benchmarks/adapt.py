"""How accuracy grows with a municipality's own decisions: `python benchmarks/adapt.py`.

An archive in the style of one employer (a few templates a type, of those that training has not seen) is decided by the
shipped model; then 50, 200 and 1000 of its parts are decided by a person, drawn at random or in the order of
`models.teaching`, and the model is fitted to them. Measured is on other parts of the archive. The plain way, a model
trained on the decisions alone, runs beside it. Texts are as OCR gives them, never rendered; about three minutes.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from models.adapt import Lesson, adapt
from models.corpus.grammar import templates_of
from models.corpus.markup import Template
from models.corpus.texts import draw_texts
from models.dataset import Example
from models.evaluate import Share
from models.evidence import Evidence, observe
from models.labeller import Labeller, load_model
from models.teaching import teaching_order
from pipeline.titles import titled_as

DECISIONS = (0, 50, 200, 1000)
POOL = 1000
RESULTS = Path(__file__).parent / "results" / "adapt.json"


def house_style(seed: int, a_type: int) -> list[Template]:
    """Return the templates of one employer: some of each type, three times as many of what is none of the types."""
    rng, by_type = Random(seed), dict[str, list[Template]]()
    for template in templates_of("unseen"):
        if not template.id.startswith("cover-"):
            by_type.setdefault(template.type, []).append(template)
    chosen = []
    for code, some in sorted(by_type.items()):
        chosen += rng.sample(some, min(len(some), a_type * (3 if code == "andet" else 1)))
    return chosen


def archive(seed: int, parts: int, a_type: int = 5) -> list[Example]:
    """Return the parts of an employer's archive in random order."""
    templates = house_style(seed, a_type)
    drawn = draw_texts(templates, parts // len(templates) + 1, seed)
    examples = [Example(part, code, template, "text") for part, code, template in drawn]
    Random(seed).shuffle(examples)
    return examples[:parts]


def figures(model: Labeller, evidence: Sequence[Evidence], truth: Sequence[str]) -> dict[str, object]:
    """Return what the model makes of some parts."""
    chances = model.probabilities(evidence)
    right = np.array([model.types[n] for n in chances.argmax(axis=1)]) == np.array(truth)
    top = chances.max(axis=1)
    accepted = top >= model.accept_at
    own = chances[np.arange(len(truth)), [model.types.index(code) for code in truth]]
    floor = np.minimum(model.calibration.set_floor, top)
    sure = np.argsort(-top, kind="stable")

    def share(values: np.ndarray) -> str:
        return str(Share(int(values.sum()), len(values)))

    return {
        "type right": share(right),
        "accepted": share(accepted),
        "right of accepted": share(right[accepted]),
        "right of the surest 60 %": share(right[sure[: int(0.6 * len(sure))]]),
        "right of the surest 90 %": share(right[sure[: int(0.9 * len(sure))]]),
        "truth in the set": share(own >= floor),
        "set size": round(float((chances >= floor[:, None]).sum(axis=1).mean()), 2),
    }


def plain_way(examples: Sequence[Example], decided: Sequence[int], asked: Sequence[int]) -> str:
    """Return the accuracy of word and letter TF-IDF with logistic regression, trained on the decisions alone."""
    texts = [f"{example.part.title}\n{example.part.text}" for example in examples]
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
    letters = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), max_features=60_000)
    machine = make_pipeline(make_union(words, letters), LogisticRegression(C=30, max_iter=500))
    machine.fit([texts[n] for n in decided], [examples[n].type for n in decided])
    right = machine.predict([texts[n] for n in asked]) == np.array([examples[n].type for n in asked])
    return str(Share(int(right.sum()), len(right)))


def measure(seed: int, parts: int) -> Iterator[dict[str, object]]:
    """Yield the figures of one employer's archive, by number and order of decisions."""
    examples, model = archive(seed, parts), load_model()
    evidence = [observe(example.part) for example in examples]
    asked = range(POOL, len(examples))
    there, truth = [evidence[n] for n in asked], [examples[n].type for n in asked]
    chances = model.probabilities(evidence[:POOL])
    titled = [
        (n, code)
        for n in range(POOL)
        if (code := titled_as(examples[n].part.title)) and chances[n, model.types.index(code)] >= 0.05
    ]
    doubt = 1 - chances.max(axis=1) + 0.02
    teaching = teaching_order(model.features.transform(evidence[:POOL]), doubt, POOL)
    for order, rows in (("at random", list(range(POOL))), ("teaching most first", teaching)):
        for count in DECISIONS:
            decided = rows[:count]
            lessons = [Lesson(evidence[n], examples[n].type) for n in decided]
            if count:
                lessons += [Lesson(evidence[n], code, 0.3) for n, code in titled if n not in set(decided)]
            fitted = adapt(model, lessons)
            found = {"seed": seed, "order": order, "decisions": count, **figures(fitted, there, truth)}
            if count > DECISIONS[1]:
                found["plain way, type right"] = plain_way(examples, decided, asked)
            yield found


def main() -> int:
    """Print a line a figure, and write all of them to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="11,12", help="employers (default: 11,12)")
    parser.add_argument("--parts", type=int, default=2500, help="parts of an archive (default: 2500)")
    arguments = parser.parse_args()
    every = []
    for seed in map(int, arguments.seeds.split(",")):
        for found in measure(seed, arguments.parts):
            every.append(found)
            print(json.dumps(found, ensure_ascii=False))
            sys.stdout.flush()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(every, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
