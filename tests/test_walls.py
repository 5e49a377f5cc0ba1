"""Two rival parties in one portal: neither can read, reach, count or change anything of the other's, by any address."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal import scope
from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.config import Settings
from portal.db import CandidateRow, PartyRow
from portal.factory import create_app
from portal.organisations.models import Membership
from portal.web.errors import not_found_page
from tests.accounts.people import letters
from tests.canary import OF_PEOPLE, SALARIES, WORD, plant
from tests.crawl import Answer, crawl
from tests.database import Databases
from tests.doors import Values, address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.permission_table import NOBODY_LOGGED_IN, TABLE
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
Sides = tuple[Side, Side]
OF_THE_INSTALLATION = {"authority_id", "party_id", "organisation_id"}  # ids that drift's pages alone take
STARTS = (
    "/",
    "/annonser.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/arbete",
    "/konto",
    "/arbete/byt",
    "/drift",
    "/?lang=en",
)
NOT_CRAWLED = ("/demo",)  # the mailbox shows everybody's mail; a test below says where it is
NOTED = ("audit_line", "audit_head", "login_session")  # that somebody was there may be written down


@pytest.fixture
def sides(world: World, set_clock: Clock) -> Sides:
    """The own party, for which the region employs, and its rival, which employs itself."""
    world.app.test_client_class = FlaskClient
    return set_stage(world, set_clock, employer="authority", rivals="party")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("persons", "most"),
    [
        (("kansli", "leader"), 1),
        pytest.param(
            ("kansli", "leader", "conflicted", "region", "candidate", "anonymous"), 1000, marks=pytest.mark.slow
        ),
    ],
)
def test_every_id_of_the_rivals_in_every_parameter_is_a_page_that_is_not_there(
    sides: Sides, settings: Settings, databases: Databases, persons: tuple[str, ...], most: int
) -> None:
    own, rival = sides
    browsers, values = browsers_of(own), places(own, "candidate")
    foreign = _ids_of(rival, most)
    with own.world.app.app_context():
        nothing = (404, not_found_page(own.world.app), "")
    before = digest(settings, databases, but=NOTED)
    told, tried = [], 0
    for person in persons:
        token = csrf_token(person, browsers[person])
        for method in ("GET", "POST") if person not in NOBODY_LOGGED_IN else ("GET",):
            for rule, name, usual in _parameters(own.world.app, method, values):
                answers = []
                for id in (uuid4(), *foreign):
                    url = address(own, rule, {**usual, name: id})
                    answer = browsers[person].open(url, method=method, data={"csrf_token": token})
                    answers.append(_without(id, answer))
                tried += len(answers)
                told += [(person, method, rule.endpoint, name, said[0]) for said in answers if said != answers[0]]
                assert person in NOBODY_LOGGED_IN or answers[0] == nothing, (person, rule)
    assert not told, told[:40]
    assert tried > 2500
    assert digest(settings, databases, but=NOTED) == before


def test_a_draft_of_the_rivals_has_no_public_address(sides: Sides) -> None:
    own, rival = sides
    with rival.world.acting(rival.scope) as session:
        reference = session.get_one(Ad, rival.draft).reference
    browser = own.world.browser(own.world.kansli)
    for tail in ("", "/ansok", "/ansok/handlingar", "/ansok/kontrollera", "/ansok/kvitto"):
        drawn, unused = (browser.get(f"/annonser/{name}{tail}") for name in (reference, "f" * len(reference)))
        assert (drawn.status_code, drawn.data, drawn.headers) == (404, unused.data, unused.headers)


@pytest.mark.slow
def test_the_rivals_own_addresses_whole_are_pages_that_are_not_there(
    sides: Sides, settings: Settings, databases: Databases
) -> None:
    """Every parameter the rival's own, as in an address that somebody copied from a rival's screen."""
    own, rival = sides
    browsers, theirs = browsers_of(own), places(rival, "candidate")
    tokens = {person: csrf_token(person, browsers[person]) for person in ("kansli", "leader", "region")}
    with own.world.app.app_context():
        nothing = not_found_page(own.world.app)
    before = digest(settings, databases, but=NOTED)
    tried = 0
    for rule in own.world.app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        for place in {**line.pages, **line.posts} if line.kind == "staff" and rule.arguments else ():
            if OF_THE_INSTALLATION & rule.arguments:
                continue
            url = address(rival, rule, theirs[place])
            for person in ("kansli", "leader", "region"):
                for method in {"GET", "POST"} & (rule.methods or set()):
                    answer = browsers[person].open(url, method=method, data={"csrf_token": tokens[person]})
                    assert (answer.status_code, answer.data) == (404, nothing), (person, method, url)
                    tried += 1
    assert tried > 300
    assert digest(settings, databases, but=NOTED) == before


@pytest.mark.slow
def test_what_the_rival_wrote_and_was_sent_is_heard_nowhere_but_with_the_rival(
    sides: Sides, settings: Settings
) -> None:
    own, rival = sides
    browsers, theirs = browsers_of(own), browsers_of(rival)
    planted = plant(rival)
    private = [f"/ansokan/{token}" for token in own.tokens.values()]
    for person in ("kansli", "leader", "conflicted", "outsider", "region", "drift", "invited", "removed", "anonymous"):
        answers = crawl(browsers[person], [*STARTS, *_doors(rival)], but=NOT_CRAWLED)
        assert len(answers) > 20, person
        assert _heard(answers, WORD, *SALARIES) == [], person
        assert person == "drift" or _heard(answers, OF_PEOPLE) == [], person
    answers = crawl(browsers["candidate"], [*private, f"/annonser/{own.open.reference}/ansok"], but=NOT_CRAWLED)
    assert _heard(answers, WORD, *SALARIES, OF_PEOPLE) == []
    heard = [
        *crawl(theirs["kansli"], STARTS, but=NOT_CRAWLED),
        *crawl(theirs["leader"], [*STARTS, f"/arbete/rekryteringar/{rival.closed.ad.id}/bedom"], but=NOT_CRAWLED),
        *crawl(theirs["candidate"], [f"/ansokan/{token}" for token in rival.tokens.values()], but=NOT_CRAWLED),
    ]
    told = {word for word in planted if _heard(heard, word)}
    assert told == planted, planted ^ told
    assert all(_heard(heard, word) for word in (f"{WORD}-document-blob", f"{WORD}-page-picture-blob", OF_PEOPLE))
    assert _heard(heard, *SALARIES)


def test_no_mail_to_anybody_else_carries_a_word_of_the_rivals(sides: Sides, set_clock: Clock) -> None:
    _own, rival = sides
    plant(rival)
    set_clock("2027-01-09T08:00")  # the open ads have closed meanwhile
    theirs = {*_addresses(rival), *(sent.email for sent in (*rival.sent_open, *rival.closed.sent, *rival.sent_done))}
    for letter in letters(rival.world):
        said = letter.subject if letter.to in theirs else letter.subject + letter.body + letter.to
        assert not [word for word in (WORD, OF_PEOPLE, *SALARIES) if word in said], letter.to


def test_the_mailbox_that_shows_everybodys_mail_is_in_the_demo_alone(settings: Settings) -> None:
    real = create_app(replace(settings, demo=False))
    assert [rule.rule for rule in real.url_map.iter_rules() if rule.rule.startswith("/demo")] == []


def _ids_of(side: Side, most: int) -> list[UUID]:
    """Ids of the party's rows, so many of every scoped table (of ads and applications two), and of its people."""
    found: list[UUID] = []
    with side.world.acting(side.scope) as session:
        for model in sorted([*PartyRow.__subclasses__(), *CandidateRow.__subclasses__()], key=repr):
            ids = session.scalars(select(model.id)).all()
            assert ids, f"the stage has no {model.__name__}"
            found += ids[: 2 * most] if model in (Ad, Application) else ids[:most]
        members = session.scalars(select(Membership).where(Membership.party_id == side.world.party)).all()
        found += [id for row in members[:most] for id in (row.id, row.person_id)]
    return found


