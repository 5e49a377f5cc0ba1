"""Every id of the rival's in every parameter there is: answered, byte for byte, like an id that nobody has."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

from portal.config import Settings
from portal.web.errors import not_found_page
from tests.contracts.hiring import hired
from tests.contracts.written.contracting import recorded
from tests.database import Databases
from tests.door import behind
from tests.doors import address, browsers_of, csrf_token, places
from tests.permission_lines import NOBODY_LOGGED_IN
from tests.permission_table import TABLE
from tests.proofs.belonging import Row, ids_of, kinds_of, prints_of, rows_of
from tests.proofs.parameters import ANY_UUID, Parameter, of_paths, sent_by_pages
from tests.proofs.plugin import FULL, Proof
from tests.stage import Side, set_stage
from tests.world import World

# Where the rival employs itself, and where one region employs for both: whoever registers there reads of both.
PERSONS = {"party": ("kansli", "leader", "candidate", "region"), "authority": ("kansli", "leader", "candidate")}
STARTS = ("/", "/?lang=en", "/annonser.atom", "/arbete", "/konto", "/arbete/byt")
# What is new on each page: the token, the id of a form that makes one thing, the marks of the texts it was opened with.
TOKEN = re.compile(rb'name="(?:csrf_token|form_id|marks|opened|version)"[^>]*value="[^"]*"')
# Forms whose answers change with every try, whatever is in them: tries are counted. They take no ids of rows.
COUNTED = {"accounts.save_own_password", "protection.open_one"}
# Fields that stand on no page of the stage: of those who run the installation (no party is foreign to them), of a party
# that employs (the stage's own does not), of an offer (all are answered), of a decision whose last day of appeal has
# passed or that is before a court, of applications whose day is known,
# of rules that know of arbetsbefrielse, of a first day before its decision, of a link's door, of a request to put a
# telephone number right, of two answers to one request, of a paper whose suggested boxes are all gone, of texts that tell who
# a code name is, of a party's days counted before, of an end before its own decision, of what a court has set aside, of a
# request that nothing is chosen for, and the list that rows stand in.
ON_NO_PAGE = {
    "authority", "kind", "consent", "until_further_notice", "end_reason", "earlier_days", "policy_reason", "answer", "why",
    "rows", "none_came", "stands", "released", "until", "consent_day", "form_file", "papers", "code", "parked",
    "months", "agree", "without_phone", "beside", "bare", "stood", "begun_before", "anyway",
    "ended_before", "ruled", "outside", "counted", "appealed_on", "leads_nowhere", "shows_nobody",
}  # fmt: skip
NUMBER = re.compile(r"\d+")
Said = tuple[int, str, list[tuple[str, str]]]


@pytest.mark.proof(
    "Ett annat partis uppgifter går inte att nå, ändra eller ens ana genom något fält eller någon adress.",
    how="each id of the rival's rows in each path, and some in each query and form parameter that the pages carry, those of "
    "the same table first, by the first of four people who has it there, some more by the others, beside an unused id",
    short={"ids": 1, "ids_in_forms": 1, "persons": 1, "ids_of_others": 0},
    full={"ids": 100_000, "ids_in_forms": 40, "persons": 4, "ids_of_others": 12},
)
@pytest.mark.parametrize("rivals", PERSONS if FULL else ["party"])
def test_every_id_of_the_rivals_is_an_id_that_nobody_has(
    proof: Proof, rivals: str, world: World, settings: Settings, databases: Databases,
    set_clock: Callable[[str], datetime],
) -> None:  # fmt: skip
    world.app.test_client_class = FlaskClient  # the pages are checked as HTML by their own tests
    own, rival = set_stage(world, set_clock, employer="authority", rivals=rivals)
    hired(own.world, set_clock, employment_form="vikariat")  # the page that asks whose employment it stands in for
    recorded(own.world, set_clock)  # the form of a contract that is still to be offered
    turns = _Turns([_Knock(own, person) for person in PERSONS[rivals]], proof)
    theirs = rows_of(rival.world.party, settings, databases)
    foreign, before, told, tried = ids_of(theirs), prints_of(theirs), [], Counter[str]()
    alike = _Alike(rows_of(own.world.party, settings, databases), theirs)
    for knock, place, one, few in turns:
        others = [*foreign[place % len(foreign) :], *foreign][: min(few, len(foreign))]  # where few: others each time
        ids = list(dict.fromkeys([*alike.tried_with(one)[:few], *others]))[: max(few, 1)]
        told += knock.told_by(one, ids)
        tried[one.kind] += len(ids)
    changed = prints_of(rows_of(rival.world.party, settings, databases)) ^ before
    kinds = Counter(kind for kind, *_ in turns.knocked)
    proof.came_to(
        ids=len(foreign), parameters_of_paths=kinds["path"], of_queries=kinds["query"], of_forms=kinds["form"],
        with_ids_of_their_own_kind=len(alike.met), requests=sum(tried.values()), leaks=len(told),
        rivals_rows=len(theirs), rivals_rows_changed=len(changed),
    )  # fmt: skip
    assert told == []
    assert changed == set()
    assert min(kinds["path"], kinds["form"]) > 70
    assert len(alike.met) > 10, "fields that carry an id are tried with the rival's ids of the same table"
    if "region" in PERSONS[rivals]:  # with all the pages there are
        sent = {NUMBER.sub("0", name.rpartition("-")[2]) for _, _, name, _ in turns.knocked}
        assert _names_of_form_classes() - sent <= ON_NO_PAGE


class _Turns:
    """Who tries which parameter with how many ids: the first who has it with all that are wished, some others with a few."""

    def __init__(self, knocks: Sequence["_Knock"], proof: Proof) -> None:
        self.knocks, self.proof = knocks, proof
        self.knocked: dict[tuple[str, ...], set[str]] = {}  # by whom each parameter was tried

    def __iter__(self) -> Iterator[tuple["_Knock", int, Parameter, int]]:
        for knock in self.knocks:
            for place, one in enumerate(knock.parameters):
                by = self.knocked.setdefault((one.kind, one.endpoint, one.name, one.method), set())
                if len(by - {knock.person}) == self.proof.size("persons"):
                    continue
                by.add(knock.person)
                few = self.proof.size("ids" if one.kind == "path" else "ids_in_forms")
                if by != {knock.person}:  # somebody else has tried them all
                    few = min(few, self.proof.size("ids_of_others"))
                yield knock, place, one, few


class _Alike:
    """The rival's ids of the same kind as those that a field carries: to an assessor's seat another's, to an ad another's."""

    def __init__(self, own: list[tuple[str, Row]], theirs: list[tuple[str, Row]]) -> None:
        self.own, self.met = kinds_of(own), set[tuple[str, str]]()
        self.theirs: dict[str, list[UUID]] = {}
        for id, tables in kinds_of(theirs).items():
            for table in tables:
                self.theirs.setdefault(table, []).append(id)

    def tried_with(self, one: Parameter) -> list[UUID]:
        """Those of every table in which a row bears an id that the field carries; none where it carries none of a row."""
        tables = {table for id in one.carried for table in self.own.get(id, ())}
        found = [id for table in sorted(tables) for id in self.theirs.get(table, ())]
        if found:
            self.met.add((one.endpoint, ANY_UUID.sub("", one.name)))
        return found


class _Knock:
    """One person of one's own, with all that their pages let them send."""

    def __init__(self, side: Side, person: str) -> None:
        self.app, self.person, self.sent = side.world.app, person, set[str]()
        self.browser = browsers_of(side)[person]
        self.token = csrf_token(person, self.browser)
        with self.app.app_context():
            self.nothing_there = not_found_page(self.app).decode("latin-1")
        way = f"/annonser/{side.open.reference}/ansok"
        case, called = f"/arbete/rekryteringar/{side.closed.ad.id}", side.interviews.tokens if side.interviews else {}
        starts = [
            *STARTS,
            *(f"{case}/{page}" for page in ("bedom", "mote", "mote/ordning", "mote/omrostning")),
            *(f"{behind(side.world, one)}/intervju" for one in called.values()),
            way,
            f"{way}/handlingar",
            f"{way}/kontrollera",
        ]
        starts += [
            f"/arbete/rekryteringar/{side.draft}/annons/krav",
            *(behind(side.world, one) for one in side.tokens.values()),
        ]
        found = of_paths(self.app, person, places(side, person), lambda rule, values: address(side, rule, values))
        found += sent_by_pages(self.app, self.browser, starts, but=("/demo",))
        self.parameters = [one for one in found if one.kind != "form" or self._is_steady(one)]

    def _is_steady(self, one: Parameter) -> bool:
        return TABLE[one.endpoint].kind != "public" and one.endpoint not in COUNTED

    def told_by(self, one: Parameter, foreign: Sequence[UUID]) -> list[tuple[str, Parameter, UUID, int]]:
        """Ids that were answered otherwise than an unused one. The first try may change one's own rows, so it is not it."""
        self._said(one, uuid4())
        unused, told = self._said(one, uuid4()), []
        if one.kind == "path" and self.person not in NOBODY_LOGGED_IN and TABLE[one.endpoint].kind != "public":
            assert unused[:2] == (404, self.nothing_there), one
        for id in foreign:
            said = self._said(one, id)
            if said != unused:
                unused = self._said(one, uuid4())  # a minute may have passed since
                said = self._said(one, id)
            if said != unused:
                told.append((self.person, one, id, said[0]))
        return told

    def _said(self, one: Parameter, id: UUID) -> Said:
        """The answer without what is random in it: tokens, ids that were sent (a text field keeps them), and where a
        redirect leads to, the id of what was just made."""
        self.sent.add(str(id))
        answer: TestResponse = one.sent(self.browser, id, self.token)
        leads_on = answer.status_code == 303

        def masked(text: str) -> str:
            return ANY_UUID.sub(lambda found: "" if leads_on or found[0] in self.sent else found[0], text)

        headers = [(name, masked(value)) for name, value in answer.headers if name not in ("Set-Cookie", "ETag")]
        return answer.status_code, masked(TOKEN.sub(b"", answer.data).decode("latin-1")), headers


def _names_of_form_classes() -> set[str]:
    """Every field of every form class of the staff's and candidates' pages, so that none is missed by the pages. Of lines
    that are alike, by their number, the first stands for all, as among what the pages send. A class that was made for one
    ad's questions, or by a test, is nobody's here."""
    names: set[str] = set()
    classes: list[type[Any]] = list(FlaskForm.__subclasses__())
    while classes:
        form = classes.pop()
        classes += form.__subclasses__()
        written = getattr(sys.modules[form.__module__], form.__name__, None) is form
        if written and form.__module__.startswith("portal.") and not form.__module__.startswith("portal.accounts"):
            names |= {NUMBER.sub("0", name) for name, made in vars(form).items() if isinstance(made, UnboundField)}
    return names
