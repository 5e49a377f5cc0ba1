"""All that the panel's page chooses is saved together, or not at all where another has chosen otherwise since."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.organisations.access import Actor
from portal.review.panel_choices import PanelChoices
from portal.review.queries.case import Case
from portal.review.queries.panel import everyone_of, saved_choices, sitting_decider
from portal.review.refusals import PanelStale
from portal.review.services.blinding import choose_blind
from portal.review.services.moving import open_when_all_are_in
from portal.review.services.naming import hold_panel, name_panel, review_row
from portal.review.services.sharing import choose_sharing


def choose_panel(session: Session, *, case: Case, actor: Actor, choices: PanelChoices, seen: str, at: datetime) -> None:
    """Save the page's choices. ``seen`` is the print of those it was opened with. Whoever goes may have been the last who was
    waited for.

    Raises PanelStale where others were saved since and these are not the same; and as `name_panel`, `choose_sharing` and
    `choose_blind` do.
    """
    hold_panel(session, case.ad.id)
    review = review_row(session, case, at)  # held: of two who save at once the second sees what the first chose
    decider = sitting_decider(session, case.ad.id)
    saved = saved_choices(everyone_of(session, case.ad.id), review, decider=decider)
    if seen != saved.print and choices.differences(saved):
        raise PanelStale(saved)
    assert choices.hand_in_by is not None  # the page asks for it
    name_panel(
        session,
        case=case,
        actor=actor,
        people=choices.people,
        leader=choices.leader,
        deputies=choices.deputies,
        decider=choices.decider,
        hand_in_by=choices.hand_in_by,
        at=at,
    )
    open_when_all_are_in(session, case=case, by=actor.person_id, at=at)
    if choices.sharing is not None:
        choose_sharing(session, case=case, actor=actor, sharing=choices.sharing, at=at)
    if choices.blind is not None:
        choose_blind(session, case=case, actor=actor, blind=choices.blind, at=at)
