"""Known or unknown: whoever writes an address gets the same answer, to the byte, after the same work."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import count
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.accounts import engines
from portal.accounts.models import Person
from portal.accounts.services import code_place
from portal.applications.models import Application
from portal.decisions.outcomes import Result
from portal.decisions.services import record_outcome
from portal.jobs.tasks import run_rounds
from portal.links.tokens import TOKEN_LETTERS
from portal.organisations.models import Membership
from portal.vault.services import seal_for_installation
from tests.accounts.people import PASSWORD, SECRET
from tests.applicants import send_applications
from tests.applications.paper import PAPERS, base, page_one, page_two, private_link, send
from tests.applications.test_private import question_link
from tests.conftest import REAL_HASHER, REAL_NOBODYS
from tests.decisions.recruiting import knows_nobody, office, proofread, release
from tests.door import submit_inside, where_it_leads
from tests.forms import submit
from tests.proofs.plugin import FULL, Proof
from tests.proofs.sameness import Compared, Shape, shape
from tests.proofs.tokens import apply_without_files, one_of_each, use_up
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
WRONG = "fel lösenord igen"


class CountingHasher(PasswordHasher):
    """The hasher, and how often it was asked."""

    asked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.asked += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    """At its real cost where the whole is asked for."""
    cost = REAL_HASHER if FULL else engines._hasher
    made = CountingHasher(time_cost=cost.time_cost, memory_cost=cost.memory_cost, parallelism=cost.parallelism)
    monkeypatch.setattr(engines, "_NOBODYS", REAL_NOBODYS if FULL else engines._NOBODYS)
    monkeypatch.setattr(engines, "_hasher", made)
    return made


@pytest.fixture
def networks(world: World) -> Callable[[], FlaskClient]:
    """A browser in a network of its own, each time: no count of tries is shared."""
    world.app.test_client_class = FlaskClient
    number = count(1)

    def browser() -> FlaskClient:
        client, n = world.app.test_client(), next(number)
        client.environ_base["REMOTE_ADDR"] = f"10.{n // 250}.{n % 250}.7"
        return client

    return browser


def in_turn(number: int) -> Iterator[tuple[bool, str]]:
    """Known and unknown addresses by turns, equally long."""
    for n in range(number):
        yield True, f"known{n:03}@example.se"
        yield False, f"nobod{n:03}@example.se"


def give_accounts(world: World, number: int) -> None:
    """As many people with accounts, at the rival party."""
    hashed, at = engines.hash_password(PASSWORD), clock.now()
    with world.writing(scope.PLATFORM) as session:
        for n in range(number):
            person = Person(
                id=uuid4(), email=f"known{n:03}@example.se", name="Namn Namnsson", created_at=at, password_hash=hashed
            )
            person.totp_sealed = seal_for_installation(SECRET, place=code_place(person.id))
            session.add(person)
            session.flush()
            session.add(
                Membership(person_id=person.id, role="ledamot", party_id=world.rival, created_at=at, accepted_at=at)
            )


@pytest.mark.proof(
    "Den som skriver en adress får inte veta om den har ett konto: varken vid inloggning, nytt lösenord eller inbjudan.",
    how="known and unknown addresses by turns; status, length, headers and text compared; password hashings counted",
    short={"addresses": 10},
    full={"addresses": 200},
)
def test_an_account_is_not_told_of(
    proof: Proof, world: World, networks: Callable[[], FlaskClient], hasher: CountingHasher
) -> None:
    give_accounts(world, proof.size("addresses"))
    log_in, ask, asked, invite, invited = (Compared() for _ in range(5))
    hashings: dict[bool, int] = {True: 0, False: 0}
    kansli = world.browser(world.kansli)
    for browser in (networks(), networks()):
        browser.get("/logga-in")  # what is made once
    for known, address in in_turn(proof.size("addresses")):
        client, before = networks(), hasher.asked
        data = {"E-post": address, "Lösenord": WRONG}
        log_in.take(known, partial(submit, client, "/logga-in", data), address)
        hashings[known] += hasher.asked - before
        ask.take(known, partial(submit, client, "/losenord", {"E-post": address}), address)
        asked.take(known, partial(client.get, "/losenord/skickat"), address)
        person = {"Namn": "Inbjuden Person", "E-post": address, "role": "ledamot"}
        invite.take(known, partial(submit, kansli, "/arbete/personer", person), address)
        page = invited.take(known, partial(kansli.get, "/arbete/personer"), address)
        assert address in page.get_data(as_text=True)
        _take_back(world, address)
    proof.came_to(
        addresses=2 * proof.size("addresses"),
        hashings_known=hashings[True],
        hashings_unknown=hashings[False],
        **log_in.figures("log_in"),
        **ask.figures("reset"),
        **invite.figures("invitation"),
    )
    assert hashings == {True: proof.size("addresses"), False: proof.size("addresses")}
    for compared in (log_in, ask, asked, invite, invited):
        assert len(compared.shapes) == 1
        assert compared.takes_alike


def _take_back(world: World, address: str) -> None:
    """Let go of the invitation, so that the next one meets the same page."""
    with world.writing(scope.PLATFORM) as session:
        invited = select(Membership).join(Person).where(Person.email == address, Membership.accepted_at.is_(None))
        for membership in session.scalars(invited):
            membership.ended_at = clock.now()


@pytest.mark.proof(
    "Den som söker i någons namn får inte veta om adressen redan hade sökt, varken då eller senare.",
    how="second sendings and first ones by turns; every page compared when sent, when closed, a month later and at the end",
    short={"addresses": 5},
    full={"addresses": 200},
)
@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_application_is_not_told_of(
    proof: Proof, world: World, networks: Callable[[], FlaskClient], set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer, documents=[])
    known = tuple(f"known{n:03}@example.se" for n in range(proof.size("addresses")))
    send_applications(world, ad, len(known), emails=known)
    pages, later, strangers = [Compared() for _ in range(4)], defaultdict[str, Compared](Compared), []
    for is_known, address in in_turn(proof.size("addresses")):
        client = networks()
        steps = (
            partial(page_one, client, ad, **{"E-post": address}),
            partial(page_two, client, ad, PAPERS, {}),
            partial(send, client, ad),
            partial(client.get, f"{base(ad)}/kvitto"),
        )
        answers = [page.take(is_known, step, address) for page, step in zip(pages, steps, strict=True)]
        strangers.append((is_known, address, client, private_link(answers[-1])))
    for when, happens in (
        ("2026-11-23T11:00", lambda: None),
        ("2026-12-12T10:00", lambda: None),
        ("2027-01-17T10:17", lambda: _until_nothing_is_left(world)),
        ("2027-01-18T10:00", lambda: _end(world, ad)),
    ):
        set_clock(when)
        happens()
        for is_known, address, client, link in strangers:
            own = where_it_leads(world, client, link)
            for path in (link, own, f"{own}/ta-tillbaka", f"{base(ad)}/kvitto"):
                kind = f"{when} {path.replace(link, 'link').replace(own, '')}"
                later[kind].take(is_known, partial(client.get, path), address, link, own, link.rpartition("/")[2])
    with world.acting(scope.party(world.party)) as session:
        waiting = session.scalars(select(Application.id).where(Application.state == "proposal")).all()
    told = [kind for kind, one in (*enumerate(pages), *later.items()) if len(one.shapes) != 1]
    proof.came_to(
        addresses=len(strangers), second_sendings=len(waiting), pages=len(pages) + len(later), told=len(told),
        **pages[2].figures("sending"),
    )  # fmt: skip
    assert len(waiting) == proof.size("addresses")
    assert told == [], {kind: [one[:3] for one in later[kind].shapes] for kind in told if kind in later}


def _until_nothing_is_left(world: World) -> None:
    """A round takes so many letters to draw and mails to send; the minutes' rounds take the rest."""
    for _ in range(4):
        run_rounds(world.app)


