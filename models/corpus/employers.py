"""Invented municipalities and the posts that people hold there."""

import datetime as dt
from dataclasses import dataclass
from random import Random

_NEW_NAMES = """Nordå Klinthøj Vestermose Egedamsø Sølunde Bøgstrup Lyngkær Ravnhøj Tranesund Østmarken
Hvidesø Åstrand Kærhøj Mariedal"""
_OLD_NAMES = """Aldrup Fjelsø Granby Gl.Havn Hjortkær Klokkedal Mølleå Nørlunde Rødbæk Skarøre Sønderklit
Tingballe Ulstrupsø Værløkke"""
_NEW = tuple(_NEW_NAMES.split())
_OLD = tuple(_OLD_NAMES.split())
_DEPARTMENTS_OLD = (
    "Socialforvaltningen",
    "Skole- og Kulturforvaltningen",
    "Teknisk Forvaltning",
    "Økonomisk Forvaltning",
    "Magistratens 4. afdeling",
    "Personaleafdelingen",
)
_DEPARTMENTS = (
    "Børn og Unge",
    "Sundhed og Ældre",
    "Teknik og Miljø",
    "HR og Løn",
    "Socialforvaltningen",
    "Borgmesterens Afdeling",
    "Beskæftigelse og Erhverv",
)
_TENURE_UNTIL = 1994  # since then few but chiefs were appointed as tjenestemand
REFORM = 2007  # the municipal reform: senders before it no longer exist


