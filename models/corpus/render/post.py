"""Documents as mails: who writes to whom follows from what the document is."""

import datetime as dt
from random import Random

from models.corpus.blocks import plain_text
from models.corpus.grammar import Drawn
from models.corpus.render.mail import Mail, write_eml
from models.corpus.render.msg import write_msg

_FROM_EMPLOYEE = frozenset({"ansoegning", "cv", "opsigelse", "barsel", "orlov", "bibeskaeftigelse", "stamdata"})
Attachments = tuple[tuple[str, "bytes | Mail"], ...]


def make_mail(drawn: Drawn, rng: Random, attachments: Attachments = ()) -> Mail:
    """Return the document as a message sent on its day."""
    slots, day = drawn.scene.slots, drawn.scene.date
    employee = (slots["navn"], slots["email"])
    office = (rng.choice((slots["leder"], slots["sagsbehandler"])), slots["kommune_email"])
    own = drawn.template.type in _FROM_EMPLOYEE
    return Mail(
        drawn.title,
        employee if own else office,
        (slots["leder"], slots["kommune_email"]) if own or rng.random() < 0.5 else employee,
        dt.datetime(day.year, day.month, day.day, rng.randrange(7, 18), rng.randrange(60), tzinfo=dt.UTC),
        plain_text(drawn.blocks).replace("\f", "\n") + "\n",
        attachments,
    )


def write_mail(drawn: Drawn, form: str, rng: Random, attachments: Attachments = ()) -> bytes:
    """Return the document as a message file, `msg` or `eml`."""
    mail = make_mail(drawn, rng, attachments)
    return write_eml(mail) if form == "eml" else write_msg(mail)
