"""A word in everything that the rival wrote or was sent: heard in no answer, mail or error page but the rival's own."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.config import Settings
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.organisations.models import Membership
from tests.accounts.people import give_account, letters
from tests.canary import (
    OF_A_PARTY,
    OF_AN_AUTHORITY,
    OF_AUTHORITY,
    OF_PEOPLE,
    ON_NO_PAGE,
    SALARIES,
    WORD,
    plant,
    word_of,
)
from tests.crawl import Answer, crawl
from tests.database import Databases
from tests.door import inside
from tests.doors import UNUSED_TOKEN, address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.interviews.staged import give_links
from tests.permission_table import TABLE
from tests.proofs.parameters import endpoint_of
from tests.proofs.plugin import FULL, Proof
from tests.stage import UNTIL, Side, set_stage
from tests.world import World

OTHERS = ("kansli", "anonymous", "leader", "conflicted", "outsider", "drift", "invited", "removed")
# Where the rival employs itself, and where one region employs for both: whoever registers there reads of both.
PERSONS = {"party": (*OTHERS[:2], "region", *OTHERS[2:]), "authority": OTHERS}
NOT_CRAWLED = ("/demo",)  # the mailbox shows everybody's mail; a test of the walls says where it is
NOWHERE = "/finns-inte"
LINK = re.compile(r"http://localhost(/\S+)")
SEEN_AT_HOME = (OF_PEOPLE, f"{WORD}-document-blob")  # among what the rival itself reads
ADDRESS = re.compile(
    rf"{OF_PEOPLE}\.\d+@example\.se".encode()
)  # of its people; of one who has been removed nothing is shown
NOTED = ("audit_line", "audit_head", "login_session")


@pytest.fixture
def sides(world: World, set_clock: Callable[[str], datetime]) -> tuple[Side, Side]:
    """The own party, for which the region employs, and its rival, which employs itself."""
    return _sides(world, set_clock, "party")


def _sides(world: World, set_clock: Callable[[str], datetime], rivals: str) -> tuple[Side, Side]:
    world.app.test_client_class = FlaskClient
    return set_stage(world, set_clock, employer="authority", rivals=rivals)


@pytest.mark.proof(
    "Det ett parti skriver och får hörs ingenstans utanför partiet.",
    how="a word of its own in every text column of the rival's; every page, feed, file, error page and mail is searched",
    short={"persons": 1},
    full={"persons": 9},
)
@pytest.mark.parametrize("rivals", PERSONS if FULL else ["authority"])
def test_what_the_rival_wrote_and_was_sent_is_heard_nowhere_but_with_the_rival(
    proof: Proof, rivals: str, world: World, set_clock: Callable[[str], datetime]
) -> None:
    own, rival = _sides(world, set_clock, rivals)
    planted = plant(rival, OF_A_PARTY if rivals == "authority" else OF_AN_AUTHORITY)
    said, telling = list[Answer](), list[tuple[str, str]]()
    starts = [path for path in (*_without_parameters(own), *_of_the_rival(rival)) if not path.startswith(NOT_CRAWLED)]
    for person, browser in list(browsers_of(own).items()):
        if person in PERSONS[rivals][: proof.size("persons")] or person == "candidate":
            links = _inside(own, browser) if person == "candidate" else []
            heard = [*crawl(browser, [*starts, *links], but=NOT_CRAWLED), *_errors(own, person, browser, starts)]
            known = {"drift": OF_PEOPLE, "region": OF_AUTHORITY}.get(person)
            secret = [word for word in (WORD, *SALARIES, OF_PEOPLE, OF_AUTHORITY) if word != known]
            telling += [(person, one.path) for one in heard if _says(one, *secret)]
            said += heard
    set_clock("2027-01-09T08:00")  # the open ads have closed meanwhile
    mails = letters(rival.world)
    told = [mail.to for mail in mails if mail.to not in _theirs(rival) and _is_in(mail.subject + mail.body + mail.to)]
    addresses = {one.path for one in said} | {link for mail in mails for link in LINK.findall(mail.body)}
    outside = {path for path in addresses - {NOWHERE} if endpoint_of(own.world.app, path, "GET") not in TABLE}
    with_the_rival = _crawled_by_the_rival(rival, *(["region"] if rivals == "authority" else []))
    shown = planted - {word_of(*column) for column in ON_NO_PAGE}
    missing = {word for word in shown if not any(_says(one, word) for one in with_the_rival)}
    proof.came_to(
        words=len(planted), answers=len(said), heard_in=len(telling), mails=len(mails), mails_that_tell=len(told),
        addresses_outside_the_table=len(outside), words_the_rival_itself_does_not_see=len(missing),
    )  # fmt: skip
    assert (telling, told, missing) == ([], [], set())
    assert outside == set()
    assert all(any(_says(one, word) for one in with_the_rival) for word in SEEN_AT_HOME)
    assert any(ADDRESS.search(one.everything) for one in with_the_rival)
    assert len(said) > 100


def _without_parameters(side: Side) -> list[str]:
    """Every address that is one page, whatever features come: in Swedish and in English."""
    rules = [one for one in side.world.app.url_map.iter_rules() if "GET" in (one.methods or ()) and not one.arguments]
    english = [f"{one.rule}?lang=en" for one in rules if TABLE[one.endpoint].kind != "staff"]
    return [*(one.rule for one in rules), *english]


def _of_the_rival(rival: Side) -> Iterator[str]:
    """Every address with the rival's own ids in it, but for links, whose holder may read what they open."""
    theirs = places(rival, "kansli")
    for rule in rival.world.app.url_map.iter_rules():
        for place in TABLE[rule.endpoint].pages if rule.arguments and "token" not in rule.arguments else ():
            yield address(rival, rule, theirs[place])


