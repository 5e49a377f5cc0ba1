"""An employment recorded once, with the limit that its own decision day gives; it is never worked out again."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.services.room import post_of
from portal.ads.term import STAND_IN
from portal.contracts.lasting.services import hold_what_lasts
from portal.contracts.models import Employment
from portal.contracts.queries import employment_for
from portal.contracts.recording.services import employment_row, note_recorded, require_same
from portal.contracts.terms import Answer, Terms, answer_for, require
from portal.contracts.titles import title_of_one
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.decisions.services import settle_outcome
from portal.decisions.services.recording import hold
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer, model_for
from portal.posts.services.claiming import Part, claim_for_employment
from portal.review.access import may_see_listed
from portal.review.queries.case import Listed, load_case
from portal.scope import walls_of
from portal.vault.services import open_application_key


def record_employment(
    session: Session,
    *,
    ad_id: UUID,
    application_id: UUID,
    terms: Terms,
    actor: Actor,
    at: datetime,
    on: date,
    in_place_of: UUID | None = None,
) -> Employment | None:
    """Record the employment decided for a candidate whose outcome is *anställs*; the same terms once more change
    nothing. None where the person may not or there is no such outcome.

    The employer is the ad's, whatever ``terms`` say. ``in_place_of`` is the employment of whom a stand-in replaces. Raises
    TermsRefused, AlreadyRecorded, NoRoom where the party's posts are all taken, or another Refusal.
    """
    ad = hold(session, ad_id, application_id)
    case = load_case(session, ad_id, actor)
    application = case.application(application_id) if case else None
    if ad is None or case is None or application is None or not may_see_listed(case.standing, application_id):
        return None
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    if outcome is None or outcome.result != Result.HIRED:
        return None
    terms = replace(terms, employer=Employer(ad.employer or ""), stands_in=ad.employment_form == STAND_IN)
    answer = answer_for(terms, on=on)
    require(answer)
    if (present := employment_for(session, application_id)) is not None:
        require_same(session, present, terms, answer, in_place_of)
        return present
    employment = _row(session, ad, application, terms, answer, actor.person_id, at)
    session.add(employment)
    session.flush()
    _claim(session, ad, employment, in_place_of)
    hold_what_lasts(session, employment)
    settle_outcome(session, outcome=outcome, at=at)
    note_recorded(session, employment, actor.person_id, at)
    return employment


def _claim(session: Session, ad: Ad, row: Employment, in_place_of: UUID | None) -> None:
    """Take over one of the ad's posts in the ledger, or stand in for somebody who has one."""
    claim_for_employment(
        session,
        of=row,
        employment_id=row.id,
        parts=[Part(row.extent_percent, row.starts_on, row.ends_on)],
        ad_id=ad.id,
        ad_percent=post_of(session, ad),
        in_place_of=in_place_of,
    )


def _row(
    session: Session, ad: Ad, application: Listed, terms: Terms, answer: Answer, person_id: UUID, at: datetime
) -> Employment:
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    walls = walls_of(ad, with_authority=model_for(terms.employer).controller == "authority")
    return employment_row(
        session, walls, name=key.open_text("application.name", application.name_sealed or b""),
        title=title_of_one(ad.title), terms=terms, answer=answer, person_id=person_id, at=at, ad_id=ad.id,
        application_id=application.id, stands_in=terms.stands_in,
    )  # fmt: skip
