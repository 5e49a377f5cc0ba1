"""LAS 5 a §: posts that an older program let go at the paper's end are filled again after the migration."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import update

from portal import clock, scope
from portal.contracts.acts.rules import CallOff
from portal.contracts.acts.services import call_off
from portal.contracts.models import Employment
from portal.contracts.renewal.services import renew
from portal.contracts.renewal.term import renewal_of
from portal.contracts.terms import Terms
from portal.operations.schema import downgrade, upgrade
from portal.posts.employer_model import Employer
from portal.posts.queries import own_claims
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, change, pressed, stored
from tests.contracts.acts.changing import employ as employ_of_ad
from tests.contracts.acts.test_lasting_posts import LASTING, PAPER, SHORT, employ
from tests.contracts.test_renewal import TERM, renew_them, renewals
from tests.decisions.recruiting import office
from tests.privacy.candidates import Clock
from tests.world import World

STOOD_IN = Terms(Employer.PARTY, date(2024, 12, 20), date(2025, 1, 1), PAPER, 100, stands_in=True)  # 730 days: not more
ONE_MORE = Terms(Employer.PARTY, date(2024, 12, 20), date(2024, 12, 31), PAPER, 100, stands_in=True, begun_before=True)
GIVEN = {"by": "employer", "given": "2026-11-23", "last_day": "2026-12-23"}
EARLY = {"decided": "2026-11-23", "ends": "2026-11-30"}


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def last_days(world: World) -> dict[UUID, date | None]:
    """To when each employment's post is filled; None: no end known."""
    with world.acting(scope.party(world.party)) as session:
        claims = own_claims(session)
        return {one.source.employment_id: one.row.ends_on for one in claims if one.source.employment_id}


def of_before(world: World, ends: Mapping[UUID, date] | None = None) -> dict[UUID, date | None]:
    """The posts are let go at the paper's end, as an older program did; then the database comes to this version."""
    with world.app.app_context():
        downgrade(revision="0052")
    with world.writing(scope.party(world.party)) as session:
        for one in own_claims(session):
            if one.source.employment_id is not None:
                row = session.get_one(Employment, one.source.employment_id)
                one.row.ends_on = (ends or {}).get(row.id, row.ends_on)
    with world.app.app_context():
        upgrade()
    return last_days(world)


def test_who_has_turned_permanent_holds_their_post_and_nobody_else_does(world: World) -> None:
    lasting, day_more = employ(world, name="A"), employ(world, ONE_MORE, "B")
    short, stood_in, noticed, early = (
        employ(world, terms, name) for terms, name in ((SHORT, "C"), (STOOD_IN, "D"), (LASTING, "E"), (LASTING, "F"))
    )
    by_authority = employ_of_ad(world, decided=date(2025, 8, 20), starts=date(2025, 9, 1))
    assert change(world, noticed, NOTICE, **GIVEN).status_code == 303
    assert change(world, early, END, **EARLY).status_code == 303
    before = last_days(world)
    assert of_before(world) == before
    assert before == {
        lasting: None, day_more: None, short: PAPER, stood_in: PAPER, noticed: date(2026, 12, 23),
        early: date(2026, 11, 30), by_authority: PAPER,
    }  # fmt: skip


def test_what_ended_it_counts_no_more_once_taken_back_or_where_it_was_extended_after_that(world: World) -> None:
    noticed, early = employ(world, name="A"), employ(world, name="B")
    assert change(world, noticed, NOTICE, **GIVEN).status_code == 303
    assert change(world, noticed, BACK).status_code == 303
    assert change(world, early, END, **EARLY).status_code == 303
    assert change(world, early, EXTEND, decided="2026-11-23", ends="2026-12-15").status_code == 303
    assert of_before(world) == {noticed: None, early: None}


def test_a_renewal_lasts_as_what_it_goes_on_from_did_and_takes_over_the_post(world: World, set_clock: Clock) -> None:
    at_once, off, later, ended = (employ(world, name=name) for name in "ABCD")
    assert change(world, ended, END, **EARLY).status_code == 303
    assert renew_them(world, [at_once, off, ended]) == 3
    after = {row.renews_id: row.id for row in renewals(world)}
    with world.writing(scope.party(world.party)) as session:
        call_off(session, pressed(world, after[off]), CallOff(clock.today()))
    set_clock("2027-03-23T10:00")

    def terms_of(row: Employment) -> Terms:
        return renewal_of(row, TERM, decided=clock.today())

    with world.writing(scope.party(world.party)) as session:
        renew(session, ids=[later], terms_of=terms_of, actor=office(world), at=clock.now(), on=clock.today())
    (gap,) = (row for row in renewals(world) if row.renews_id == later)
    before = last_days(world)
    assert (before[at_once], before[later], before[off]) == (PAPER, date(2027, 3, 22), None)
    assert before[after[at_once]] is None and before[gap.id] is None and after[off] not in before
    assert of_before(world) == before


def test_a_renewal_of_a_few_days_lasts_where_the_employment_before_had_turned_permanent(world: World) -> None:
    one, ended = employ(world, name="A"), employ(world, name="B")
    assert change(world, ended, END, decided="2026-11-23", ends="2026-12-30").status_code == 303
    assert renew_them(world, [one, ended], ends=date(2027, 1, 5)) == 2
    after = {row.renews_id: row.id for row in renewals(world)}
    with world.writing(
        scope.party(world.party)
    ) as session:  # so few days before that it turns permanent by none of its own
        session.execute(update(Employment).where(Employment.renews_id.is_not(None)).values(permanent_on=None))
    now = of_before(world)
    assert (now[after[one]], now[after[ended]]) == (None, date(2027, 1, 5))


def test_a_stand_in_of_whom_another_day_is_stored_is_counted_by_the_days(world: World) -> None:
    one = employ(world, ONE_MORE)
    with world.writing(scope.party(world.party)) as session:
        session.execute(update(Employment).values(permanent_on=date(2027, 1, 1)))
    assert of_before(world) == {one: None}


def test_nothing_is_claimed_for_a_shorter_time_and_once_more_changes_nothing(world: World) -> None:
    lasting, short = employ(world, name="A"), employ(world, SHORT, "B")
    held = {short: date(2027, 6, 30)}
    assert of_before(world, held) == {lasting: None, short: date(2027, 6, 30)}
    with world.app.app_context():
        downgrade(revision="0052")
        upgrade()
    assert last_days(world) == {lasting: None, short: date(2027, 6, 30)}
    assert stored(world, lasting).ends_on == PAPER
