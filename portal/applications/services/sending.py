"""The sending: everything that makes an application arrive, committed together or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.address import canonical
from portal.ads.models import PublishedAd
from portal.ads.queries import version_in_force
from portal.applications import emails
from portal.applications.changes import may_change
from portal.applications.completeness import ApplicationIncomplete, Missing, missing_of
from portal.applications.models import Answer, Application
from portal.applications.queries import application_with_address, has_no_hour
from portal.applications.services.drafting import SEALED, DraftGone, DraftMoved, consent_is_of_former, key_of
from portal.applications.services.papers import slots_in
from portal.applications.services.questioning import ask_whether_to_replace
from portal.applications.states import State
from portal.applications.window import arrives_as
from portal.audit.services import CANDIDATE, Entry, record_all
from portal.documents.attachments import AttachmentKind
from portal.documents.models import Document
from portal.documents.queries import documents_of, in_order
from portal.documents.services import Sealed, add_document, is_whole, seal_letter, show_to_authority
from portal.jobs.services import announce
from portal.links.models import Link, Purpose
from portal.links.services import keep_link, token_of
from portal.posts.employer_model import Employer
from portal.refusal import N_, Refusal
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.vault.services import ApplicationKey, controller_fingerprint

RECEIPT_SHOWN = timedelta(days=1)  # how long the draft's cookie still finds the receipt
SLOT_NAMES = {"cv": N_("CV"), "letter": N_("Personligt brev"), "attachment": N_("Bilaga")}

# Rows changed by one statement: what the session holds of them is read anew after the commit.
_UNREAD = {"synchronize_session": False}


class FileLost(Refusal):
    """A stored file does not open. The candidate is asked for it anew rather than sending without it."""

    text = N_("Filen till %(slot)s går inte att öppna hos oss. Ta bort den och välj den igen.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made ready outside the unit of work.

    ``letter`` is the typed letter as a sealed document; ``first_id`` the application that already counts for the
    address (a candidate's own scope must not see it, so it is looked up apart); ``key`` the application's, where it has
    been opened already; ``version`` that of the draft as it was shown and made ready, where that is known.
    """

    application_id: UUID
    party_id: UUID
    ad_id: UUID
    address_print: bytes | None  # None for one who has left no address
    letter: Sealed | None = None
    first_id: UUID | None = None
    key: ApplicationKey | None = None
    version: int | None = None


def missing_in(application: Application, content: dict[str, object], documents: Sequence[Document]) -> list[Missing]:
    """What the application still lacks."""
    filled = {name for name in SEALED if getattr(application, f"{name}_sealed") is not None}
    agreed, reworded = application.consented_at is not None, consent_is_of_former(application)
    return missing_of(
        content, filled=filled, slots=slots_in(documents), consented=agreed and not reworded, reworded=reworded
    )


def prepare_sending(session: Session, application: Application, *, seen: int | None = None) -> Prepared:
    """Open every stored file once more, and seal the typed letter as a document. ``seen`` is the version of the draft that
    its candidate was shown, else the one that is made ready here. Raises `FileLost`."""
    key = key_of(application)
    for document in documents_of(session, application.id):
        if not is_whole(document, key):
            raise FileLost(slot=SLOT_NAMES[document.slot])
    sealed, letter = application.letter_sealed, None
    if sealed is not None:
        text = key.open_text("application.letter", sealed)
        letter = seal_letter(text, name="Personligt brev", key=key)
    printed = _address_print(session, application, key)
    version = application.version if seen is None else seen
    return Prepared(application.id, application.party_id, application.ad_id, printed, letter, key=key, version=version)


def look_for_first(prepared: Prepared) -> Prepared:
    """Look again, before each try, whether the address already has an application to this ad.

    Uses a connection of its own: the caller has let go of its own, or many at once would wait for each other.
    """
    if prepared.address_print is None:
        return prepared
    first = application_with_address(
        party_id=prepared.party_id,
        ad_id=prepared.ad_id,
        address_print=prepared.address_print,
        but=prepared.application_id,
    )
    return replace(prepared, first_id=first)


