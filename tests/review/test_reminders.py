"""Reminders: two by the portal itself, at 08.00 in Stockholm, and one a day by the office; only of what is left."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.clock import STOCKHOLM
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.review.refusals import CaseOver, NothingToNudge, NotOpenToYou, NotOpenYet, NudgedToday
from portal.review.reminders import reminder_due, reminder_times
from portal.review.services import name_panel
from tests.applicants import send_applications
from tests.forms import fields_of
from tests.review.panel import LAST_MINUTE, Panel, panel_of
from tests.review.test_panel_and_calls import letters
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]
TWO_DAYS, THE_DAY_BEFORE = "2026-12-15T08:00", "2026-12-16T08:00"


def reminders(world: World, to: str = "") -> list[tuple[str, str]]:
    """To whom, and the body, of every reminder."""
    found = [
        (to, body) for to, subject, body in letters(world) if subject.startswith(("Kvar att göra", "Din bedömning är"))
    ]
    return [one for one in found if to in ("", one[0])]


def round_at(panel: Panel, at: str) -> None:
    panel.set_clock(at)
    run_rounds(panel.world.app)


def test_both_times_are_at_eight_in_stockholm_also_over_the_change_of_clocks() -> None:
    spring = datetime(2027, 3, 29, 12, 0, tzinfo=STOCKHOLM)  # the clocks go forward on 28 March
    assert [time.astimezone(UTC) for time in reminder_times(spring)] == [
        datetime(2027, 3, 27, 7, 0, tzinfo=UTC), datetime(2027, 3, 28, 6, 0, tzinfo=UTC),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "days_before"),
    [
        (datetime(2026, 12, 15, 7, 59, tzinfo=STOCKHOLM), None),
        (datetime(2026, 12, 15, 8, 0, tzinfo=STOCKHOLM), 2),
        (datetime(2026, 12, 16, 7, 59, tzinfo=STOCKHOLM), 2),
        (datetime(2026, 12, 16, 8, 0, tzinfo=STOCKHOLM), 1),
        (LAST_MINUTE - timedelta(seconds=1), 1),
        (LAST_MINUTE, None),
    ],
)
def test_which_reminder_is_due(at: datetime, days_before: int | None) -> None:
    due = reminder_due(LAST_MINUTE, at)
    assert (due and (LAST_MINUTE.date() - due.date()).days) == days_before


def test_the_portal_reminds_twice_and_says_what_is_left_and_never_what_is_set(panel: Panel, world: World) -> None:
    panel.declare(world.gunnel)
    panel.step(world.gunnel, panel.sent[0], 0, 3)
    round_at(panel, "2026-12-15T07:59")
    assert reminders(world) == []
    for _ in range(2):
        round_at(panel, TWO_DAYS)
    first = dict(reminders(world))
    assert sorted(first) == ["elof@example.se", "gunnel@example.se"] and len(reminders(world)) == 2
    for body in first.values():
        assert "Tre ansökningar kvar, cirka 15 minuter, lämna in senast torsdag kl. 18.00." in body
        assert f"http://localhost{panel.url}/bedom" in body
        assert not any(word in body for word in (*(sent.name for sent in panel.sent), "Starkt", "Närvårdspartiet"))
    for _ in range(2):
        round_at(panel, THE_DAY_BEFORE)
    assert len(reminders(world)) == 4
    round_at(panel, "2026-12-18T08:00")
    assert len(reminders(world)) == 4


def test_nobody_is_reminded_after_handing_in_or_with_jav_for_all(panel: Panel, world: World) -> None:
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    panel.declare(world.elof, *panel.sent)
    round_at(panel, TWO_DAYS)
    assert reminders(world) == []


def test_one_who_has_scored_all_is_reminded_to_hand_in(panel: Panel, world: World) -> None:
    panel.declare(world.elof)
    panel.score_all(world.elof)
    round_at(panel, TWO_DAYS)
    ((_, body),) = reminders(world, "elof@example.se")
    assert "Allt är bedömt. Titta igenom och lämna in senast torsdag kl. 18.00." in body


def test_one_who_has_applied_or_left_is_not_reminded(panel: Panel, world: World) -> None:
    send_applications(world, panel.ad, 1, start=9, late=True, emails=("elof@example.se",))
    panel.name(world.elof)
    round_at(panel, TWO_DAYS)
    assert reminders(world) == []


@pytest.mark.parametrize("how", ["ended", "decided", "withdrawn"])
def test_nobody_is_reminded_after_the_case_is_over(panel: Panel, world: World, how: str) -> None:
    with world.writing(scope.party(world.party)) as session:
        if how == "ended":
            ad = session.get_one(Ad, panel.ad.id)
            ad.state, ad.ended_at = "ended", clock.now()
        for row in session.scalars(select(Application)):
            if how == "decided":
                row.decided_as, row.decided_at = "gar_inte_vidare", clock.now()
            elif how == "withdrawn":
                row.state, row.withdrawn_at = "withdrawn", clock.now()
    round_at(panel, TWO_DAYS)
    assert reminders(world) == []


def test_a_worker_that_was_away_sends_one_mail_and_none_when_it_is_too_late(panel: Panel, world: World) -> None:
    round_at(panel, "2026-12-16T09:30")
    assert len(reminders(world, "elof@example.se")) == 1
    with world.writing(scope.party(world.party)) as session:
        for event in session.scalars(select(Event).where(Event.kind == "review.reminder")):
            event.handled_at, event.handlers_done, event.claimed_until = None, [], None
    round_at(panel, "2026-12-16T09:31")
    assert len(reminders(world, "elof@example.se")) == 1
    with world.writing(scope.party(world.party)) as session:
        for event in session.scalars(select(Event).where(Event.kind == "review.reminder")):
            event.handled_at, event.handlers_done, event.claimed_until = None, [], None
    round_at(panel, "2026-12-17T18:00")
    assert len(reminders(world, "elof@example.se")) == 1


def test_a_last_minute_that_is_moved_moves_the_reminders(panel: Panel, world: World) -> None:
    later = LAST_MINUTE + timedelta(days=7)
    with panel.as_person(world.kansli) as (session, case):
        name_panel(
            session, case=case, actor=panel.actor(world.kansli), people=panel.people, leader=panel.people[0],
            hand_in_by=later, at=clock.now(),
        )  # fmt: skip
    round_at(panel, TWO_DAYS)
    round_at(panel, THE_DAY_BEFORE)
    assert reminders(world) == []
    round_at(panel, "2026-12-22T08:00")
    ((_, body),) = reminders(world, "elof@example.se")
    assert "lämna in senast torsdag kl. 18.00." in body


def test_nobody_is_reminded_while_the_ad_is_open(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.elof)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, panel.ad.id).deadline = datetime(2026, 12, 16, tzinfo=STOCKHOLM).date()
    round_at(panel, TWO_DAYS)
    assert reminders(world) == []


def test_a_deputy_is_reminded_of_what_they_are_called_in_for_alone(panel: Panel, world: World) -> None:
    deputy, _ = add_person(world, "disa", "ledamot", party=world.party)
    panel.name(world.gunnel, world.elof, deputies=(deputy,))
    round_at(panel, TWO_DAYS)
    assert reminders(world, "disa@example.se") == []
    panel.declare(world.elof, panel.sent[0])
    round_at(panel, THE_DAY_BEFORE)
    ((_, body),) = reminders(world, "disa@example.se")
    assert "En ansökan kvar, cirka 5 minuter" in body


def test_the_office_nudges_once_a_day_by_a_button(panel: Panel, world: World) -> None:
    kansli, page = world.browser(world.kansli), f"{panel.url}/bedomare"
    nudge = f"{page}/{world.elof}/paminn"
    token = {"csrf_token": fields_of(kansli.get(page))["csrf_token"][0]}
    first = kansli.post(nudge, data=token, follow_redirects=True).get_data(as_text=True)
    assert "Ett brev är på väg" in first and "Påmind 10.00" in first and first.count('/paminn"') == 1
    again = kansli.post(nudge, data=token, follow_redirects=True).get_data(as_text=True)
    assert "Elof Rehnström är redan påmind i dag." in again
    assert len(reminders(world, "elof@example.se")) == 1 and reminders(world, "gunnel@example.se") == []
    panel.set_clock("2026-12-15T00:01")
    tomorrow = world.browser(world.kansli)
    token = {"csrf_token": fields_of(tomorrow.get(page))["csrf_token"][0]}
    assert "Ett brev är på väg" in tomorrow.post(nudge, data=token, follow_redirects=True).get_data(as_text=True)
    assert len(reminders(world, "elof@example.se")) == 2


def test_a_nudge_that_is_out_of_place_says_so(panel: Panel, world: World) -> None:
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    panel.nudge(world.elof)
    with pytest.raises(NudgedToday):
        panel.nudge(world.elof)
    with pytest.raises(NothingToNudge):
        panel.nudge(world.gunnel)
    for outside in (world.kansli, world.rival_kansli):
        with pytest.raises(NotOpenToYou):
            panel.nudge(outside)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, panel.ad.id).state = "ended"
    with pytest.raises(CaseOver):
        panel.nudge(world.elof)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, panel.ad.id).state = "published"
    panel.set_clock("2026-12-11T12:00")
    with pytest.raises(NotOpenYet):
        panel.nudge(world.elof)


def test_nobody_but_the_office_nudges(panel: Panel, world: World) -> None:
    for person in (world.gunnel, world.elof, world.rival_kansli, world.region):
        browser = world.browser(person)
        token = {"csrf_token": (fields_of(browser.get("/konto")).get("csrf_token") or [""])[0]}
        assert browser.post(f"{panel.url}/bedomare/{world.elof}/paminn", data=token).status_code == 404
    assert reminders(world) == []
