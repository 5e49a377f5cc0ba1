"""English is whole: every sentence marked in code and templates has its translation, with the same places in it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from portal.paths import TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
PLACES = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def marked() -> set[str | tuple[str, ...]]:
    """Every marked sentence."""
    found: set[str | tuple[str, ...]] = set()
    for folder, methods in (
        (ROOT / "portal", [("**.py", "python")]),
        (ROOT / "templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]),
    ):
        for _file, _line, message, _comments, _context in extract_from_dir(folder, methods, keywords=KEYWORDS):
            found.add(tuple(message) if isinstance(message, list | tuple) else message)
    return {message for message in found if message}


@pytest.fixture(scope="module")
def english() -> Catalog:
    return read_po(BytesIO((TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").read_bytes()), locale="en")


def test_no_marked_sentence_lacks_its_english(marked: set[str | tuple[str, ...]], english: Catalog) -> None:
    missing = []
    for message in marked:
        known = english.get(message)
        texts = known.string if known and isinstance(known.string, tuple | list) else (known.string if known else "",)
        if not all(texts) or (known is not None and known.fuzzy):
            missing.append(message)
    assert missing == []


def test_every_translation_has_the_places_of_its_sentence(english: Catalog) -> None:
    wrong = []
    for message in english:
        if message.id and isinstance(message.id, str) and isinstance(message.string, str):
            if set(PLACES.findall(message.id)) != set(PLACES.findall(message.string)):
                wrong.append(message.id)
    assert wrong == []


def test_no_translation_is_of_a_sentence_that_is_gone(marked: set[str | tuple[str, ...]], english: Catalog) -> None:
    ids = {message if isinstance(message, str) else message[0] for message in marked}
    gone = [m.id for m in english if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in ids]
    assert gone == []
