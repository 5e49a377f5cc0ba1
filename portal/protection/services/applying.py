"""Applying under a code name: what everybody reads in the application, and who it is in a row of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.models import PublishedAd
from portal.ads.queries import version_in_force
from portal.applications.models import Application, ProtectedIdentity
from portal.applications.questions import Reply
from portal.applications.services.drafting import add_draft, note_consent, write_details, write_replies
from portal.applications.services.sending import (
    Prepared,
    announce_sent,
    arrive,
    make_private_link,
    number_papers,
    private_token,
    show_papers,
)
from portal.applications.window import arrives_as
from portal.audit.services import CANDIDATE, record
from portal.documents.models import Document
from portal.documents.services import Sealed, add_document
from portal.protection.queries import key_wrapped_for, place_of, reader_held
from portal.protection.refusals import NoReader, TakenBack
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.vault.sealing import new_key
from portal.vault.services import ApplicationKey


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
    address: str = ""  # for a mail that says only that something waits


def apply_protected(
    session: Session, *, ad: PublishedAd, keys: tuple[ApplicationKey, ApplicationKey], code_name: str, told: Told,
    language: str, at: datetime, opened_at: datetime | None = None,
) -> str:  # fmt: skip
    """Let an application arrive under its code name: the token of its private link. ``keys`` are the application's and the
    one under which the identity's own is wrapped, for whoever reads at this instant. ``opened_at`` is when the form was
    shown. Doing it again changes nothing and
    gives the same link.

    Raises `NotOpen`, `NoReader` and `TakenBack`; `sqlalchemy.exc.IntegrityError` when the same form was sent, or the same
    code name drawn, at the same instant: try again.
    """
    key, outer = keys
    if token := sent_before(session, key.application_id):
        return token
    reader_id = reader_held(session, party_id=ad.party_id, ad_id=ad.ad_id)
    if reader_id is None:
        raise NoReader
    ad = version_in_force(session, ad.ad_id) or ad
    state = arrives_as(
        at=at,
        opened_at=opened_at or at,
        closes_at=ad.closes_at,
        withdrawn=ad.withdrawn,
        ended=ad.ended,
        employer=ad.employer,
    )
    application = _write(session, ad, key, code_name, told, language, at)
    prepared = Prepared(application.id, application.party_id, application.ad_id, None)
    documents = [
        add_document(session, owner=application, slot=slot, sealed=sealed, at=at) for slot, sealed in told.documents
    ]
    arrive(application, ad, prepared, state, at)
    if application.with_authority:
        _number(session, application, documents, [(Kind.CV, outer.application_id)] if told.paper else [], at)
    _keep_identity(session, application, outer, code_name, told, reader_id, at)
    _log(session, application, "application.sent", at)
    announce_sent(session, application, at)
    return make_private_link(session, application, ad, at)


def _number(
    session: Session, application: Application, documents: Sequence[Document], paper: Sequence[tuple[Kind, UUID]],
    at: datetime,
) -> None:  # fmt: skip
    """The paper has come in like any record, though one person alone opens it."""
    show_papers(session, application, documents)
    number_papers(session, application, documents, at=at)
    if paper:
        enter_in_register(session, owner=application, records=paper, at=at)


def _write(
    session: Session, ad: PublishedAd, key: ApplicationKey, code_name: str, told: Told, language: str, at: datetime
) -> Application:
    """What everybody in the case reads, and the consent."""
    application = add_draft(session, ad=ad, key=key, language=language, opened_at=at, at=at)
    application.protected = True
    texts = {**told.texts, "name": f"{code_name} (kodnamn)"}  # wherever a name stands, that it is none
    write_details(session, application=application, key=key, texts=texts, ad=ad, language=language, at=at)
    write_replies(session, application=application, key=key, replies=told.replies)
    if told.consented:
        note_consent(session, application=application, at=at)
        _log(session, application, "application.consented", at)
    return application


def sent_before(session: Session, application_id: UUID) -> str | None:
    """The token of the private link, where the form that makes this application has been sent already. Raises `TakenBack`
    where there is no link any more."""
    application = session.get(Application, application_id)
    if application is None:
        return None
    token = private_token(session, application)
    if token is None:
        raise TakenBack
    return token


def _keep_identity(
    session: Session, application: Application, outer: ApplicationKey, code_name: str, told: Told, reader_id: UUID,
    at: datetime,
) -> None:  # fmt: skip
    key = ApplicationKey(outer.application_id, new_key())
    identity = ProtectedIdentity(
        id=outer.application_id, party_id=application.party_id, authority_id=application.authority_id,
        controller_id=application.controller_id, application_id=application.id, ad_id=application.ad_id,
        code_name=code_name, name_sealed=key.seal_text(place_of("name"), told.name),
        contact_sealed=key.seal_text(place_of("contact"), told.contact), made_at=at, reader_id=reader_id,
        address_sealed=key.seal_text(place_of("address"), told.address) if told.address else None,
        paper_sealed=key.seal_bytes(place_of("paper"), told.paper) if told.paper else None,
        paper_name_sealed=key.seal_text(place_of("paper_name"), told.paper_name) if told.paper else None,
    )  # fmt: skip
    identity.key_sealed = key_wrapped_for(session, identity, key, reader_id)
    session.add(identity)
    session.flush()


def _log(session: Session, application: Application, verb: str, at: datetime) -> None:
    record(session, chain=application.party_id, at=at, actor=CANDIDATE, verb=verb, object_id=application.id)
