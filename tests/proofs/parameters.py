"""Everything that a page lets a person send: path, query and form fields, read from the pages and the address map."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.crawl import crawl
from tests.doors import Values
from tests.forms import actions_of, post_forms, values_of
from tests.pages import XHTML, parse
from tests.permission_lines import NOBODY_LOGGED_IN
from tests.permission_table import TABLE

ANY_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOT_OF_ROWS = (
    "number",
    "digest",
    "name",
    "step",
    "paper",
    "spoken",
    "kind",
)  # of a page, a style sheet, a meeting, a paper
PLACE = "00000000-0000-0000-0000-00000000beef"  # in an address whose parameter is replaced


@dataclass(frozen=True)
class Parameter:
    """One place where a value is sent: an address and a form as they stand, and the name whose value is replaced."""

    kind: str  # path, query or form
    endpoint: str
    name: str
    method: str
    url: str  # of a path: with PLACE where the value stands
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def carried(self) -> set[UUID]:
        """The ids that it carries as it stands."""
        told = [self.name, *(value for name, value in self.fields if name == self.name)]
        if self.kind == "query":
            told += [value for name, value in parse_qsl(urlsplit(self.url).query) if name == self.name]
        return {UUID(id) for text in told for id in ANY_UUID.findall(text)}

    def sent(self, browser: FlaskClient, id: UUID, token: str) -> TestResponse:
        """The answer to this, with ``id`` in its place and everything else as it stood."""
        data = {**self._form(str(id)), "csrf_token": token} if self.method == "POST" else None
        return browser.open(self._address(str(id)), method=self.method, data=data)

    def _address(self, id: str) -> str:
        if self.kind != "query":
            return self.url.replace(PLACE, id)
        parts = urlsplit(self.url)
        others = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != self.name]
        return f"{parts.path}?{urlencode([*others, (self.name, id)])}"

    def _form(self, id: str) -> dict[str, list[str]]:
        """An id within a name or a value ("<id>:up") is replaced there, another value whole."""
        filled: MultiDict[str, str] = MultiDict()
        for name, value in self.fields:
            if name != self.name:
                filled.add(name, value)
            elif ANY_UUID.search(name):
                filled.add(ANY_UUID.sub(id, name), value)
            else:
                filled.add(name, ANY_UUID.sub(id, value) if ANY_UUID.search(value) else id)
        return dict(filled.lists())


@dataclass
class Gathered:
    """What the pages of one person let them send, each once."""

    found: dict[tuple[str, ...], Parameter] = field(default_factory=dict)

    def add(self, one: Parameter) -> None:
        """Keep the first of its kind: an endpoint's parameter is tried once, however many pages carry it."""
        self.found.setdefault((one.kind, one.endpoint, re.sub(r"\d+", "0", ANY_UUID.sub("", one.name))), one)


def of_paths(
    app: Flask, person: str, values: dict[str, Values], address: Callable[[Rule, Values], str]
) -> list[Parameter]:
    """Every parameter of every route's address, with one's own values of the others, by each method that it takes."""
    found = []
    for rule in app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        usual = values[next(iter({**line.pages, **line.posts}))]
        for name in sorted(name for name in rule.arguments if name not in NOT_OF_ROWS):
            url = address(rule, {**usual, name: PLACE})
            for method in ("GET", "POST"):
                # What somebody who is not logged in sends to the staff's pages is sealed anew each time.
                parked = method == "POST" and person in NOBODY_LOGGED_IN and line.kind == "staff"
                if method in (rule.methods or ()) and not parked:
                    found.append(Parameter("path", rule.endpoint, name, method, url))
    return found


def sent_by_pages(app: Flask, browser: FlaskClient, starts: Iterable[str], but: tuple[str, ...]) -> list[Parameter]:
    """Every query name of every link and every field of every form, on every page that the person comes to."""
    gathered = Gathered()
    for answer in crawl(browser, list(starts), but=but):
        _query(app, gathered, answer.path)
        page = answer.everything.partition(b"\n\n")[2]
        if answer.status == 200 and b"Content-Type: text/html" in answer.everything:
            for form in post_forms(parse(page.decode())):
                for action in actions_of(form, answer.path):
                    _fields(app, gathered, urljoin(answer.path, action), form)
    return list(gathered.found.values())


def _query(app: Flask, gathered: Gathered, url: str) -> None:
    endpoint = endpoint_of(app, url, "GET")
    for name, _value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if endpoint:
            gathered.add(Parameter("query", endpoint, name, "GET", url))


def _fields(app: Flask, gathered: Gathered, action: str, form: Element) -> None:
    endpoint = endpoint_of(app, action, "POST")
    if endpoint is None:
        return
    carried = tuple(values_of(form).items(multi=True))
    for name, value in [*carried, *_offered(form)]:
        if name != "csrf_token":
            others = tuple(pair for pair in carried if pair[0] != name)
            gathered.add(Parameter("form", endpoint, name, "POST", action, (*others, (name, value))))


def _offered(form: Element) -> Iterator[tuple[str, str]]:
    """Buttons and boxes that are not pressed or ticked as the page stands, and file fields as text."""
    for e in form.iter():
        if e.get("name") and e.tag in (f"{XHTML}button", f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea"):
            yield str(e.get("name")), e.get("value") or ""


def endpoint_of(app: Flask, url: str, method: str) -> str | None:
    """The endpoint that takes this address; None where none does."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(url).path, method)[0])
    except HTTPException:
        return None
