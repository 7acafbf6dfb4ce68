"""A few types, learnt in seconds."""

from functools import cache

from models.corpus.grammar import shipped_templates
from models.corpus.texts import draw_texts
from models.dataset import Example, PagePile
from models.train import train
from sagstjek.shapes import Extent, Page, TextSource

TYPES = ("cv", "loenseddel", "opsigelse", "boerneattest", "andet")


@cache
def examples(per_template=3, seed=1):
    templates = [template for template in shipped_templates() if template.type in TYPES]
    return [Example(part, code, name, "text") for part, code, name in draw_texts(templates, per_template, seed)]


@cache
def piles(count=40):
    """Documents laid behind one another, each two pages long."""
    made = []
    some = [example for example in examples() if len(example.part.text.splitlines()) > 8]
    for n in range(count):
        pages, firsts = [], []
        for example in some[3 * n % len(some) : 3 * n % len(some) + 3]:
            lines = example.part.text.splitlines()
            firsts.append(len(pages) + 1)
            for half in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
                pages.append(Page(len(pages) + 1, "\n".join(half), TextSource.OCR, extent=Extent.WHOLE))
        made.append(PagePile(tuple(pages), tuple(firsts)))
    return made


@cache
def model():
    return train(examples(), piles())[0]
