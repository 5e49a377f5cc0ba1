"""What the candidate's side reads: answers, drafts, and whether an address has an application already."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, and_, bindparam, event, false, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from portal import scope
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version_of
from portal.applications.models import (
    Answer,
    Application,
    ApplicationChange,
    CandidateRequest,
    CandidateTask,
    DecisionWord,
    LaterConsent,
    MaskedText,
    ProtectedIdentity,
)
from portal.applications.states import COUNTS, ENDED, State
from portal.scope import ScopeKind, acting_for, reading_for

CHANGE_PLACE = "application_change.former"  # what the former texts are bound to
REGISTERED: Final = "registered_by_the_office"  # told by the registrations, which stand above the applications
WORD_PLACE = "decision_word.text"  # what the sealed word is bound to
_HIDDEN_TOO = {"hidden_too": True}  # drafts, and what is kept though it was taken back
# Whose erasure was begun: `services.withdrawing.is_erased` says the same of one.
TO_BE_ERASED = or_(
    Application.state == State.DISPOSED,
    and_(
        Application.state.in_(ENDED),
        Application.controller_id == Application.party_id,
        Application.restricted_at.is_(None),
    ),
)


def answers_of(session: Session, application_id: UUID) -> Sequence[Answer]:
    """The answers of one application."""
    return session.scalars(select(Answer).where(Answer.application_id == application_id)).all()


def masked_texts_of(session: Session, application_id: UUID) -> Sequence[MaskedText]:
    """The typed texts of one application with what tells who wrote them covered, where somebody has begun on them."""
    return session.scalars(select(MaskedText).where(MaskedText.application_id == application_id)).all()


def changes_of(session: Session, application_id: UUID) -> Sequence[ApplicationChange]:
    """What was sent anew of one application, the first change first."""
    rows = select(ApplicationChange).where(ApplicationChange.application_id == application_id)
    return session.scalars(rows.order_by(ApplicationChange.number)).all()


def tasks_of(session: Session, application_id: UUID) -> Sequence[CandidateTask]:
    """What the candidate is asked to do, the first asked first; what is done too, for its page can be gone back to."""
    rows = select(CandidateTask).where(CandidateTask.application_id == application_id)
    return session.scalars(rows.order_by(CandidateTask.asked_at, CandidateTask.id)).all()


def later_consent_of(session: Session, application_id: UUID) -> LaterConsent | None:
    """What the candidate has said of being kept and asked about later posts; None where nothing."""
    return session.scalars(select(LaterConsent).where(LaterConsent.application_id == application_id)).one_or_none()


def requests_of(session: Session, application_id: UUID) -> Sequence[CandidateRequest]:
    """What the candidate has asked for about their own data, the first asked first."""
    rows = select(CandidateRequest).where(CandidateRequest.application_id == application_id)
    return session.scalars(rows.order_by(CandidateRequest.made_at, CandidateRequest.id)).all()


def word_to(session: Session, application_id: UUID) -> DecisionWord | None:
    """What the candidate has been told of the outcome, sealed; None while there is no word."""
    return session.scalars(select(DecisionWord).where(DecisionWord.application_id == application_id)).one_or_none()


_WITH_ADDRESS = select(Application.id).where(
    Application.ad_id == bindparam("ad"),
    Application.address_print == bindparam("address"),
    Application.state.in_(COUNTS),
    Application.id != bindparam("but"),
)


def application_with_address(*, party_id: UUID, ad_id: UUID, address_print: bytes, but: UUID) -> UUID | None:
    """The id of the application that counts for this address and ad, if there is another than ``but``.

    A candidate's own scope must not see it, so it is looked up by a session of its own that acts for the party.
    """
    with acting_for(scope.party(party_id)) as own:
        return own.scalar(_WITH_ADDRESS, {"ad": ad_id, "address": address_print, "but": but})


def another_waits(session: Session, application: Application) -> bool:
    """Whether a second one, sent with the same address, waits to take this one's place. Looked up as the party, by the
    connection that ``session`` has; for the pages of whoever reads the address, behind its code."""
    if application.state not in COUNTS:
        return False
    with reading_for(scope.party(application.party_id), within=session) as own:
        waiting = proposals_after(own, application)
        return any(row.address_print == application.address_print for row in own.scalars(waiting))


def proposals_after(session: Session, first: Application) -> Select[Application]:
    """What waits to take the place of the first, or of what that has replaced, and may still be answered: not once the
    recruitment is over, when whoever waited has read the same as those who do not go further. In a scope of the staff's."""
    line = Application.replaces_id.in_(_line_of(session, first))
    wanted = select(Application).where(line, Application.state == State.PROPOSAL)
    ad = current_version_of(session, first.ad_id)
    return wanted.where(Application.decided_at.is_(None)) if ad is not None and not ad.ended else wanted.where(false())