def _errors(side: Side, person: str, browser: FlaskClient, starts: list[str]) -> Iterator[Answer]:
    """The pages of what goes wrong: no such page or method, a form without its token, and one without its fields."""
    token = csrf_token(person, browser)
    for path in (NOWHERE, *starts):
        if "logga-ut" in path:
            continue
        sendings = [("PUT", None), ("POST", {"a": "b"})]
        if endpoint_of(side.world.app, path, "POST"):
            sendings.append(("POST", {"csrf_token": token}))
        for method, data in sendings:
            answer = browser.open(path, method=method, data=data)
            yield Answer(path, answer.status_code, f"{answer.headers}\n\n".encode() + answer.data)


def _crawled_by_the_rival(rival: Side, *more: str) -> list[Answer]:
    """What its office, its leader and its candidate read, and of what a region employs for, whoever registers there."""
    theirs, case = browsers_of(rival), f"/arbete/rekryteringar/{rival.closed.ad.id}/bedom"
    return [
        *(one for who in ("kansli", *more) for one in crawl(theirs[who], _without_parameters(rival), but=NOT_CRAWLED)),
        *crawl(theirs["leader"], ["/arbete", case], but=NOT_CRAWLED),
        *crawl(theirs["candidate"], _inside(rival, theirs["candidate"]), but=NOT_CRAWLED),
    ]


def _inside(side: Side, browser: FlaskClient) -> list[str]:
    """The doors of all of these, and what is behind them."""
    links = [f"/ansokan/{token}" for token in _tokens(side)]
    return [*links, *(inside(side.world, browser, link) for link in links)]


def _tokens(side: Side) -> list[str]:
    """Of candidates to the open ad, of those called to interview, and of those who have their answer."""
    assert side.interviews is not None
    answered = give_links(side.world, side.world.party, side.sent_done)
    return [*side.tokens.values(), *side.interviews.tokens.values(), *answered.values()]


def _says(answer: Answer, *words: str) -> bool:
    return any(word.encode() in answer.everything for word in words)


def _is_in(text: str) -> bool:
    return any(word in text for word in (WORD, OF_PEOPLE, OF_AUTHORITY, *SALARIES))


