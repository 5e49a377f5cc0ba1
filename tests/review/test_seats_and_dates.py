"""What seats, dates and orders come to when somebody takes another seat, the ad is extended, or a page is an old one."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest

from portal import clock, scope
from portal.ads.queries import criteria_of
from portal.ads.services.publishing import extend_ad
from portal.applications.services.withdrawing import withdraw_application
from portal.review import services
from portal.review.own_order import placed_among
from portal.review.phases import Phase
from portal.review.queries.board import board_of
from portal.review.queries.scores import seen_scores
from portal.review.services.blinding import want_masks
from portal.review.services.ordering import missing_scores
from tests.applicants import Sent, send_applications
from tests.review.blind import approve_all, take_back, work
from tests.review.meetings import page_of
from tests.review.panel import Panel
from tests.world import World, publish_ad


def phase_of(panel: Panel) -> Phase:
    with panel.as_person(panel.world.kansli) as (_, case):
        return case.phase


def votes_seen(panel: Panel, person: UUID) -> int:
    with panel.as_person(person) as (session, case):
        return len(seen_scores(session, case, clock.now()).scores)


def joint_places(panel: Panel) -> dict[UUID, str]:
    with panel.as_person(panel.world.kansli) as (session, case):
        seen = seen_scores(session, case, clock.now())
        return dict(board_of(session, case, seen, list(criteria_of(session, case.ad.id))).labels())


def one_late(panel: Panel) -> Sent:
    panel.set_clock("2026-12-15T10:00")
    late = send_applications(panel.world, panel.ad, 1, start=7, late=True)[0]
    panel.set_clock("2026-12-15T11:00")
    return late


def say_of_krav(panel: Panel, person: UUID, sent: Sent) -> None:
    with panel.as_person(person) as (session, case):
        for n in (2, 4):
            about = {"application_id": sent.id, "criterion_id": panel.ad.criteria[n], "at": clock.now()}
            services.save_presence(session, case=case, present="nej", **about)


def test_a_deputy_who_takes_a_seat_has_handed_in_nothing(looked_at: Panel, deputies: tuple[UUID, UUID]) -> None:
    panel, world, disa = looked_at, looked_at.world, deputies[0]
    approve_all(panel)
    panel.name(world.gunnel, world.elof, deputies=(disa,))
    panel.declare(world.gunnel)
    panel.declare(world.elof, panel.sent[0])  # Disa is called in for that one
    panel.declare(disa)
    panel.score_all(disa)
    panel.hand_in(disa)
    panel.set_clock("2026-12-15T10:00")
    panel.name(world.gunnel, disa)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    assert phase_of(panel) is Phase.BLIND
    assert "Du har lämnat in" not in page_of(panel, disa, "lamna-in")
    assert votes_seen(panel, disa) == 5, "her own of the one, and nothing of the others'"


def test_a_last_minute_that_an_extended_ad_has_left_behind_opens_nothing(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 3), set_clock)
    set_clock("2026-12-10T10:00")
    panel.name(world.gunnel, world.elof)  # by 17 December
    begins = {Phase.INTERVIEWS: datetime(2026, 12, 18, 9, tzinfo=clock.STOCKHOLM)}
    with panel.as_person(world.kansli) as (session, case):
        services.plan_phases(session, case=case, actor=panel.actor(world.kansli), begins=begins, at=clock.now())
    with panel.as_person(world.kansli) as (session, case):
        later = {"deadline": date(2026, 12, 28), "person_id": world.kansli, "at": clock.now(), "on": clock.today()}
        extend_ad(session, ad_id=ad.id, **later)
    set_clock("2026-12-18T09:01")
    work(panel)
    assert phase_of(panel) is Phase.CONFLICTS, "people still apply"
    set_clock("2026-12-29T09:00")
    work(panel)
    assert phase_of(panel) is Phase.CONFLICTS
    assert "bedömningarna är inne" not in world.browser(world.kansli).get("/arbete", follow_redirects=True).get_data(
        as_text=True
    )
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    panel.step(world.elof, panel.sent[0], 0, 1)
    assert votes_seen(panel, world.kansli) == 0


def test_who_has_come_since_is_placed_by_the_own_mean_at_the_next_handing_in(panel: Panel) -> None:
    one, two, three = panel.sent
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person, {one.id: [3, 3, 3], two.id: [2, 2, 2], three.id: [1, 1, 1]})
        panel.hand_in(person)
    late = one_late(panel)
    for person in panel.people:
        panel.declare(person)
        for n in (0, 1, 3):
            panel.step(person, late, n, 0)
        say_of_krav(panel, person, late)
        panel.hand_in(person)
    assert joint_places(panel) == {one.id: "1", two.id: "2", three.id: "3", late.id: "4"}


def test_a_new_one_is_placed_among_the_others_who_stay_as_they_stood() -> None:
    a, b, c, new = (UUID(int=n) for n in range(1, 5))
    by_mean = ((b,), (new,), (a, c))
    assert placed_among(((a,), (b,), (c,)), by_mean, {new}) == ((a,), (b,), (new,), (c,))
    assert placed_among(((c,), (a,)), by_mean, {new}) == ((new,), (c,), (a,))
    assert placed_among(((a,), (b,)), ((a,), (b,)), {new}) == (), "of whom nothing could be judged there is no place"


def test_a_decider_who_is_called_in_for_one_still_sees_the_others(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    world, disa = panel.world, deputies[0]
    panel.name(world.gunnel, world.elof, deputies=(disa,), decider=disa)
    panel.answer_to_decide(disa)
    panel.declare(world.gunnel)
    panel.declare(world.elof, panel.sent[0])
    with panel.as_person(disa) as (_, case):
        assert len(case.listed) == 3


def test_a_deputy_who_decides_reads_of_the_others_when_whoever_decides_is_let_in(
    looked_at: Panel, deputies: tuple[UUID, UUID]
) -> None:
    panel, world, disa = looked_at, looked_at.world, deputies[0]
    approve_all(panel)
    panel.name(world.gunnel, world.elof, deputies=(disa,), decider=disa)
    panel.declare(world.gunnel)
    panel.declare(world.elof, panel.sent[0])
    panel.declare(disa)
    with panel.as_person(disa) as (_, case):
        assert case.phase is Phase.BLIND and {row.id for row in case.listed} == {panel.sent[0].id}


@pytest.mark.parametrize("ends", ["jäv", "withdrawn"])
def test_a_blind_phase_ends_when_nobody_is_waited_for(looked_at: Panel, ends: str) -> None:
    panel, world = looked_at, looked_at.world
    approve_all(panel)
    for person in panel.people:
        panel.declare(person)
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    late = one_late(panel)
    with panel.as_person(world.kansli) as (session, case):
        want_masks(session, case=case, at=clock.now())
    work(panel)
    approve_all(panel, late)
    panel.set_clock("2026-12-15T11:10")
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    assert phase_of(panel) is Phase.BLIND
    if ends == "jäv":
        panel.declare(world.elof, late)
    else:
        with world.writing(scope.candidate(late.id)) as session:
            withdraw_application(session, application_id=late.id, at=clock.now())
        work(panel)
    assert phase_of(panel) is Phase.OPEN


def test_nothing_is_said_to_begin_in_the_past_and_a_late_first_answer_opens_no_names(looked_at: Panel) -> None:
    panel, world = looked_at, looked_at.world
    approve_all(panel)
    panel.set_clock("2026-12-17T18:10")
    work(panel)
    assert "Börjar av sig själv" not in page_of(panel, world.kansli, "faser")
    for person in panel.people:
        panel.declare(person)
        assert phase_of(panel) is Phase.BLIND
        panel.score_all(person)
        panel.hand_in(person)
    assert phase_of(panel) is Phase.OPEN


def test_the_own_matrix_counts_those_whom_it_shows(looked_at: Panel) -> None:
    panel, world = looked_at, looked_at.world
    approve_all(panel)
    panel.declare(world.gunnel)
    for one in panel.sent[:2]:
        for n in (0, 1, 3):
            panel.step(world.gunnel, one, n, 2)
        say_of_krav(panel, world.gunnel, one)
    take_back(panel, panel.sent[0])
    with panel.as_person(world.gunnel) as (session, case):
        assert case.member is not None
        assert missing_scores(session, case, case.member, list(panel.ad.criteria)) == 5
    page = page_of(panel, world.gunnel, "din-bedomning")
    assert "Allt är bedömt" not in page and page.count("Kvar") == 5