def _line_of(session: Session, first: Application) -> list[UUID]:
    """The first, what it took the place of, and so on."""
    line, before = [first.id], first.replaces_id
    while before is not None and before not in line:
        line.append(before)
        further = select(Application.replaces_id).where(Application.id == before)
        before = session.scalar(further, execution_options=_HIDDEN_TOO)
    return line


def old_drafts(session: Session, before: datetime) -> Sequence[UUID]:
    """Drafts in this scope that nobody has touched since ``before``."""
    wanted = select(Application.id).where(Application.state == State.DRAFT, Application.changed_at < before)
    return session.scalars(wanted, execution_options=_HIDDEN_TOO).all()


def draft(session: Session, application_id: UUID) -> Application | None:
    """A draft, for the sweeper, which alone reaches drafts in a party's scope."""
    wanted = select(Application).where(Application.id == application_id).with_for_update()
    return session.scalars(wanted, execution_options=_HIDDEN_TOO).one_or_none()


def content_seen(session: Session, application_id: UUID) -> Mapping[str, Any]:
    """What the published ad said that the candidate saw last; empty where there is no such application here."""
    seen = select(PublishedAd.content).join(Application, Application.published_ad_id == PublishedAd.id)
    return session.scalar(seen.where(Application.id == application_id)) or {}


def keyed_applications(session: Session) -> Sequence[UUID]:
    """Every application in this scope that has a key, drafts too: all but those whose erasure was begun."""
    return session.scalars(select(Application.id).where(~TO_BE_ERASED), execution_options=_HIDDEN_TOO).all()


def identities_of(session: Session, application_id: UUID) -> Sequence[ProtectedIdentity]:
    """Who stands behind the code name of an application, sealed; none where the application carries the name."""
    return session.scalars(select(ProtectedIdentity).where(ProtectedIdentity.application_id == application_id)).all()


def hears_that_something_waits(session: Session, application: Application) -> bool:
    """Whether one under a code name has left an address for a mail that says so, and nothing more."""
    return application.protected and any(one.address_sealed for one in identities_of(session, application.id))


