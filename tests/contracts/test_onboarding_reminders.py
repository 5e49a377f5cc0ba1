"""The office is reminded of what is left of somebody's first days: each once, never of whom or of what."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.contracts.models import Employment
from portal.contracts.onboarding.days import morning_in_force, next_look
from portal.contracts.onboarding.queries import onboarding_of
from portal.contracts.onboarding.services.reminding import look_and_remind
from portal.jobs.tasks import run_rounds
from portal.organisations.models import Membership
from tests.applicants import send_applications
from tests.at_once import second
from tests.contracts.acts.changing import BACK, OFF, change
from tests.contracts.onboarding_lists import add, begin, posted, steps
from tests.contracts.written.contracting import Recorded, recorded
from tests.membership import add_person
from tests.proofs.mails import all_letters
from tests.world import Published, World

Clock = Callable[[str], datetime]
SUBJECT = "Kvar att göra i en introduktion"


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment from 1 February 2027, its list begun on 14 December 2026 with one step by the first day of work."""
    found = recorded(world, set_clock)
    begin(world, found.employment)
    add(world, found.employment, "Ge Elin Forsvik nycklar")
    return found


def mails(world: World, set_clock: Clock, *mornings: str) -> list[str]:
    """What the office has been sent by the last of these mornings."""
    for morning in mornings:
        set_clock(f"{morning}T08:05")
        run_rounds(world.app)
    return [letter.body for letter in all_letters(world) if letter.subject == SUBJECT]


def look_on(world: World, one: Recorded) -> date | None:
    with world.acting(scope.party(world.party)) as session:
        head = onboarding_of(session, one.employment)
        assert head is not None
        return head.look_on


