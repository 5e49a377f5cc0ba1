"""Who reads, and each opening with its reason. Whoever reads no more opens nothing: the key is wrapped for the next one."""

from datetime import datetime
from uuid import UUID, uuid4

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import ProtectedIdentity
from portal.audit.services import person_actor, record
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.organisations.models import Party
from portal.protection.models import IdentityOpening
from portal.protection.queries import identity_key, key_wrapped_for, reason_place
from portal.protection.refusals import ReaderMoved, ReaderOutside, ReasonMissing
from portal.review.queries.readers import office_people, reader_of_ad, reader_of_party
from portal.vault.keystore import KeyGone
from portal.vault.sealing import SealBroken

LONGEST_REASON = 500
_events = structlog.get_logger("protection")


def name_reader(
    session: Session, *, actor: Actor, person_id: UUID | None, at: datetime, seen: str | None = None
) -> None:
    """Name who alone may open the identities of the party's recruitments, but of those that have a reader of their own;
    None: nobody, and the route is shut there. ``seen`` is whom the page said it was (an id, or empty for nobody).

    Raises `ReaderOutside`, and `ReaderMoved` where it is another by now.
    """
    assert actor.party_id is not None
    _require_office(session, actor.party_id, person_id)
    party = session.get_one(Party, actor.party_id, with_for_update=HELD)
    _require_seen(party.identity_reader_id, person_id, seen)
    present = reader_of_party(session, party.id)
    if person_id != party.identity_reader_id or (
        present is None and person_id is not None
    ):  # also one who has come back
        party.identity_reader_id, party.identity_reader_named_at = person_id, at
        _log(session, actor, "reader_named" if person_id else "reader_removed", person_id, at)
    usual = ProtectedIdentity.ad_id.in_(select(Ad.id).where(Ad.identity_reader_id.is_(None)))
    _pass_on(session, usual, person_id, actor, at)


def name_reader_of_ad(
    session: Session, *, actor: Actor, ad_id: UUID, person_id: UUID | None, at: datetime, seen: str | None = None
) -> None:
    """Name who reads in one recruitment; None: whom the party has named for all. Raises as `name_reader`."""
    assert actor.party_id is not None
    session.get_one(Party, actor.party_id, with_for_update=HELD)  # first the party, as everybody who needs both
    ad = session.get_one(Ad, ad_id, with_for_update=True)
    _require_seen(ad.identity_reader_id, person_id, seen)
    _require_office(session, ad.party_id, person_id)
    if person_id != ad.identity_reader_id or (reader_of_ad(session, ad) is None and person_id is not None):
        ad.identity_reader_id, ad.identity_reader_named_at = person_id, at
        _log(session, actor, "ad_reader_named" if person_id else "ad_reader_removed", ad_id, at)
    reader = reader_of_ad(session, ad)  # nobody where the party's has left
    _pass_on(session, ProtectedIdentity.ad_id == ad_id, reader.id if reader else None, actor, at)


def _require_seen(present: UUID | None, wanted: UUID | None, seen: str | None) -> None:
    if seen is not None and present != wanted and seen != str(present or ""):
        raise ReaderMoved


def _require_office(session: Session, party_id: UUID, person_id: UUID | None) -> None:
    if person_id is not None and all(one.id != person_id for one in office_people(session, party_id)):
        raise ReaderOutside


def _pass_on(session: Session, which: ColumnElement[bool], reader_id: UUID | None, actor: Actor, at: datetime) -> None:
    """Wrap the keys for another person. Where nobody reads they stay as they are: the one before is kept out by
    `access.may_open_identity` until there is a next one. One whose key is destroyed, or does not open for whom it is said
    to, is left as it is: it stops none of the others."""
    if reader_id is None:
        return
    theirs = select(ProtectedIdentity).where(which).order_by(ProtectedIdentity.id).with_for_update(key_share=True)
    for identity in session.scalars(theirs):
        if identity.reader_id == reader_id:
            continue
        try:
            key = identity_key(session, identity, reader_id=identity.reader_id)
        except (KeyGone, SealBroken) as fault:
            _events.warning("identity_not_passed_on", reason=type(fault).__name__)
            continue
        identity.key_sealed, identity.reader_id = key_wrapped_for(session, identity, key, reader_id), reader_id
        _log(session, actor, "key_passed_on", identity.application_id, at)
    session.flush()


def open_identity(session: Session, *, identity: ProtectedIdentity, actor: Actor, reason: str, at: datetime) -> None:
    """Note that the reader opens an identity, and why. Raises `ReasonMissing`; `SealBroken` for anybody but the reader."""
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    opening = IdentityOpening(
        id=uuid4(), party_id=identity.party_id, authority_id=identity.authority_id,
        controller_id=identity.controller_id, identity_id=identity.id, opened_by=actor.person_id, opened_at=at,
    )  # fmt: skip
    key = identity_key(session, identity, reader_id=actor.person_id)
    opening.reason_sealed = key.seal_text(reason_place(opening.id), reason)
    session.add(opening)
    session.flush()
    _log(session, actor, "opened", identity.application_id, at)


def _log(session: Session, actor: Actor, verb: str, object_id: UUID | None, at: datetime) -> None:
    assert actor.party_id is not None
    who = person_actor(actor.person_id)
    record(session, chain=actor.party_id, at=at, actor=who, verb=f"identity.{verb}", object_id=object_id)