def _theirs(rival: Side) -> set[str]:
    """Addresses of the rival's own people and candidates."""
    with rival.world.acting(scope.PLATFORM) as session:
        people = select(Person.email).where(
            Person.id.in_(select(Membership.person_id).where(Membership.party_id == rival.world.party))
        )
        sent = (*rival.sent_open, *rival.closed.sent, *rival.sent_done)
        planted = word_of("application", "email_sealed")  # where their mails go from then on
        return {*session.scalars(people), *(one.email for one in sent), planted}


OPENS = {  # what a link of each purpose is for; a draft's is a cookie and opens no address
    Purpose.APPLICATION: {
        "applications.enter", "applications.private", "applications.private_picture", "applications.private_paper",
        "applications.change_details", "applications.change_documents",
        "privacy.withdraw", "privacy.own", "privacy.contact", "privacy.erase", "privacy.merits_paper",
        "privacy.copy", "privacy.ask", "privacy.ask_for_merits", "privacy.later", "privacy.end_later",
        "interviews.meeting", "interviews.act", "interviews.own_calendar",
        "decisions.own_offer", "decisions.answer_own_offer",
        "letterbox.own", "letterbox.open_own", "letterbox.write",
        "protection.kept",
    },  # fmt: skip
    Purpose.PROPOSAL: {"privacy.proposal"},
    Purpose.INVITATION: {
        "accounts.invitation", "accounts.answer_invitation", "accounts.invitation_code", "accounts.confirm_code",
        "accounts.invitation_picture",
    },
    Purpose.PASSWORD: {"accounts.new_password", "accounts.set_new_password"},
    Purpose.DRAFT: set(),
}  # fmt: skip


@pytest.mark.proof(
    "En länk i ett brev öppnar bara det den är till för.",
    how="a link of each purpose offered at every address that takes one, by GET, HEAD and POST",
    short={},
    full={},
)
def test_a_link_opens_its_own_door_alone(
    proof: Proof, sides: tuple[Side, Side], settings: Settings, databases: Databases
) -> None:
    own, _rival = sides
    app, browser, tokens = own.world.app, own.world.browser(), _a_link_of_each_purpose(own)
    picture = places(own, "candidate")["link_picture"]["picture_id"]
    rules = [rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    before, opened, tried, used = digest(settings, databases, but=NOTED), [], 0, set()
    csrf, opens = csrf_token("anonymous", browser), {**OPENS, None: set()}
    for purpose, token in [*tokens.items(), (None, UNUSED_TOKEN)]:
        for rule in rules:
            url, its_own = address(own, rule, {"token": token, "picture_id": picture}), rule.endpoint in opens[purpose]
            for method in sorted({"GET", "HEAD", "POST"} & (rule.methods or set())):
                if its_own and method == "POST":
                    continue  # it acts: each has its own test
                data = {"csrf_token": csrf} if method == "POST" else None
                status = browser.open(url, method=method, data=data).status_code
                tried += 1
                if its_own:
                    used |= {purpose} if status in (200, 303) else set()
                elif status != 404:
                    opened.append((purpose, rule.endpoint, method, status))
    changed = digest(settings, databases, but=NOTED) != before
    proof.came_to(purposes=len(tokens), addresses=len(rules), tries=tried, opened_by_another=len(opened))
    assert (opened, changed) == ([], False)
    assert used == set(Purpose) - {Purpose.DRAFT}
    assert {rule.endpoint for rule in rules} == set().union(*OPENS.values())


def _a_link_of_each_purpose(side: Side) -> dict[Purpose, str]:
    mine, _theirs = side.sent_open
    give_account(side.world, side.world.kansli)
    subjects = dict.fromkeys(Purpose, mine.id) | {
        Purpose.INVITATION: side.memberships["invited"], Purpose.PASSWORD: side.world.kansli,
    }  # fmt: skip
    with side.world.writing(side.scope) as session:
        return {
            purpose: make_link(
                session, purpose=purpose, subject_id=subject, at=clock.now(), expires_at=clock.now() + UNTIL,
                scope=scope.candidate(subject) if subject == mine.id else scope.PLATFORM,
            )
            for purpose, subject in subjects.items()
        }  # fmt: skip
