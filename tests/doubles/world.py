"""What a stand-in holds: cases, folders, documents, files. Invented people with numbers that nobody has."""

import hashlib
import threading
from dataclasses import dataclass, field
from random import Random

from sagstjek.cpr import Cpr

NANCY, BO, CARL, DORTE, EVA, FINN = (
    Cpr(digits) for digits in ("2512489996", "0108589995", "0202809993", "0303819990", "0404829996", "0505839993")
)
NAMES = {NANCY: "Nancy Ann Berggren", CARL: "Carl Østergård", DORTE: "Dorte Åkjær", EVA: "Eva Sørensen"}


@dataclass
class HeldFile:
    file_id: int
    name: str
    data: bytes

    @property
    def extension(self):
        return self.name.rpartition(".")[2]

    @property
    def sha256(self):
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class HeldDocument:
    document_id: int
    title: str
    files: list
    folder: int | None = None
    kind: str = "Indgående"
    deleted: bool = False
    draft: bool = False
    key: str = ""
    uuid: str = ""
    text: str = ""


@dataclass
class HeldCase:
    case_id: int
    cpr: Cpr
    number: str
    open: bool = True
    barred: bool = False
    folders: dict = field(default_factory=dict)
    documents: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def title(self):
        return f"Personalesag {NAMES.get(self.cpr, 'En Person')}"


class World:
    """Everything, with ids that are unique over all kinds of things."""

    def __init__(self):
        self.cases = {}
        self._last = 1000
        self.lock = threading.RLock()

    def new_id(self):
        with self.lock:
            self._last += 1
            return self._last

    def case(self, cpr, *, number="", **how):
        case = HeldCase(self.new_id(), cpr, number or f"81.03.00-G01-{len(self.cases) + 1}-19", **how)
        self.cases[case.case_id] = case
        return case

    def folder(self, case, title):
        folder = self.new_id()
        case.folders[folder] = title
        return folder

    def document(self, case, title, *datas, folder=None, extension="pdf", **how):
        with self.lock:
            files = [HeldFile(self.new_id(), f"fil{n}.{extension}", data) for n, data in enumerate(datas, 1)]
            document = HeldDocument(self.new_id(), title, files, folder, **how)
            case.documents.append(document)
            return document

    def of(self, cpr):
        return [case for case in self.cases.values() if case.cpr == cpr]

    def find_document(self, document_id):
        return next(
            ((case, d) for case in self.cases.values() for d in case.documents if d.document_id == document_id), None
        )

    def find_file(self, file_id):
        return next(
            (
                (case, document, file)
                for case in self.cases.values()
                for document in case.documents
                for file in document.files
                if file.file_id == file_id
            ),
            None,
        )


def small_world(many=0):
    """Nancy has one open case, Bo none, Carl two, Dorte a closed one, Eva one that is barred, Finn a large one."""
    world = World()
    nancy = world.case(NANCY)
    hired, attests = world.folder(nancy, "01 Ansættelse"), world.folder(nancy, "08 Straffeattester")
    world.document(nancy, "Ansættelsesbrev", b"%PDF-1.4 brev", folder=hired)
    world.document(nancy, "Mail med bilag", b"%PDF-1.4 mail", b"%PDF-1.4 bilag", folder=hired)
    world.document(nancy, "Børneattest", b"%PDF-1.4 attest" * 5000, folder=attests)
    world.document(nancy, "Løst dokument", b"PK\x03\x04 ord", extension="docx")
    world.document(nancy, "Slettet", b"%PDF-1.4 slettet", deleted=True)
    world.case(CARL)
    world.case(CARL)
    dorte = world.case(DORTE, open=False)
    world.document(dorte, "Gammelt brev", b"%PDF-1.4 gammelt")
    eva = world.case(EVA, barred=True)
    world.document(eva, "Beskyttet", b"%PDF-1.4 beskyttet")
    finn = world.case(FINN)
    place = world.folder(finn, "07 Øvrige")
    for number in range(many):
        world.document(finn, f"Dokument {number}", b"%PDF-1.4 " + str(number).encode(), folder=place)
    return world


def many_people(count, seed=1):
    """Return a world of so many people with one case each, and a few documents in folders."""
    from models.corpus.people import draw_person  # noqa: PLC0415 - the corpus is slow to load

    rng, world = Random(seed), World()
    while len(world.cases) < count:
        person = draw_person(rng)
        if not world.of(person.cpr):
            case = world.case(person.cpr)
            places = [world.folder(case, title) for title in ("01 Ansættelse", "07 Øvrige")]
            for number in range(rng.randrange(1, 6)):
                datas = [rng.randbytes(rng.randrange(50, 4000)) for _ in range(rng.choice([1, 1, 1, 2]))]
                world.document(case, f"Dokument {number}", *datas, folder=rng.choice([*places, None]))
    return world
