"""The desk counts many panels at once, in the database; the panel's own page counts one, in Python. They say the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.desk.agenda import assessor_items
from portal.desk.queries.recruitments import recruitment
from portal.review.blind.models import Masking
from portal.review.deciding.models import RequirementDecision
from portal.review.models import ConflictAnswer, DeputyCall, InterviewCall, PanelMember, ReviewCase, Score
from portal.review.queries.case import load_case
from portal.review.queries.panel import members_of, progress_of
from tests.membership import add_person
from tests.review.panel import Panel, panel_of
from tests.world import World

ROUNDS = 60
MADE = (ConflictAnswer, DeputyCall, Score, Masking, RequirementDecision, InterviewCall)


@pytest.mark.parametrize("beyond", [False, True])
def test_of_any_panel_the_desk_says_what_the_panels_page_says(
    world: World, set_clock: Callable[[str], datetime], beyond: bool
) -> None:
    """``beyond``: a deputy has answered for others than they are called in for, as a decider or assessor before."""
    deputies = [add_person(world, handle, "ledamot", party=world.party)[0] for handle in ("dagny", "dag")]
    panel = panel_of(world, set_clock, applications=5)
    panel.name(world.gunnel, world.elof, deputies=deputies)
    for seed in range(ROUNDS):
        with world.writing(scope.party(world.party)) as session:
            blind = _shuffle(session, panel, Random(seed), beyond=beyond)
        said = _said(panel, blind=blind)
        assert all(desk == page for desk, page in said.values()), (seed, blind, said)


def _said(panel: Panel, *, blind: bool) -> dict[UUID, tuple[object, object]]:
    """By person: what the desk says of them, and what the panel's page does."""
    office = panel.actor(panel.world.kansli)
    with panel.world.acting(scope.party(panel.world.party)) as session:
        case, criteria = load_case(session, panel.ad.id, office), len(criteria_of(session, panel.ad.id))
        assert case is not None
        members = members_of(session, panel.ad.id)
        page = {
            one.member.person_id: (one.unanswered, one.to_score, one.scored, one.handed_in, one.has_left)
            for one in progress_of(session, members, case.applications, criteria, blind=blind)
        }
        known = recruitment(session, office, panel.ad.id, at=clock.now())
        assert known is not None
        said = {}
        for one in known.panel:
            waits = one.unanswered(known.arrived)
            handed_in = one.handed_in_at is not None and not one.since and not waits
            items = list(assessor_items([known], at=clock.now(), person_id=one.person_id))
            counts = (waits, one.to_judge * criteria, one.given, handed_in, bool(items))
            said[one.person_id] = (counts, page[one.person_id])
        assert said.keys() == page.keys()
        return said


def _shuffle(session: Session, panel: Panel, dice: Random, *, beyond: bool) -> bool:
    """Everything that a panel can come to, by chance; whether it is blind."""
    members = list(session.scalars(select(PanelMember).where(PanelMember.ad_id == panel.ad.id)))
    walls = {name: getattr(members[0], name) for name in ("party_id", "authority_id", "controller_id")}
    for table in MADE:
        session.execute(delete(table))
    blind = dice.random() < 0.5
    session.execute(update(ReviewCase).values(blind=blind))
    for member in members:
        member.handed_in_at = _when(dice) if dice.random() < 0.6 else None
    for one in panel.sent:
        gone = dice.random() < 0.15
        called_at = _when(dice) if dice.random() < 0.2 else None
        state = {"state": "withdrawn" if gone else "sent", "withdrawn_at": clock.now() if gone else None}
        session.execute(update(Application).where(Application.id == one.id).values(**state, called_at=called_at))
        of = {**walls, "application_id": one.id}
        if called_at:
            session.add(InterviewCall(**of, ad_id=panel.ad.id, called_by=panel.world.kansli, called_at=called_at))
        session.add_all([*_about(panel, of, dice), *_judged(panel, of, members, dice, beyond=beyond or blind)])
    return blind


def _when(dice: Random) -> datetime:
    return clock.now() - timedelta(minutes=dice.randrange(1, 8) * 10)


def _about(panel: Panel, of: dict[str, object], dice: Random) -> list[object]:
    """Masked, fallen on a krav and back again."""
    by, ad, found = panel.world.kansli, panel.ad, list[object]()
    if dice.random() < 0.6:
        known = {"approved_at": _when(dice), "approved_by": by} if dice.random() < 0.7 else {}
        found.append(Masking(**of, ad_id=ad.id, code_name=uuid4().hex, suggested_at=_when(dice), **known))
    for krav in (0, 2):
        if dice.random() < 0.25:
            fell, back = _when(dice), dice.random() < 0.6
            undone = {"taken_back_reason_sealed": b"x", "taken_back_by": by, "taken_back_at": max(fell, _when(dice))}
            found.append(
                RequirementDecision(
                    **of, ad_id=ad.id, criterion_id=ad.criteria[krav], reason_sealed=b"x", decided_by=by, decided_at=fell,
                    result=dice.choice(["faller", "faller", "gar_vidare"]), **(undone if back else {}),
                )
            )  # fmt: skip
    return found


def _judged(
    panel: Panel, of: dict[str, object], members: list[PanelMember], dice: Random, *, beyond: bool
) -> list[object]:
    """Who is called in, who has answered about jäv, and what they have scored."""
    found = list[object]()
    for member in members:
        own = {**of, "panel_member_id": member.id}
        called = member.deputy and dice.random() < 0.5
        if called:
            found.append(DeputyCall(**own, called_at=_when(dice)))
        if (not member.deputy or called or beyond) and dice.random() < 0.75:
            found.append(ConflictAnswer(**own, has_conflict=dice.random() < 0.25, ground="", answered_at=_when(dice)))
            scored = [criterion for criterion in panel.ad.criteria if dice.random() < 0.6]
            found += [Score(**own, criterion_id=one, step=1, saved_at=clock.now()) for one in scored]
    return found
