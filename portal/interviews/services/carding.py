"""The guide, and an assessor's own card of an interview."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.ads.queries import criteria_of
from portal.applications.meanwhile import Meanwhile, meanwhile
from portal.audit.services import person_actor, record
from portal.interviews.access import may_keep_card
from portal.interviews.models import InterviewCard, InterviewMark, InterviewQuestion
from portal.interviews.queries.cards import marks_of, own_card, questions_of
from portal.interviews.refusals import CardEmpty, CardHandedIn, NotOpenToYou, RecruitmentOver
from portal.interviews.services.arranging import require_arranger
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.models import PanelMember
from portal.review.own_note import note_to_keep
from portal.review.queries.case import Case, Listed
from portal.review.services.naming import walls
from portal.review.steps import PresenceUnknown, StepUnknown
from portal.seen import Seen
from portal.swedish_dates import in_words
from portal.vault.services import open_application_key

LONGEST_NOTE = 4000
UNTOLD = Seen()  # of a page that does not tell what it showed


def write_questions(
    session: Session, *, case: Case, actor: Actor, texts: Mapping[UUID, str], at: datetime, seen: Seen = UNTOLD
) -> Meanwhile:
    """Keep the guide: the questions of each criterion as text, a line each; none where the text is empty. What a colleague
    has saved since ``seen`` stands, and is returned by the criterion's hex, to be chosen between."""
    session.get_one(Ad, case.ad.id, with_for_update=HELD)  # two who write, and who ends it all, one after the other
    require_arranger(case)
    known, changed = questions_of(session, case.ad.id), False
    beside = meanwhile(
        {id.hex: row.text for id, row in known.items()}, {}, {id.hex: text for id, text in texts.items()}, {},
        seen=seen, version=None,
    )  # fmt: skip
    for criterion in criteria_of(session, case.ad.id):
        row, text = known.get(criterion.id), texts.get(criterion.id, "")
        if text == (row.text if row else "") or beside.stands(criterion.id.hex):
            continue
        changed = True
        if row is None:
            session.add(InterviewQuestion(id=uuid4(), **walls(case), criterion_id=criterion.id, text=text))
        elif text:
            row.text = text
        else:
            session.delete(row)
    session.flush()
    if changed:
        actor_name = person_actor(actor.person_id)
        record(session, chain=case.ad.party_id, at=at, actor=actor_name, verb="interview.guide", object_id=case.ad.id)
    return beside


def save_mark(
    session: Session,
    *,
    case: Case,
    application_id: UUID,
    criterion_id: UUID,
    value: tuple[int | None, str | None] | None,
    note: str,
    at: datetime,
    version: str | None = None,
) -> str:
    """Keep what a card says by one criterion: (step, presence), or None where there is a note alone. ``version`` is of the
    note that the page was opened with. Returns the note that stands. Raises a Refusal."""
    member, application = _keeper(case, application_id)
    criterion = session.get(AdCriterion, criterion_id)
    if criterion is None or criterion.ad_id != case.ad.id:
        raise NotOpenToYou
    _require_fitting(criterion.judged, value)
    card = own_card(session, member, application_id)
    if card is None:
        card = InterviewCard(id=uuid4(), **walls(case), panel_member_id=member.id, application_id=application_id)
        session.add(card)
        session.flush()
    if card.handed_in_at is not None:
        raise CardHandedIn
    mark = _mark(session, case, card, criterion_id)
    if value is not None:
        mark.judged, (mark.step, mark.present) = True, value
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    place = f"interview_mark.{mark.id}"
    note = note_to_keep(key.open_text(place, mark.note_sealed) if mark.note_sealed else "", note, version)
    mark.note_sealed = key.seal_text(place, note) if note else None
    mark.saved_at = at
    session.flush()
    return note


def _keeper(case: Case, application_id: UUID) -> tuple[PanelMember, Listed]:
    application = case.application(application_id)
    if application is None or application.called_at is None or case.member is None:
        raise NotOpenToYou
    if not may_keep_card(case.standing, application_id):
        raise NotOpenToYou
    if case.over:
        raise RecruitmentOver
    return case.member, application


def _require_fitting(judged: str, value: tuple[int | None, str | None] | None) -> None:
    """A step for the scale, a presence for what is or is not there."""
    if value is None:
        return
    step, present = value
    if judged == "skala" and present is not None:
        raise StepUnknown
    if judged == "finns" and (present is None or step is not None):
        raise PresenceUnknown


def _mark(session: Session, case: Case, card: InterviewCard, criterion_id: UUID) -> InterviewMark:
    known = select(InterviewMark).where(InterviewMark.card_id == card.id, InterviewMark.criterion_id == criterion_id)
    mark = session.scalars(known).one_or_none()
    if mark is None:
        mark = InterviewMark(
            id=uuid4(), **walls(case), card_id=card.id, application_id=card.application_id, criterion_id=criterion_id,
            judged=False,
        )  # fmt: skip
        session.add(mark)
    return mark


def hand_in_card(session: Session, *, case: Case, application_id: UUID, at: datetime) -> None:
    """Hand the card in: everything is judged, or said to be impossible to judge. Twice changes nothing. Raises a Refusal."""
    member, _application = _keeper(case, application_id)
    card = own_card(session, member, application_id)
    if card is not None and card.handed_in_at is not None:
        return
    judged = {mark.criterion_id for mark in marks_of(session, [card.id] if card else []) if mark.judged}
    left = sum(row.id not in judged for row in criteria_of(session, case.ad.id))
    if left or card is None:
        raise CardEmpty(count=in_words(left).capitalize())
    card.handed_in_at = at
    session.flush()
    actor = person_actor(member.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=actor, verb="interview.handed_in", object_id=card.id)