@dataclass(frozen=True, slots=True)
class Employer:
    """The municipality as it signed its letters in one year."""

    name: str
    department: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post: title, agreement, union, and what the rules ask about it.

    Attributes:
        group: position group of the rules. children: contact with children under 15.
        places: names of workplaces. kind: kind of workplace. health: profession that needs authorisation.
        school: education and issuer.
    """

    title: str
    agreement: str
    union: str
    group: str
    children: str
    kind: str
    places: tuple[str, ...]
    education: str
    leader: str
    health: str = ""
    form: str = "overenskomst_maanedsloen"


_NURSERY = (
    "Børnehaven Solsikken",
    "Vuggestuen Mariehønen",
    "Børnehuset Regnbuen",
    "Den integrerede institution Ællingen",
)
_SCHOOL = ("Bøgebakkeskolen", "Åløkkeskolen", "Nordre Skole", "Søndervangskolen", "Klosterskolen")
_CARE = (
    "Plejecenter Lindehøj",
    "Ældrecenter Åbrinken",
    "Hjemmeplejen Distrikt Øst",
    "Plejehjemmet Rosengården",
)
_OFFICE = (
    "Rådhuset, Borgerservice",
    "Rådhuset, HR og Løn",
    "Jobcenter Midt",
    "Økonomiafdelingen",
    "Teknik- og Miljøcentret",
)
_HOME = (
    "Botilbuddet Egely",
    "Bostedet Kernehuset",
    "Døgninstitutionen Skovhuset",
    "Socialpsykiatrien Havnen",
)
_YARD = ("Materielgården", "Vej og Park", "Ejendomsservice", "Genbrugspladsen Nord")

POSTS = (
    Post("Pædagog", "Overenskomst for pædagogisk personale i daginstitutioner", "BUPL", "boern_direkte",
         "direkte_kontakt", "dagtilbud", _NURSERY, "Professionsbachelor som pædagog", "institutionsleder"),
    Post("Pædagogmedhjælper", "Overenskomst for pædagogmedhjælpere og pædagogiske assistenter", "FOA",
         "boern_direkte",
         "direkte_kontakt", "dagtilbud", _NURSERY, "HF-eksamen", "institutionsleder", form="timeloen"),
    Post("Lærer", "Overenskomst for lærere m.fl. i folkeskolen", "Danmarks Lærerforening", "boern_direkte",
         "direkte_kontakt", "folkeskole", _SCHOOL, "Professionsbachelor som lærer i folkeskolen",
         "skoleleder"),
    Post("Lærer", "Tjenestemandsregulativet", "Danmarks Lærerforening", "boern_direkte",
         "direkte_kontakt", "folkeskole", _SCHOOL, "Lærereksamen", "skoleinspektør", form="tjenestemand"),
    Post("Dagplejer", "Overenskomst for dagplejere", "FOA", "boern_direkte",
         "direkte_kontakt", "dagpleje", ("Den kommunale Dagpleje",), "Folkeskolens afgangsprøve",
         "dagplejeleder"),
    Post("Teknisk serviceleder", "Overenskomst for teknisk service", "FOA", "boern_faerdes",
         "faerdes_fast", "folkeskole", _SCHOOL, "Svendebrev som tømrer", "skoleleder"),
    Post("Skolesekretær", "Overenskomst for administration og it mv.", "HK Kommunal", "boern_faerdes",
         "faerdes_fast", "folkeskole", _SCHOOL, "Kontoruddannelse", "skoleleder"),
    Post("Sundhedsplejerske", "Overenskomst for ikke-ledende personale på Sundhedskartellets område",
         "Dansk Sygeplejeråd",
         "sundhed_autoriseret", "direkte_kontakt", "sundhedspleje", ("Sundhedsplejen",),
         "Professionsbachelor i sygepleje", "ledende sundhedsplejerske", health="Sygeplejerske"),
    Post("Sygeplejerske", "Overenskomst for ikke-ledende personale på Sundhedskartellets område",
         "Dansk Sygeplejeråd",
         "sundhed_autoriseret", "nej", "plejecenter", _CARE, "Professionsbachelor i sygepleje",
         "områdeleder", health="Sygeplejerske"),
    Post("Social- og sundhedsassistent", "Overenskomst for social- og sundhedspersonale", "FOA",
         "sundhed_autoriseret", "nej", "plejecenter", _CARE, "Social- og sundhedsassistent",
         "teamleder", health="Social- og sundhedsassistent"),
    Post("Social- og sundhedshjælper", "Overenskomst for social- og sundhedspersonale", "FOA",
         "uddannelseskrav", "nej", "hjemmepleje", _CARE, "Social- og sundhedshjælper", "gruppeleder"),
    Post("Ergoterapeut", "Overenskomst for ikke-ledende personale på Sundhedskartellets område",
         "Ergoterapeutforeningen",
         "sundhed_autoriseret", "nej", "andet", ("Træningscentret", "Genoptræningen Vest"),
         "Professionsbachelor i ergoterapi", "træningsleder", health="Ergoterapeut"),
    Post("Socialrådgiver", "Overenskomst for socialrådgivere", "Dansk Socialrådgiverforening",
         "uddannelseskrav",
         "nej", "boernefamiliesocial", ("Familieafdelingen", *_OFFICE),
         "Professionsbachelor som socialrådgiver", "afdelingsleder"),
    Post("Kontorassistent", "Overenskomst for administration og it mv.", "HK Kommunal", "administration",
         "nej", "administration", _OFFICE, "Kontoruddannelse, offentlig administration", "kontorchef"),
    Post("Økonomikonsulent", "Overenskomst for akademikere ansat i kommuner", "Djøf", "oekonomi_betroet",
         "nej", "administration", _OFFICE, "Cand.scient.pol.", "økonomichef"),
    Post("Socialpædagog", "Overenskomst for socialpædagoger m.fl. på døgnområdet",
         "Socialpædagogernes Landsforbund",
         "udsatte_borgere", "nej", "botilbud_voksne", _HOME, "Professionsbachelor som pædagog", "forstander"),
    Post("Specialarbejder", "Overenskomst for specialarbejdere, faglærte gartnere m.fl.", "3F", "drift",
         "nej", "drift_vej_park", _YARD, "Svendebrev som anlægsgartner", "driftsleder"),
    Post("Rengøringsassistent", "Overenskomst for rengøringsassistenter", "3F", "drift",
         "nej", "drift_vej_park", _YARD, "Folkeskolens afgangsprøve", "serviceleder", form="timeloen"),
    Post("Social- og sundhedshjælperelev", "Overenskomst for social- og sundhedspersonale", "FOA", "elev",
         "nej", "plejecenter", _CARE, "Folkeskolens afgangsprøve", "uddannelseskoordinator", form="elev"),
)  # fmt: skip


def draw_employer(rng: Random, year: int, home: str = "", former: str = "") -> Employer:
    """Return the employer as of a year: `home` since the reform, before it `former`, a town merged since.

    A town that is not given is drawn. Address and telephone of a town are always the same.
    """
    old = year < REFORM
    town = (former if old else home) or rng.choice(_OLD if old else _NEW)
    town = town.replace(".", " ")
    own = Random(town)
    street = own.choice(("Torvet", "Rådhuspladsen", "Stationsvej", "Nørregade"))
    web = town.lower().replace("å", "aa").replace("ø", "oe").replace("æ", "ae").replace(" ", "")
    return Employer(
        f"{town} Kommune",
        rng.choice(_DEPARTMENTS_OLD if old else _DEPARTMENTS),
        f"Rådhuset, {street} {own.randrange(1, 60)}, {own.randrange(2600, 9990)} {town}",
        f"{own.randrange(30, 99)} {own.randrange(10, 99)} {own.randrange(10, 99)} {own.randrange(10, 99)}",
        f"{rng.choice(('hr', 'personale', 'post', 'raadhus'))}@{web}.example",
    )


def draw_home(rng: Random) -> str:
    """Return the town whose municipality owns an archive since the reform."""
    return rng.choice(_NEW)


@dataclass(frozen=True, slots=True)
class Term:
    """One employment of one person: what a scene writes documents about.

    Attributes:
        home: town of the employer since the reform. former: town of the employer before it.
    """

    post: Post
    place: str
    hired: dt.date
    left: dt.date | None
    hours: float
    number: str
    leader: str
    home: str = ""
    former: str = ""


def draw_term(rng: Random, hired: dt.date, left: dt.date | None, leader: str, home: str = "") -> Term:
    """Return an employment in a random post."""
    tenured = hired.year < _TENURE_UNTIL and rng.random() < 0.3
    post = rng.choice([post for post in POSTS if (post.form == "tjenestemand") == tenured])
    hours = (
        37.0
        if post.form in {"elev", "tjenestemand"}
        else rng.choice((37.0, 37.0, 37.0, 32.0, 30.0, 28.0, 34.0, 20.0, 15.0))
    )
    return Term(
        post,
        rng.choice(post.places),
        hired,
        left,
        hours,
        f"{rng.randrange(10000, 99999)}",
        leader,
        home,
        rng.choice(_OLD),
    )
