"""A candidate's name, address and telephone put right at any time: by themself, or by the staff whom they have asked."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.address import canonical
from portal.ads.models import PublishedAd
from portal.applications import emails
from portal.applications.changes import Part, ProtectedStays
from portal.applications.models import Application
from portal.applications.services.addressing import change_address, prepare_address
from portal.applications.services.changing import note_change
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.sending import Prepared, look_for_first
from portal.audit.services import person_actor, record
from portal.db import db
from portal.organisations.access import Actor
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.answering import open_request
from portal.privacy.rights.services.asking import add_request

DETAILS = ("name", "email", "phone")


def prepare_details(application: Application, email: str) -> Prepared:
    """What is looked up before the unit of work, by a connection of its own: the caller's is let go of."""
    prepared = prepare_address(db.session, application, email)
    db.session.rollback()
    return look_for_first(prepared)


def correct_details(
    session: Session, *, prepared: Prepared, texts: Mapping[str, str], ad: PublishedAd, actor: str, at: datetime
) -> bool:
    """Put those of `DETAILS` right that are given; the address is never emptied, for the private link goes there.

    To an authority it arrives as every other change, with a number of its own, and what came before stays what came; a party
    keeps nothing of it. A new address is `change_address`, and tells by itself; else the address that stands is told. Returns
    whether anything changed.

    Raises `ProtectedStays`, and `sqlalchemy.exc.IntegrityError` where the address was used for another application at the
    same instant.
    """
    application = session.get_one(Application, prepared.application_id, with_for_update=True)
    if application.protected:
        raise ProtectedStays
    key = key_of(application)
    written = read_written(session, application, key)
    former = {name: getattr(written, name) for name in DETAILS}
    given = {name: text for name, text in texts.items() if text or name != "email"}
    changed = [name for name in DETAILS if name in given and former[name] != given[name]]
    if not changed:
        return False
    moves = "email" in changed and canonical(former["email"]) != canonical(given["email"])  # else spelt otherwise
    _write(application, {name: given[name] for name in changed if name != "email" or not moves})
    application.changed_at = at
    by_authority = application.controller_id == application.authority_id
    before = "\n".join(former[name] for name in changed if former[name]) if by_authority else ""
    row, email = add_request(session, application, Kind.CONTACT, before, at=at, answered=True), given.get("email", "")
    if moves:
        change_address(session, application=application, prepared=prepared, email=email, ad=ad, actor=actor, at=at)
    elif former["email"] and changed != ["email"]:
        emails.post_details_changed(session, application, to=former["email"], at=at)
    if by_authority and application.arrival_number is not None:
        parts = [Part.DETAILS]
        note_change(session, application, key, before=written, texts=changed, replies=(), parts=parts, at=at, by=actor)
    if not moves or changed != ["email"]:
        verb = "application.details_changed"
        record(session, chain=row.party_id, at=at, actor=actor, verb=verb, object_id=application.id)
    return True


def _write(application: Application, texts: Mapping[str, str]) -> None:
    key = key_of(application)
    for name, text in texts.items():
        setattr(application, f"{name}_sealed", key.seal_text(f"application.{name}", text) if text else None)


def correct_for(
    session: Session, *, request_id: UUID, prepared: Prepared, texts: Mapping[str, str], ad: PublishedAd, actor: Actor,
    at: datetime,
) -> bool | None:  # fmt: skip
    """The same by the office, at the word of a candidate whose request waits for its answer. None where there is no such
    request, or nothing to put right any more. Raises `AnsweredAlready`, and what `correct_details` does."""
    found = open_request(session, request_id)
    if found is None or found.row.kind != Kind.CORRECTION:
        return None
    if found.application.restricted_at is not None or found.application.name_sealed is None:
        return None
    who = person_actor(actor.person_id)
    return correct_details(session, prepared=prepared, texts=texts, ad=ad, actor=who, at=at)