def _parameters(app: Flask, method: str, values: dict[str, Values]) -> Iterator[tuple[Rule, str, Values]]:
    """Each parameter that takes an id, with one's own values of the others."""
    for rule in app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        place = next(iter({**line.pages, **line.posts}), None)
        if place is None or method not in (rule.methods or ()) or line.kind == "public":
            continue
        for name in sorted(rule.arguments - OF_THE_INSTALLATION):
            if isinstance(values[place][name], UUID):
                yield rule, name, values[place]


def _without(id: UUID, answer: TestResponse) -> tuple[int, bytes, str]:
    """The answer, byte for byte, but for the id that was asked for."""
    return answer.status_code, answer.data.replace(str(id).encode(), b""), (answer.location or "").replace(str(id), "")


def _doors(side: Side) -> list[str]:
    """The rival's own addresses, to see that the pages that refuse them say nothing either."""
    cases = [f"/arbete/rekryteringar/{id}" for id in (side.draft, side.open.id, side.closed.ad.id, side.done.id)]
    tails = ("", "/annons", "/bedomare", "/bedom", "/sokande", "/gemensam", "/utfall", "/anstall", "/annons/rubrik")
    applications = [f"{cases[2]}/sokande/{sent.id}" for sent in side.closed.sent]
    return [
        *(case + tail for case in cases for tail in tails),
        *applications,
        f"/arbete/anstallningar/{side.employment}",
    ]


def _heard(answers: list[Answer], *words: str) -> list[str]:
    """Where one of the words was said, in headers or body."""
    return [a.path for a in answers if any(word.encode() in a.everything for word in words)]


def _addresses(side: Side) -> list[str]:
    with side.world.acting(scope.PLATFORM) as session:
        of_party = select(Membership.person_id).where(Membership.party_id == side.world.party)
        return list(session.scalars(select(Person.email).where(Person.id.in_(of_party))))
