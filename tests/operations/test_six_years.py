"""Six years by the clock, with a leap day and a change of mandate: nothing fails, is told twice or is left over."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.commands import audit
from portal.contracts.decision.services.appealing import confirm_no_appeal
from portal.contracts.models import Employment
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.privacy.commands import sweep
from portal.vault.services import the_vault
from tests.applicants import Sent, send_applications
from tests.contracts.deciding import decide_and_announce
from tests.contracts.hiring import fill
from tests.contracts.onboarding_lists import begin
from tests.contracts.test_renewal import MANY
from tests.decisions.recruiting import HIRED, decide, knows_nobody, office, proofread, release
from tests.forms import submit
from tests.posts.ledgers import give
from tests.proofs.mails import all_letters
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
pytestmark = pytest.mark.slow
LAST = date(2033, 3, 1)


@pytest.fixture(params=["party", "authority"])
def employer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def days(first: date, last: date) -> Iterator[date]:
    """Every day around what is due, and each first and fifteenth: the worker rests on the others."""
    while first < last:
        first += timedelta(days=1)
        if first.day in (1, 2, 15, 28, 29, 31) or (first.month, first.day) > (12, 10):
            yield first


def to(world: World, set_clock: Clock, last: str) -> None:
    """Let the worker make its rounds until then; it has no fault to tell of."""
    for day in days(clock.today(), date.fromisoformat(last)):
        for hour in ("00:05", "08:40"):
            set_clock(f"{day}T{hour}")
            with capture_logs() as told:
                run_rounds(world.app)
            assert [one for one in told if one["log_level"] in ("warning", "error")] == [], day


def recruit(world: World, employer: str, deadline: date) -> tuple[Published, list[Sent]]:
    ad = publish_ad(world, employer=employer, deadline=deadline)
    return ad, send_applications(world, ad, 3)


def hire(world: World, ad: Published, sent: list[Sent], *, by_authority: bool, **terms: str) -> UUID:
    """The first is employed, the others are told no, and the recruitment ends."""
    knows_nobody(world, ad)
    decide(world, ad, sent[:1], HIRED)
    decide(world, ad, sent[1:])
    answer = fill(world.browser(world.kansli), ad, sent[0], **terms)
    assert answer.status_code == 303
    proofread(world, ad)
    assert release(world, ad) == len(sent)
    id = UUID(answer.headers["Location"].rpartition("/")[2])
    if by_authority:
        decide_and_announce(world, id, by_authority=True)
    return id


def test_six_years_pass_and_all_of_it_is_as_it_should(world: World, set_clock: Clock, employer: str) -> None:
    by_authority = employer == "authority"
    give(world, (world.party, "3"), starts=date(2026, 11, 1))
    ad, sent = recruit(world, employer, date(2026, 12, 11))
    to(world, set_clock, "2026-12-14")
    first = hire(world, ad, sent, by_authority=by_authority)
    begin(world, first)
    to(world, set_clock, "2027-01-20")
    if by_authority:
        with world.writing(scope.party(world.party)) as session:
            confirm_no_appeal(session, on=clock.today(), employment_id=first, actor=office(world), at=clock.now())
    to(world, set_clock, "2029-06-01")
    assert _kept(world, sent) == [True, False, False], "two years after, the one who is employed alone is left"
    to(world, set_clock, "2030-09-20")
    wish = {"decided": "2030-09-20", "chosen": [str(first)]}
    assert submit(world.browser(world.kansli), MANY, wish, "Förnya för 2031–2034").status_code == 303
    to(world, set_clock, LAST.isoformat())
    assert _kept(world, sent) == [True, False, False], "an employment that was renewed goes on"
    _nothing_is_wrong(world)


def _kept(world: World, sent: list[Sent]) -> list[bool]:
    with world.acting(scope.party(world.party)) as session:
        named = {row.id for row in session.scalars(select(Application)) if row.name_sealed is not None}
        keys = [the_vault().key_store.has(one.id) for one in sent]
    assert keys == [one.id in named for one in sent]
    return keys


def _nothing_is_wrong(world: World) -> None:
    with world.acting(scope.PLATFORM) as session:
        late = select(Event.kind).where(Event.handled_at.is_(None), Event.due_at < clock.now())
        assert list(session.scalars(late)) == []
        assert [row.once for row in session.scalars(select(OutgoingMail)) if row.sent_at is None] == []
    letters = Counter((letter.to, letter.subject, letter.body) for letter in all_letters(world))
    assert [letter for letter, times in letters.items() if times > 1] == []
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(Employment)).all()) == 2
    run = world.app.test_cli_runner()
    assert run.invoke(audit, ["verify"]).exit_code == 0
    assert "0 utkast, 0 raderingar, 0 nycklar och 0 filer" in run.invoke(sweep, ["--dry-run"]).output