def _end(world: World, ad: Published) -> None:
    """The office records that nobody goes further, and ends the recruitment."""
    with world.acting(scope.party(world.party)) as session:
        counted = session.scalars(select(Application.id).where(Application.state == "sent")).all()
    knows_nobody(world, ad)
    for application_id in counted:
        with world.writing(scope.party(world.party)) as session:
            record_outcome(
                session, ad_id=ad.id, application_id=application_id, result=Result.NOT_FURTHER,
                criterion_id=ad.criteria[0], reason="Skriver väl.", actor=office(world), at=clock.now(),
            )  # fmt: skip
    proofread(world, ad)
    release(world, ad)


@pytest.mark.proof(
    "Den som söker i någons namn märker ingen skillnad på om adressen behöll sin första ansökan eller tog tillbaka den nya.",
    how="the address answers the question, or takes back what it never sent; every page compared afterwards",
    short={"addresses": 3},
    full={"addresses": 50},
)
@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_answer_is_not_told_of(
    proof: Proof, world: World, networks: Callable[[], FlaskClient], employer: str
) -> None:
    ad = publish_ad(world, employer=employer, documents=[])
    known = tuple(f"known{n:03}@example.se" for n in range(proof.size("addresses")))
    send_applications(world, ad, len(known), emails=known)
    compared = defaultdict[str, Compared](Compared)
    for is_known, address in in_turn(proof.size("addresses")):
        client = networks()
        apply_without_files(client, ad, **{"E-post": address})
        link = private_link(client.get(f"{base(ad)}/kvitto"))
        if is_known:
            assert submit_inside(world, question_link(world), {}, "Behåll den första").status_code == 303
        else:
            assert submit_inside(world, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
        own = where_it_leads(world, client, link)
        for path in (link, own, f"{own}/ta-tillbaka", f"{base(ad)}/kvitto", f"{base(ad)}/kontrollera"):
            kind = path.replace(link, "link").replace(own, "")
            compared[kind].take(is_known, partial(client.get, path), address, link, own, link.rpartition("/")[2])
    told = [path for path, one in compared.items() if len(one.shapes) != 1]
    proof.came_to(addresses=2 * proof.size("addresses"), pages=len(compared), told=len(told))
    assert told == []


@pytest.mark.proof(
    "En använd länk kan inte skiljas från en som aldrig har funnits.",
    how="every address that takes a token, with used tokens of each purpose and with unused ones; bytes and headers compared",
    short={"unused": 20},
    full={"unused": 200},
)
def test_a_used_link_is_not_told_of(proof: Proof, world: World, networks: Callable[[], FlaskClient]) -> None:
    tokens = one_of_each(world, publish_ad(world, employer="party", documents=[]))
    use_up(world, tokens)
    used = list(tokens.values())
    unused = [uuid4().hex[:TOKEN_LETTERS] for _ in range(proof.size("unused"))]
    with_token = [rule for rule in world.app.url_map.iter_rules() if "token" in rule.arguments]
    kinds: dict[str, set[Shape]] = {}
    for rule in with_token:
        for token in (*used, *unused):
            path = rule.rule.replace("<token>", token).replace("<uuid:picture_id>", str(UUID(int=7)))
            answer = networks().get(path)
            kinds.setdefault(rule.endpoint, set()).add(shape(answer, token))
    proof.came_to(
        addresses=len(with_token), used=len(used), unused=len(unused), told=sum(len(k) - 1 for k in kinds.values())
    )
    assert {endpoint: len(found) for endpoint, found in kinds.items() if len(found) != 1} == {}
    assert {next(iter(found))[0] for found in kinds.values()} == {404}
