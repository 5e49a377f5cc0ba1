"""What the candidate's side reads: answers, drafts, and whether an address has an application already."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from portal import scope
from portal.applications.models import Answer, Application, CandidateTask, DecisionWord, MaskedText, ProtectedIdentity
from portal.applications.states import COUNTS, ENDED, State
from portal.scope import ScopeKind, acting_for

WORD_PLACE = "decision_word.text"  # what the sealed word is bound to
_DRAFTS_TOO = {"drafts_too": True}


def answers_of(session: Session, application_id: UUID) -> Sequence[Answer]:
    """The answers of one application."""
    return session.scalars(select(Answer).where(Answer.application_id == application_id)).all()


def masked_texts_of(session: Session, application_id: UUID) -> Sequence[MaskedText]:
    """The typed texts of one application with what tells who wrote them covered, where somebody has begun on them."""
    return session.scalars(select(MaskedText).where(MaskedText.application_id == application_id)).all()


def tasks_of(session: Session, application_id: UUID) -> Sequence[CandidateTask]:
    """What the candidate is asked to do, the first asked first; what is done too, for its page can be gone back to."""
    rows = select(CandidateTask).where(CandidateTask.application_id == application_id)
    return session.scalars(rows.order_by(CandidateTask.asked_at, CandidateTask.id)).all()


def word_to(session: Session, application_id: UUID) -> DecisionWord | None:
    """What the candidate has been told of the outcome, sealed; None while there is no word."""
    return session.scalars(select(DecisionWord).where(DecisionWord.application_id == application_id)).one_or_none()


def application_with_address(*, party_id: UUID, ad_id: UUID, address_print: bytes, but: UUID) -> UUID | None:
    """The id of the application that counts for this address and ad, if there is another than ``but``.

    A candidate's own scope must not see it, so it is looked up by a session of its own that acts for the party.
    """
    wanted = select(Application.id).where(
        Application.ad_id == ad_id,
        Application.address_print == address_print,
        Application.state.in_(COUNTS),
        Application.id != but,
    )
    with acting_for(scope.party(party_id)) as own:
        return own.scalar(wanted)


def old_drafts(session: Session, before: datetime) -> Sequence[UUID]:
    """Drafts in this scope that nobody has touched since ``before``."""
    wanted = select(Application.id).where(Application.state == State.DRAFT, Application.changed_at < before)
    return session.scalars(wanted, execution_options=_DRAFTS_TOO).all()


def draft(session: Session, application_id: UUID) -> Application | None:
    """A draft, for the sweeper, which alone reaches drafts in a party's scope."""
    wanted = select(Application).where(Application.id == application_id).with_for_update()
    return session.scalars(wanted, execution_options=_DRAFTS_TOO).one_or_none()


def keyed_applications(session: Session) -> Sequence[UUID]:
    """Every application in this scope that has a key, drafts too: all but those whose erasure was begun."""
    erased = Application.state.in_(ENDED) & (Application.controller_id == Application.party_id)
    return session.scalars(select(Application.id).where(~erased), execution_options=_DRAFTS_TOO).all()


def identities_of(session: Session, application_id: UUID) -> Sequence[ProtectedIdentity]:
    """Who stands behind the code name of an application, sealed; none where the application carries the name."""
    return session.scalars(select(ProtectedIdentity).where(ProtectedIdentity.application_id == application_id)).all()


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
    rows = select(Application.id, Application.state).where(Application.email_sealed.is_not(None))
    return {row.id: row.state for row in session.execute(rows)}


def unfinished_erasures(session: Session) -> Sequence[UUID]:
    """Applications in this scope whose erasure was begun and not finished: ended, and still with a name.

    Only where the party is controller: what an authority was sent is a public record and is kept.
    """
    wanted = select(Application.id).where(
        Application.state.in_(ENDED),
        Application.controller_id == Application.party_id,
        Application.name_sealed.is_not(None),
    )
    return session.scalars(wanted).all()


@cache
def _no_drafts() -> Any:
    """Made once: it goes with every question of the staff's."""
    return with_loader_criteria(Application, Application.state != State.DRAFT, include_aliases=True)


def _hide_drafts(state: ORMExecuteState) -> None:
    """No staff scope sees drafts, whatever a query of theirs forgets."""
    present = state.session.info.get("scope")
    if not isinstance(present, scope.Scope) or present.kind not in (ScopeKind.PARTY, ScopeKind.AUTHORITY):
        return
    if state.is_column_load or state.execution_options.get("drafts_too") or not state.is_select:
        return
    state.statement = state.statement.options(_no_drafts())


event.listen(Session, "do_orm_execute", _hide_drafts)
