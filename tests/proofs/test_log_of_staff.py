"""What the offices, the assessors, the region and the candidates read, write and stumble on leaves no word in the log."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.vault.blobs import StoreUnreachable
from tests.canary import OF_AUTHORITY, OF_PEOPLE, SALARIES, WORD, plant
from tests.crawl import crawl
from tests.doors import address, browsers_of, places
from tests.forms import actions_of, post_forms, values_of
from tests.pages import parse
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

Filled = tuple[str, str, dict[str, str]]  # who, where to, and what
SECRETS = (WORD, OF_PEOPLE, OF_AUTHORITY, *SALARIES)
PERSONS = ("kansli", "leader", "candidate", "region", "decider")
FAULTS: dict[str, Exception] = {
    "database": OperationalError(f"SELECT '{WORD}'", {"name": WORD}, Exception(f"{WORD} is locked")),
    "store": StoreUnreachable(5, f"{WORD}.pdf"),
    "ours": ValueError(f"cannot read {WORD}"),
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, by the product's own processors."""
    before, kept = structlog.get_config(), io.StringIO()
    yield kept
    structlog.configure(**before)


@pytest.mark.proof(
    "Ingenting om en sökande står i loggen, inte heller när något går fel.",
    how="a word in every text column; every page of the staff's and the candidate's, each of their forms sent with the word "
    "in every field, and the same pages while database, store and we fail with the word in the fault; the log searched",
    short={"persons": 1},
    full={"persons": len(PERSONS)},
)
def test_the_log_names_nobody_whom_staff_read_of(
    proof: Proof, world: World, set_clock: Callable[[str], datetime], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.app.test_client_class = FlaskClient
    own, _rival = set_stage(world, set_clock, employer="authority")
    plant(own)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    browsers, pages, forms = browsers_of(own), 0, list[Filled]()
    for person in PERSONS[: proof.size("persons")]:
        for answer in crawl(browsers[person], _pages_of(own, person), but=("/demo",)):
            pages += 1
            if answer.status == 200 and b"Content-Type: text/html" in answer.everything:
                forms += _forms_of(person, answer.path, answer.everything.partition(b"\n\n")[2].decode())
    for person, action, data in forms:  # once all has been read: they change who may read what
        browsers[person].post(action, data=data)
    _fail_at(world, monkeypatch, browsers["kansli"], _pages_of(own, "kansli"))
    text = log.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    found = [word for word in SECRETS if word in text]
    events = {line["event"] for line in lines}
    proof.came_to(pages=pages, forms=len(forms), lines=len(lines), found=len(found), events=" ".join(sorted(events)))
    assert found == []
    assert {"request", "unforeseen", "outage"} <= events
    assert min(pages, len(forms)) > 80


def _pages_of(side: Side, person: str) -> list[str]:
    """The addresses that the table gives a person."""
    where = places(side, person)
    rules = [rule for rule in side.world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [
        address(side, rule, where[place])
        for rule in rules
        for place, who in TABLE[rule.endpoint].pages.items()
        if who.get(person) == 200 and not rule.rule.startswith("/demo")
    ]


def _forms_of(person: str, path: str, page: str) -> Iterator[Filled]:
    """Each form of a page, with the word in every field that can be sent."""
    for form in post_forms(parse(page)):
        carried = values_of(form)
        typed = {name: f"{WORD} {number}" for number, name in enumerate(carried)}
        for action in actions_of(form, path):
            if "logga-ut" not in action:
                yield person, action, {**typed, "csrf_token": carried.get("csrf_token", "")}


def _fail_at(world: World, monkeypatch: pytest.MonkeyPatch, browser: FlaskClient, paths: list[str]) -> None:
    """The same pages while something fails, with the word in what it says."""
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    world.app.testing = False
    asked = Session.execute
    for fault in FAULTS.values():
        met = [0]

        def failing(self: Session, *args: Any, fault: Exception = fault, met: list[int] = met, **more: Any) -> Any:
            met[0] += 1
            if met[0] % 3 == 0:
                raise fault
            return asked(self, *args, **more)

        with monkeypatch.context() as broken:
            broken.setattr(Session, "execute", failing)
            for path in paths:
                browser.get(path)