def _address_print(session: Session, application: Application, key: ApplicationKey) -> bytes | None:
    if application.email_sealed is None:
        return None
    email = canonical(key.open_text("application.email", application.email_sealed))
    return controller_fingerprint(session, application.controller_id, email, purpose="address")


def submit_application(session: Session, *, ad: PublishedAd, prepared: Prepared, at: datetime) -> Application:
    """Let a draft arrive at ``at``. Sending it again changes nothing and gives the same application.

    Raises `NotOpen`, `ApplicationIncomplete`, `DraftMoved`, `DraftGone`; `sqlalchemy.exc.IntegrityError` when another of the
    same address was sent at the same instant: try again, and this one waits as a proposal.
    """
    ad = version_in_force(session, prepared.ad_id) or ad
    application = session.get(Application, prepared.application_id, with_for_update=True)
    if application is None:
        raise DraftGone
    if application.state != State.DRAFT:
        return application
    if prepared.version not in (None, application.version):
        raise DraftMoved
    state = arrives_as(
        at=at,
        opened_at=application.opened_at,
        closes_at=ad.closes_at,
        withdrawn=ad.withdrawn,
        ended=ad.ended,
        employer=ad.employer,
    )
    documents = list(documents_of(session, application.id))
    if missing_in(application, ad.content, documents):
        raise ApplicationIncomplete
    with session.no_autoflush:  # nothing here asks for what it writes: it goes to the database in one go
        if prepared.letter is not None:
            documents.append(add_document(session, owner=application, slot="letter", sealed=prepared.letter, at=at))
        arrive(application, ad, prepared, state, at)
        _tell(session, application, ad, documents, at, prepared.key)
    if application.with_authority:
        show_papers(session, application, documents)
        number_papers(session, application, documents, at=at)
    _log_arrival(session, application, at)
    return application


def arrive(application: Application, ad: PublishedAd, prepared: Prepared, state: State, at: datetime) -> None:
    """Let the row arrive at ``at``. The unique index has the last word on two at once: see above."""
    first = prepared.first_id
    application.address_print = prepared.address_print
    application.published_ad_id = ad.id
    application.submitted_at = application.changed_at = at
    application.state, application.replaces_id = (State.PROPOSAL if first else state), first
    application.with_authority = application.controller_id == application.authority_id


def show_papers(session: Session, application: Application, documents: Sequence[Document]) -> None:
    """Let the authority, which employs, see answers and documents along with the row."""
    show_to_authority(session, documents)
    session.execute(
        update(Answer).where(Answer.application_id == application.id).values(with_authority=True),
        execution_options=_UNREAD,
    )


def number_papers(session: Session, application: Application, documents: Sequence[Document], *, at: datetime) -> None:
    """Their places in the authority's register. All arrive together: the form gets the first number, and each file one.

    As late as can be: until the commit everybody else who sends to the authority waits.
    """
    files = ((Kind(row.slot), row.id) for row in in_order(documents))
    records: list[tuple[Kind, UUID | None]] = [(Kind.APPLICATION, None), *files]
    form, *_files = enter_in_register(session, owner=application, records=records, at=at)
    application.arrival_number = form.register_number


def _tell(
    session: Session,
    application: Application,
    ad: PublishedAd,
    documents: Sequence[Document],
    at: datetime,
    key: ApplicationKey | None,
) -> None:
    token = make_private_link(session, application, ad, at)
    _shorten_draft_link(session, application.id, at)
    if application.state == State.PROPOSAL:
        ask_whether_to_replace(session, application, ad, at)
        return
    announce_sent(session, application, at)
    post_own_receipt(session, application, ad, at, documents, token=token, key=key)