def test_three_days_before_and_the_day_after_a_mail_each_with_the_page_and_no_name(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    weekly = ("2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-01-28")
    assert mails(world, set_clock, *weekly) == []
    (before,) = mails(world, set_clock, "2027-01-29", "2027-01-30", "2027-02-01")
    assert "I en introduktion är ett steg kvar, senast måndag 1 februari 2027." in before
    (_, late) = mails(world, set_clock, "2027-02-02", "2027-02-03", "2027-02-09", "2027-02-16")
    assert "Ett steg i en introduktion skulle ha varit klart. Kvar är ett steg." in late
    for body in (before, late):
        assert f"/arbete/anstallningar/{one.employment}/introduktion" in body
        for word in ("Elin", "Forsvik", "nycklar", "Närvårdspartiet", "sekreterare"):
            assert word not in body
    assert {letter.to for letter in all_letters(world) if letter.subject == SUBJECT} == {"kansli@example.se"}


def test_a_worker_that_was_away_sends_one_mail_and_a_second_round_none(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    add(world, one.employment, "Boka rundtur", due=date(2027, 1, 25))
    assert len(mails(world, set_clock, "2027-02-03", "2027-02-03")) == 1
    assert "Två steg" in mails(world, set_clock)[0]


def test_several_late_steps_are_told_in_the_plural(world: World, set_clock: Clock, one: Recorded) -> None:
    add(world, one.employment, "Beställ dator")
    (_, late) = mails(world, set_clock, "2027-01-29", "2027-02-02")
    assert "Två steg i en introduktion skulle ha varit klara. Kvar är två steg." in late


def test_what_is_done_or_over_reminds_nobody(world: World, set_clock: Clock, one: Recorded) -> None:
    left = add(world, one.employment, "Boka rundtur", due=date(2027, 1, 25))
    assert posted(world, one.employment, f"/{left}/klart", done_on="2026-12-14").status_code == 303
    assert mails(world, set_clock, "2027-01-22", "2027-01-26") == []
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, one.employment).ends_on = date(2027, 2, 1)
    mails(world, set_clock, "2027-01-29")
    assert len(mails(world, set_clock, "2027-02-02", "2027-02-10")) == 1
    assert look_on(world, one) is None


def test_a_moved_first_day_of_work_is_seen_within_a_week_and_an_undone_tick_is_looked_at_again(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, one.employment).starts_on = date(2026, 12, 21)
    (body,) = mails(world, set_clock, "2026-12-21")
    assert "senast måndag 21 december 2026" in body
    (step,) = [found.row.id for found in steps(world, one.employment)]
    assert posted(world, one.employment, f"/{step}/klart", done_on="2026-12-21").status_code == 303
    assert look_on(world, one) is None
    assert posted(world, one.employment, f"/{step}/angra").status_code == 303
    assert len(mails(world, set_clock, "2026-12-22")) == 2


def test_who_has_left_the_office_and_who_is_only_invited_are_told_nothing(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    assert mails(world, set_clock, "2027-01-29", "2027-02-02") == []


def test_mornings_and_looks() -> None:
    due = date(2027, 2, 1)
    assert morning_in_force([due], date(2027, 1, 28)) is None
    assert morning_in_force([due], date(2027, 1, 31)) == date(2027, 1, 29)
    assert morning_in_force([due], date(2027, 3, 1)) == date(2027, 2, 2)
    assert next_look([due], date(2027, 1, 1)) == date(2027, 1, 8)
    assert next_look([due], date(2027, 1, 27)) == date(2027, 1, 29)
    assert next_look([due], date(2027, 2, 2)) == date(2027, 2, 9)
    assert next_look([], date(2027, 2, 2)) is None


def test_what_is_called_off_by_mistake_is_reminded_of_again_once_that_is_taken_back(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    set_clock("2026-12-15T09:00")
    assert change(world, one.employment, OFF, decided="2026-12-15").status_code == 303
    assert mails(world, set_clock, "2026-12-21", "2026-12-22", "2027-01-05") == []
    assert look_on(world, one) is None
    set_clock("2027-01-06T09:00")
    assert change(world, one.employment, BACK).status_code == 303
    assert mails(world, set_clock, "2027-01-13", "2027-01-20", "2027-01-29", "2027-02-02") != []


def test_whoever_has_applied_for_the_post_themselves_is_told_nothing(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    with world.acting(scope.party(world.party)) as session:
        ad = session.get_one(Ad, session.get_one(Employment, one.employment).ad_id)
        published = Published(ad.id, ad.reference, (), ad.party_id)
    send_applications(world, published, 1, start=5, emails=("kansli@example.se",))
    assert mails(world, set_clock, "2027-01-29", "2027-01-30", "2027-02-02") == []


def test_a_first_day_that_is_moved_as_the_worker_looks_is_the_day_that_it_goes_by(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    at = set_clock("2027-01-29T08:05")
    with world.acting(scope.party(world.party)) as session:
        head = onboarding_of(session, one.employment)
        assert head is not None
        id = head.id
        head.look_on = date(2027, 1, 29)
        session.commit()

    def look() -> int:
        with world.writing(scope.party(world.party)) as session:
            return look_and_remind(session, onboarding_id=id, at=at)

    with second() as the_worker:
        with world.writing(scope.party(world.party)) as session:
            session.get_one(Employment, one.employment, with_for_update=True).starts_on = date(2027, 3, 1)
            session.flush()
            the_worker.begins(look)
        assert the_worker.ends() == 0
    assert mails(world, set_clock) == []


def test_who_comes_to_the_office_later_is_not_mailed_of_steps_that_were_late_before(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    assert len(mails(world, set_clock, "2027-01-29", "2027-02-02", "2027-02-09")) == 2
    add_person(world, "ulla", "kansli", party=world.party)
    assert len(mails(world, set_clock, "2027-02-16", "2027-02-23")) == 2


def test_who_comes_to_the_office_in_time_is_told_of_what_is_due_soon(
    world: World, set_clock: Clock, one: Recorded
) -> None:
    add(world, one.employment, "Boka rundtur", due=date(2027, 2, 3))
    assert len(mails(world, set_clock, "2027-01-29")) == 1
    add_person(world, "ulla", "kansli", party=world.party)
    assert len(mails(world, set_clock, "2027-01-31")) == 3, "the second step is due soon, and she has not been told"
