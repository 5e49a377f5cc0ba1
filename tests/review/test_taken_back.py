"""A fall on a krav that is taken back: who had been set apart when an assessor handed in is judged, and handed in, anew."""

from uuid import UUID

import pytest

from portal import clock
from portal.ads.queries import criteria_of
from portal.review import services
from portal.review.queries.panel import members_of, progress_of
from portal.review.queries.scores import Visible, seen_scores
from portal.review.refusals import ReasonNeeded, ScoresMissing
from tests.applicants import Sent
from tests.review.panel import Panel


def score(panel: Panel, person: UUID, *sent: Sent) -> None:
    """Everything of these."""
    with panel.as_person(person) as (session, case):
        for one in sent:
            for row in criteria_of(session, panel.ad.id):
                if row.judged == "finns":
                    services.save_presence(
                        session, case=case, application_id=one.id, criterion_id=row.id, present="ja", at=clock.now()
                    )
                else:
                    services.save_step(
                        session, case=case, application_id=one.id, criterion_id=row.id, step=2, at=clock.now()
                    )


def seen(panel: Panel) -> Visible:
    with panel.as_person(panel.world.kansli) as (session, case):
        return seen_scores(session, case, clock.now())


def handed_in(panel: Panel) -> dict[UUID, bool]:
    """What the office is told of each."""
    with panel.as_person(panel.world.kansli) as (session, case):
        rows = progress_of(session, members_of(session, panel.ad.id), case.applications, 5, blind=case.blind)
        return {row.member.person_id: row.handed_in for row in rows}


def test_whoever_had_handed_in_without_one_who_is_back_scores_and_hands_in_anew(panel: Panel) -> None:
    world, (fallen, *others) = panel.world, panel.sent
    for person in panel.people:
        panel.declare(person)
    panel.drop(world.kansli, fallen)
    panel.set_clock("2026-12-14T11:00")
    for person in panel.people:
        score(panel, person, *others)
        panel.hand_in(person)
    assert seen(panel).open and handed_in(panel) == dict.fromkeys(panel.people, True)
    panel.set_clock("2026-12-14T12:00")
    panel.take_back(world.kansli, fallen)
    assert not seen(panel).open and len(seen(panel).waiting_for) == 2
    assert handed_in(panel) == dict.fromkeys(panel.people, False)
    with panel.as_person(world.elof) as (_session, case):
        assert {row.id for row in case.to_judge if not case.is_handed_in(row)} == {fallen.id}
    with pytest.raises(ScoresMissing):
        panel.hand_in(world.elof)
    for person in panel.people:
        score(panel, person, fallen)
    panel.step(world.elof, fallen, 0, 1)  # not handed in yet: no reason
    with pytest.raises(ReasonNeeded):
        panel.step(world.elof, others[0], 0, 1)
    panel.set_clock("2026-12-14T13:00")
    for person in panel.people:
        panel.hand_in(person)
    assert seen(panel).open and handed_in(panel) == dict.fromkeys(panel.people, True)


def test_who_was_judged_before_the_fall_needs_nobody_to_hand_in_again(panel: Panel) -> None:
    world, (fallen, *_) = panel.world, panel.sent
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    panel.set_clock("2026-12-14T11:00")
    panel.drop(world.kansli, fallen)
    panel.take_back(world.kansli, fallen)
    assert seen(panel).open and handed_in(panel) == dict.fromkeys(panel.people, True)


def test_what_was_handed_in_between_two_falls_stands(panel: Panel) -> None:
    """Apart is who had fallen just when it was handed in; when else they had fallen says nothing of it."""
    world, (fallen, *others) = panel.world, panel.sent
    for person in panel.people:
        panel.declare(person)
    panel.drop(world.kansli, fallen)
    panel.set_clock("2026-12-14T11:00")
    score(panel, world.elof, *others)
    panel.hand_in(world.elof)
    panel.set_clock("2026-12-14T12:00")
    panel.take_back(world.kansli, fallen)
    panel.set_clock("2026-12-14T13:00")
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    panel.set_clock("2026-12-14T14:00")
    panel.drop(world.kansli, fallen)
    panel.set_clock("2026-12-14T15:00")
    panel.take_back(world.kansli, fallen)
    assert seen(panel).open and handed_in(panel) == dict.fromkeys(panel.people, True)
    with panel.as_person(world.elof) as (_session, case):
        assert all(case.is_handed_in(row) for row in case.to_judge) and len(case.to_judge) == len(panel.sent)


def test_two_falls_that_lap_over_each_other_set_apart_as_long_as_either_stands(panel: Panel) -> None:
    world, (fallen, *others) = panel.world, panel.sent
    for person in panel.people:
        panel.declare(person)
    panel.drop(world.kansli, fallen)
    panel.set_clock("2026-12-14T11:00")
    panel.drop(world.kansli, fallen, krav=0)
    panel.set_clock("2026-12-14T12:00")
    panel.take_back(world.kansli, fallen)
    for person in panel.people:
        score(panel, person, *others)
        panel.hand_in(person)
    panel.set_clock("2026-12-14T13:00")
    panel.take_back(world.kansli, fallen, krav=0)
    assert not seen(panel).open and handed_in(panel) == dict.fromkeys(panel.people, False)
    with panel.as_person(world.elof) as (_session, case):
        assert {row.id for row in case.to_judge if not case.is_handed_in(row)} == {fallen.id}
