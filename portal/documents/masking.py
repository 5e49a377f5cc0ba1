"""What in a text tells who wrote it: name, e-mail, telephone, personnummer, address, links.

Of the candidate the portal knows name, e-mail and telephone; the rest is found by how it is written. A name is masked in
every form it takes: each given name and surname, double names and their halves, genitives, initials, in capitals, with space
between the letters, broken at a line's end. Inside a longer word it is no name: Lind is not masked in Lindesberg.

**Names that are words** (Björn, Sten, Lind, Berg, My, Bo, Maj, Dag, Gran): written with a capital they are masked, at the
beginning of a sentence too. Written small they are most often the word (``en björn``, ``i maj``), so they are not masked but
given as unsure, for a human to decide on; unless two of the person's names stand side by side (``sten lind``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.documents.address_spans import address_spans
from portal.documents.birth_spans import birth_spans
from portal.documents.contact_spans import link_spans, mail_spans, number_spans, phone_spans
from portal.documents.name_forms import name_forms
from portal.documents.name_spans import name_spans
from portal.documents.reference_spans import reference_spans
from portal.documents.spans import Kind, Span, joined

__all__ = [
    "MASK", "Kind", "Known", "Seek", "Span", "leads_to_person", "masked", "one_mask", "secret_spans", "spans_of",
    "surely_told",
]  # fmt: skip

MASK = "▇▇▇"  # of one length, so that it does not tell how long the name is
_PROFILE = re.compile(
    r"(?:linkedin\.com/(?:in|pub)|facebook\.com|instagram\.com|twitter\.com|(?<![\w.])x\.com|github\.com|tiktok\.com|bsky\.app"
    r"|threads\.net|youtube\.com/@|about\.me)/?\w",
    re.I,
)
_ROW_OF_MASKS = re.compile(f"{MASK}(?:[ \u00a0-]{{0,2}}{MASK})+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows of the candidate. ``others``: names they go by besides, such as a former surname; ``ways``:
    further mail addresses, and telephone numbers, by which they are reached."""

    name: str
    email: str = ""
    phone: str = ""
    others: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


class Seek(StrEnum):
    """What is looked for."""

    WRITER = "writer"  # all that tells who wrote it: a blind review, and a protected identity
    CONTACTS = (
        "contacts"  # how somebody is reached, their number, whom they name as references: a record that is asked for
    )


def spans_of(seek: Seek, text: str, known: Known) -> list[Span]:
    """What is to be masked for that purpose. In order, none over another."""
    if seek is Seek.WRITER:
        return secret_spans(text, known)
    return joined((*_contact_spans(text, known), *reference_spans(text)), text)


def _contact_spans(text: str, known: Known) -> Iterator[Span]:
    yield from mail_spans(text, known.email)
    yield from phone_spans(text, known.phone)
    for way in known.ways:
        yield from mail_spans(text, way) if "@" in way else phone_spans(text, way)
    yield from number_spans(text)
    yield from birth_spans(text)
    yield from address_spans(text)


def secret_spans(text: str, known: Known) -> list[Span]:
    """What is to be masked and, with ``sure`` False, what a human should decide on. In order, none over another."""
    names = name_forms(known.name, known.others)
    return joined(
        (
            *name_spans(text, names),
            *_contact_spans(text, known),
            *link_spans(text),
        ),
        text,
    )


def surely_told(text: str, known: Known) -> list[str]:
    """What in a text, no name, surely leads to a person or is their number, as it is written, each once."""
    spans = (span for span in secret_spans(text, known) if span.sure and span.kind is not Kind.NAME)
    return list(dict.fromkeys(" ".join(text[span.start : span.end].split()) for span in spans))


def masked(text: str, known: Known) -> str:
    """The text with everything that surely tells who wrote it replaced by ``▇▇▇``."""
    pieces: list[str] = []
    place = 0
    for span in secret_spans(text, known):
        if span.sure:
            pieces += (text[place : span.start], MASK)
            place = span.end
    return one_mask("".join([*pieces, text[place:]]))


def one_mask(text: str) -> str:
    """Several masks in a row are one: their number would tell how many names somebody has."""
    return _ROW_OF_MASKS.sub(MASK, text)


def leads_to_person(target: str, known: Known) -> bool:
    """Whether a link goes to the candidate: a mail address, a telephone, a profile, or any address with the name in it."""
    spans = secret_spans(target, known)
    return (
        any(span.kind is not Kind.LINK for span in spans) or bool(_PROFILE.search(target)) or _names_in(target, known)
    )


def _names_in(target: str, known: Known) -> bool:
    names = name_forms(known.name, known.others)
    return any(span.kind is Kind.NAME for span in name_spans(re.sub(r"[\W\d_]+", " ", target), names))
