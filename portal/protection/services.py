"""The verbs of protected identity: name the reader, apply under a code name, open with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.applications.models import Application, ProtectedIdentity
from portal.applications.questions import Reply
from portal.applications.services.drafting import add_draft, note_consent, write_details, write_replies
from portal.applications.services.sending import Prepared, announce_sent, arrive, make_private_link, show_papers
from portal.applications.window import arrives_as
from portal.audit.services import CANDIDATE, person_actor, record
from portal.documents.services import Sealed, add_document
from portal.organisations.access import Actor
from portal.organisations.models import Party
from portal.protection.models import IdentityOpening
from portal.protection.queries import identity_key, office_of, place_of, reason_place
from portal.protection.refusals import ReaderOutside, ReasonMissing
from portal.vault.services import ApplicationKey

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What a candidate leaves: who they are, for the reader alone; and what is judged, which carries the code name."""

    name: str
    contact: str
    texts: Mapping[str, str]  # salary, start, letter
    replies: Mapping[UUID, Reply]
    documents: Sequence[tuple[str, Sealed]]  # slot and typed text as a document
    consented: bool
    paper_name: str = ""
    paper: bytes = field(default=b"", repr=False)


def name_reader(session: Session, *, actor: Actor, person_id: UUID | None, at: datetime) -> None:
    """Name who alone may open identities; None: nobody, and the route is shut. Raises `ReaderOutside`."""
    assert actor.party_id is not None
    if person_id is not None and all(one.id != person_id for one in office_of(session, actor.party_id)):
        raise ReaderOutside
    party = session.get_one(Party, actor.party_id, with_for_update=True)
    if party.identity_reader_id == person_id:
        return
    party.identity_reader_id = person_id
    session.flush()
    who, verb = person_actor(actor.person_id), "identity.reader_named" if person_id else "identity.reader_removed"
    record(session, chain=party.id, at=at, actor=who, verb=verb, object_id=person_id)


def apply_protected(
    session: Session, *, ad: PublishedAd, keys: tuple[ApplicationKey, ApplicationKey], code_name: str, told: Told,
    language: str, at: datetime,
) -> tuple[Application, str]:  # fmt: skip
    """Let an application arrive under its code name; with the token of its private link. Raises `NotOpen`."""
    key, own_key = keys
    state = arrives_as(
        at=at, opened_at=at, closes_at=ad.closes_at, withdrawn=ad.withdrawn, ended=ad.ended, employer=ad.employer
    )
    application = add_draft(session, ad=ad, key=key, language=language, opened_at=at, at=at)
    texts = {**told.texts, "name": f"{code_name} (kodnamn)"}  # wherever a name stands, that it is none
    write_details(session, application=application, key=key, texts=texts, ad=ad, language=language, at=at)
    write_replies(session, application=application, key=key, replies=told.replies)
    if told.consented:
        note_consent(session, application=application, at=at)
        _log(session, application, "application.consented", at)
    application.identity_protected = True  # the mark that each of its records has from now on, with the authority too
    prepared = Prepared(application.id, application.party_id, application.ad_id, None)
    documents = [
        add_document(session, owner=application, slot=slot, sealed=sealed, at=at) for slot, sealed in told.documents
    ]
    arrive(session, application, ad, prepared, state, at)
    if application.with_authority:
        show_papers(session, application, documents, at=at)
    _keep_identity(session, application, own_key, code_name, told, at)
    _log(session, application, "application.sent", at)
    announce_sent(session, application, at)
    return application, make_private_link(session, application, ad, at)


def _keep_identity(
    session: Session, application: Application, key: ApplicationKey, code_name: str, told: Told, at: datetime
) -> None:
    session.add(
        ProtectedIdentity(
            id=key.application_id, party_id=application.party_id, authority_id=application.authority_id,
            controller_id=application.controller_id, application_id=application.id, ad_id=application.ad_id,
            code_name=code_name, name_sealed=key.seal_text(place_of("name"), told.name),
            contact_sealed=key.seal_text(place_of("contact"), told.contact), made_at=at,
            paper_sealed=key.seal_bytes(place_of("paper"), told.paper) if told.paper else None,
            paper_name_sealed=key.seal_text(place_of("paper_name"), told.paper_name) if told.paper else None,
        )
    )  # fmt: skip
    session.flush()


def _log(session: Session, application: Application, verb: str, at: datetime) -> None:
    record(session, chain=application.party_id, at=at, actor=CANDIDATE, verb=verb, object_id=application.id)


def open_identity(session: Session, *, identity: ProtectedIdentity, actor: Actor, reason: str, at: datetime) -> None:
    """Note that the reader opens an identity, and why. Raises `ReasonMissing`."""
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    opening = IdentityOpening(
        id=uuid4(), party_id=identity.party_id, authority_id=identity.authority_id,
        controller_id=identity.controller_id, identity_id=identity.id, opened_by=actor.person_id, opened_at=at,
    )  # fmt: skip
    opening.reason_sealed = identity_key(session, identity).seal_text(reason_place(opening.id), reason)
    session.add(opening)
    session.flush()
    who = person_actor(actor.person_id)
    record(
        session, chain=identity.party_id, at=at, actor=who, verb="identity.opened", object_id=identity.application_id
    )
