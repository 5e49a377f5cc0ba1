"""A test browser that checks every page it visits: parses as HTML5, one h1, labels, unique ids, nothing inline, tokens."""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.swedish_dates import MONTHS

XHTML = "{http://www.w3.org/1999/xhtml}"
# What is random in a page and never decides its faults: tokens, and which number an id is. Each stays the same in all
# the places where it is said, so that what is twice is twice and what points at nothing still does.
ANY_ID = re.compile(
    r'(?<=name="csrf_token" type="hidden" value=")[^"]+'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<=/annonser/)[0-9a-f]{8}(?![0-9a-f])"
)
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


WHOLE_DAY = re.compile(rf"\d{{1,2}}\xa0(?:{'|'.join(MONTHS)})(?:\xa0\d{{4}})?")


def whole_days_read(text: str) -> str:
    """A sentence as a page that holds it is read: see `Read`."""
    return WHOLE_DAY.sub(lambda day: day[0].replace("\xa0", " "), text)


class Read:
    """An answer as it is read: a day is written with plain blanks, whether or not a line may end in it (`data` has both)."""

    def get_data(self, as_text: bool = False) -> Any:
        """As Werkzeug's."""
        said = super().get_data(as_text)  # type: ignore[misc]
        return whole_days_read(said) if as_text else said


class CheckedClient(FlaskClient):
    """Flask's client; each HTML answer is checked before the test sees it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response_wrapper = type("Read", (Read, self.response_wrapper), {})

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)  # as a server does: every answer is read to its end and closed
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and response.status_code != 304:
            faults = faults_of_a_page_like(response.get_data(as_text=True))
            assert not faults, f"{response.request.path if response.request else ''}: {faults}"
        return response


_found: dict[bytes, list[str]] = {}


def faults_of_a_page_like(page: str) -> list[str]:
    """`faults_of` a page. Two that differ in ids and tokens alone are checked once."""
    like = sha256(with_plain_ids(page).encode()).digest()
    if like not in _found:
        _found[like] = faults_of(page)
    return _found[like]


def with_plain_ids(page: str) -> str:
    """The page with what is random in it numbered in the order in which it is first said."""
    numbers: dict[str, str] = {}
    return ANY_ID.sub(lambda found: numbers.setdefault(found[0], f"x{len(numbers)}x"), page)


@lru_cache(maxsize=4)
def parse(page: str) -> Element:
    """The page's tree, to read and not to change: the last ones are kept. Raises AssertionError at the first fault."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=False)
    tree: Element = parser.parse(page)
    problems = [f"{place}: {code} {data}" for place, code, data in parser.errors]
    assert not problems, problems[:5]
    return tree


def faults_of(page: str) -> list[str]:
    """What is wrong with a page, in words; empty when nothing is."""
    try:
        tree = parse(page)
    except AssertionError as broken:
        return [str(broken)]
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    named = [(e.tag.removeprefix(XHTML), e) for e in elements]
    return [
        *_headings(named),
        *_ids(elements),
        *_inline(named),
        *_labels(named),
        *_tokens(named),
        *_files(named),
        *_addresses(named),
    ]


def _addresses(named: list[tuple[str, Element]]) -> list[str]:
    """A macro's name in the place of a value: the template has both under one name."""
    said = [e.get(attribute) or "" for _, e in named for attribute in ("href", "src", "action")]
    return [f"no address: {address}" for address in said if "%3CMacro" in address]


def _headings(named: list[tuple[str, Element]]) -> list[str]:
    found = sum(1 for name, _ in named if name == "h1")
    titles = [e for name, e in named if name == "title"]
    faults = [] if found == 1 else [f"{found} h1"]
    return faults if titles and (titles[0].text or "").strip() else [*faults, "no title"]


def _ids(elements: list[Element]) -> list[str]:
    ids = [e.get("id") for e in elements if e.get("id") is not None]
    twice = {i for i in ids if ids.count(i) > 1}
    pointed = [
        target
        for e in elements
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for target in (e.get(attribute) or "").split()
    ]
    missing = {target for target in pointed if target not in ids}
    return [f"id twice: {sorted(map(str, twice))}"] * bool(twice) + [f"no such id: {sorted(missing)}"] * bool(missing)


def _inline(named: list[tuple[str, Element]]) -> list[str]:
    faults = []
    for name, e in named:
        if e.get("style") is not None or name == "style":
            faults.append(f"inline style on {name}")
        if any(str(a).startswith("on") for a in e.attrib):
            faults.append(f"inline handler on {name}")
        if name == "script" and not e.get("src") and e.get("type") != "application/ld+json":
            faults.append("inline script")
    return faults


def _labels(named: list[tuple[str, Element]]) -> list[str]:
    pointed = {e.get("for") for name, e in named if name == "label"}
    wrapped = {id(child) for name, e in named if name == "label" for child in e.iter()}
    faults = []
    for name, e in named:
        if name not in ("input", "select", "textarea") or e.get("type") in NEEDS_NO_LABEL:
            continue
        if e.get("id") in pointed or id(e) in wrapped or e.get("aria-label") or e.get("aria-labelledby"):
            continue
        faults.append(f"no label: {e.get('name')}")
    return faults


def _files(named: list[tuple[str, Element]]) -> list[str]:
    """Which files are taken in and how large they may be stands beside the field, and what looks before sending knows it."""
    texts = {e.get("id"): " ".join(" ".join(e.itertext()).split()) for _, e in named if e.get("id")}
    faults = []
    for name, e in named:
        if name == "input" and e.get("type") == "file":
            beside = " ".join(texts.get(id, "") for id in (e.get("aria-describedby") or "").split())
            limit = f"{round(int(e.get('data-max-bytes') or 0) / 1024**2)} MB"
            if not e.get("accept") or not re.search(rf"\b{limit}", beside):
                faults.append(f"no limit beside {e.get('name')}")
    return faults


def _tokens(named: list[tuple[str, Element]]) -> list[str]:
    faults = []
    for name, e in named:
        if name == "form" and (e.get("method") or "get").lower() == "post":
            names = {child.get("name") for child in e.iter()}
            if "csrf_token" not in names:
                faults.append(f"form without token: {e.get('action')}")
    return faults