def _log_arrival(session: Session, application: Application, at: datetime) -> None:
    verb = "application.proposed" if application.state == State.PROPOSAL else "application.sent"
    lines = [Entry(at, CANDIDATE, verb, application.id)]
    if application.consented_at is not None:
        reason = f"version {application.consent_version}"
        lines.insert(0, Entry(at, CANDIDATE, "application.consented", application.id, reason))
    record_all(session, chain=application.party_id, entries=lines)


def make_private_link(session: Session, application: Application, ad: PublishedAd, at: datetime) -> str:
    """The link of the candidate's own page, as its token; it lives a year longer than the application is kept."""
    months = int(ad.content.get("retention_months") or 24)
    return keep_link(
        session,
        purpose=Purpose.APPLICATION,
        subject_id=application.id,
        scope=scope.candidate(application.id),
        at=at,
        expires_at=max(at, ad.closes_at) + timedelta(days=31 * (months + 12)),
    )


def post_own_receipt(
    session: Session,
    application: Application,
    ad: PublishedAd,
    at: datetime,
    documents: Sequence[Document] | None = None,
    *,
    token: str | None = None,
    key: ApplicationKey | None = None,
) -> None:
    """The receipt to the candidate, with the link in force. Once for each address; nobody without one gets any. ``ad`` as it
    is now: what can be changed goes by that.

    What the caller has at hand is not asked for again: the documents, the link's token (they send it now), the key.
    """
    if application.email_sealed is None:
        return
    by_day = token is None and has_no_hour(session, application)
    token, key = token or private_token(session, application), key or key_of(application)
    to = key.open_text("application.email", application.email_sealed)
    if not to or token is None:
        return
    if documents is None:
        documents = documents_of(session, application.id)
    still = may_change(
        at=at, closes_at=ad.closes_at, withdrawn=ad.withdrawn, ended=ad.ended, state=application.state
    )  # fmt: skip
    emails.post_receipt(
        session, application, to=to, token=token, checksums=checksums_of(documents, key), by_day=by_day,
        may_change=still, at=at,
    )  # fmt: skip


def announce_sent(session: Session, application: Application, at: datetime) -> None:
    """The news that an application counts, told in the party's scope."""
    announce(session, "application.sent", subject_id=application.id, at=at, scope=scope.party(application.party_id))


def _shorten_draft_link(session: Session, application_id: UUID, at: datetime) -> None:
    """The cookie has done its work: it shows the receipt again for a while (a lost answer) and then nothing."""
    own = Link.purpose == Purpose.DRAFT, Link.subject_id == application_id
    session.execute(
        update(Link).where(*own, Link.expires_at > at + RECEIPT_SHOWN).values(expires_at=at + RECEIPT_SHOWN),
        execution_options=_UNREAD,
    )


def checksums_of(documents: Iterable[Document], key: ApplicationKey) -> list[tuple[str, str]]:
    """What each file is (a sentence to translate) and the SHA-256 of its bytes as they came."""
    return [(name_of(row), key.open_text("document.checksum", row.checksum_sealed)) for row in in_order(documents)]


def name_of(document: Document) -> str:
    """What a document is called, marked for the catalogue: an attachment by the kind its candidate chose."""
    return AttachmentKind(document.attachment_kind).word if document.attachment_kind else SLOT_NAMES[document.slot]


def private_token(session: Session, application: Application) -> str | None:
    """The token of the private page, to be shown again."""
    return token_of(session, purpose=Purpose.APPLICATION, subject_id=application.id)


def was_late(application: Application, ad: PublishedAd) -> bool:
    """Whether it arrived after the last day. A proposal reads as it would have, had it been the first."""
    if application.state in (State.SENT, State.LATE):
        return application.state == State.LATE
    if application.submitted_at is None:
        return False
    arrived = arrives_as(
        at=application.submitted_at, opened_at=application.opened_at, closes_at=ad.closes_at,
        withdrawn=False, ended=False, employer=Employer.AUTHORITY,
    )  # fmt: skip
    return arrived == State.LATE