def without_address(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Of these those whom no mail can reach: by their name, and without an e-mail address. Of one under a code name it is not
    said, nor of one who has left an address for a mail that says that something waits."""
    if not ids:
        return set()
    lacking = Application.id.in_(ids), Application.email_sealed.is_(None), Application.protected.is_(False)
    return set(session.scalars(select(Application.id).where(*lacking)))


def keyed_identities(session: Session) -> Sequence[UUID]:
    """Every protected identity in this scope: each has a key of its own."""
    return session.scalars(select(ProtectedIdentity.id)).all()


def code_names_in(*, party_id: UUID, ad_id: UUID) -> set[str]:
    """The code names that candidates of an ad have, for one who is to get another. A candidate's own scope must not see
    them, so they are looked up by a session of its own that acts for the party."""
    with acting_for(scope.party(party_id)) as own:
        return set(own.scalars(select(ProtectedIdentity.code_name).where(ProtectedIdentity.ad_id == ad_id)))


def arrived_states(session: Session) -> dict[UUID, str]:
    """The state of every application in this scope that has arrived and has an address to write to."""
    addressed = Application.email_sealed.is_not(None)
    wanted = select(Application.id, Application.state).where(Application.state != State.DRAFT, addressed)
    return {row.id: row.state for row in session.execute(wanted, execution_options=_HIDDEN_TOO)}


def taken_back(session: Session, application_id: UUID | None, *, lock: bool = False) -> Application | None:
    """An application that was taken back, for whoever must let go of what hangs on it: kept or not."""
    if application_id is None:
        return None
    wanted = select(Application).where(Application.id == application_id, Application.state != State.DRAFT)
    wanted = wanted.with_for_update() if lock else wanted
    return session.scalars(wanted, execution_options=_HIDDEN_TOO).one_or_none()


def hold_everybody(session: Session, ad_id: UUID) -> None:
    """Hold every application to an ad, what is kept sealed too: nobody takes theirs back, or is erased, meanwhile."""
    everybody = select(Application.id).where(Application.ad_id == ad_id).order_by(Application.id)
    session.scalars(everybody.with_for_update(), execution_options=_HIDDEN_TOO).all()


def unreadable_in(session: Session, ad_id: UUID) -> Sequence[UUID]:
    """The applications to an ad that have been emptied, or are kept where nobody of the staff may read them, or only to be
    asked about later posts."""
    later = select(LaterConsent.id).where(
        LaterConsent.application_id == Application.id, LaterConsent.alone_at.is_not(None)
    )
    gone = Application.name_sealed.is_(None) | Application.restricted_at.is_not(None) | later.exists()
    wanted = select(Application.id).where(Application.ad_id == ad_id, Application.state != State.DRAFT, gone)
    return session.scalars(wanted, execution_options=_HIDDEN_TOO).all()


def restricted(session: Session, *, before: date, ad_id: UUID | None = None) -> Sequence[UUID]:
    """What is kept though it was taken back, and has been kept for as long as it may: the last day is before ``before``. Of
    one recruitment, where it is told."""
    wanted = select(Application.id).where(Application.restricted_until < before).order_by(Application.id)
    if ad_id is not None:
        wanted = wanted.where(Application.ad_id == ad_id)
    return session.scalars(wanted, execution_options=_HIDDEN_TOO).all()


def unfinished_erasures(session: Session) -> Sequence[UUID]:
    """Applications in this scope whose erasure was begun and not finished: still with a name.

    What an authority was sent is a public record, and is kept until its time is over.
    """
    return session.scalars(select(Application.id).where(TO_BE_ERASED, Application.name_sealed.is_not(None))).all()


@cache
def _only_open() -> Any:
    """Made once: it goes with every question of the staff's."""
    shown = (Application.state != State.DRAFT) & Application.restricted_at.is_(None)
    return with_loader_criteria(Application, shown, include_aliases=True)


def _hide(state: ORMExecuteState) -> None:
    """No staff scope sees drafts, nor what is kept sealed after it was taken back, whatever a query of theirs forgets."""
    present = state.session.info.get("scope")
    if not isinstance(present, scope.Scope) or present.kind not in (ScopeKind.PARTY, ScopeKind.AUTHORITY):
        return
    if state.is_column_load or state.execution_options.get("hidden_too") or not state.is_select:
        return
    state.statement = state.statement.options(_only_open())


event.listen(Session, "do_orm_execute", _hide)


def came_on_a_day(session: Session, party_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of one party's applications that its office has registered: of when they came the day alone is known, and that
    they count from noon is their place in the order. Looked up as the party, by the connection that ``session`` has."""
    registered: Callable[[Session, Collection[UUID]], set[UUID]] = current_app.extensions[REGISTERED]
    if not ids:
        return set()
    with reading_for(scope.party(party_id), within=session) as own:
        return registered(own, ids)


def has_no_hour(session: Session, application: Application) -> bool:
    """Whether of when this one application came the day alone is known, as its office registered it."""
    return application.id in came_on_a_day(session, application.party_id, [application.id])
