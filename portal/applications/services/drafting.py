"""The draft: made with its own key at the first page, opened again, written to, and let go of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications import consent
from portal.applications.models import Answer, Application
from portal.applications.queries import answers_of
from portal.applications.questions import Reply
from portal.applications.states import State
from portal.db import db
from portal.links.models import Purpose
from portal.links.services import make_link, prolong_links
from portal.posts.employer_model import Employer, model_for
from portal.refusal import N_, Moved, Refusal
from portal.vault.services import ApplicationKey, create_application_key, open_application_key

KEPT = timedelta(days=30)  # a draft that nobody touches
SEALED = ("name", "email", "phone", "letter", "salary", "start", "posts")


class AlreadySent(Refusal):
    """The application was sent, perhaps from another tab: there is no draft to write to."""

    text = N_("Ansökan är redan skickad, så den går inte att ändra här. Kvittot finns på kvittosidan.")
    status = 409


class DraftGone(Refusal):
    """The draft was deleted, perhaps from another tab, before it was sent."""

    text = N_("Utkastet är borttaget, från den här eller en annan flik eller enhet. Ingenting är skickat.")
    status = 409


class DraftMoved(Moved):
    """The draft is no longer the one that was shown to be sent: another window, or device, has written to it since, or one of
    its files turned out not to be readable."""

    text = N_(
        "Den är ändrad sedan du öppnade sidan: i en annan flik, på en annan enhet, eller av att en fil har lästs. "
        "Läs den som den är nu, och tryck på knappen igen."
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What a candidate has written, opened. ``salary`` is whole kronor as digits, or empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    letter: str = ""
    salary: str = ""
    start: str = ""
    posts: str = ""  # applications.several_posts
    replies: Mapping[UUID, Reply] = field(default_factory=dict)


def controller_of(ad: PublishedAd) -> UUID:
    """Whoever decides why and how (GDPR art. 4.7): the employer."""
    by_authority = model_for(Employer(ad.employer)).controller == "authority"
    return ad.authority_id if by_authority else ad.party_id


def begin_draft(
    session: Session, *, ad: PublishedAd, key: ApplicationKey, language: str, at: datetime,
    opened_at: datetime | None = None,
) -> tuple[Application, str]:  # fmt: skip
    """Make the draft's row and the link by which a cookie finds it again; both are returned, the link as its token.

    ``opened_at`` is when its first page was shown, where that is known. The controller is frozen here; the key was written
    before (`create_draft_key`).
    """
    made = add_draft(session, ad=ad, key=key, language=language, opened_at=opened_at or at, at=at)
    application_id = made.id
    token = make_link(
        session,
        purpose=Purpose.DRAFT,
        subject_id=application_id,
        scope=scope.candidate(application_id),
        at=at,
        expires_at=max(at, ad.closes_at) + 2 * KEPT,
    )
    return made, token


def add_draft(
    session: Session, *, ad: PublishedAd, key: ApplicationKey, language: str, opened_at: datetime, at: datetime
) -> Application:
    """The draft's row alone."""
    made = Application(
        id=key.application_id,
        party_id=ad.party_id,
        authority_id=ad.authority_id,
        controller_id=controller_of(ad),
        ad_id=ad.ad_id,
        published_ad_id=ad.id,
        language=language,
        opened_at=opened_at,
        changed_at=at,
    )
    session.add(made)
    session.flush()
    return made


def draft_to_write(session: Session, application_id: UUID) -> Application:
    """The draft, locked. Raises `AlreadySent` when it is a draft no more, or gone."""
    application = session.get(Application, application_id, with_for_update=True)
    if application is None or application.state != State.DRAFT:
        raise AlreadySent
    return application


def create_draft_key(ad: PublishedAd, application_id: UUID, *, at: datetime) -> ApplicationKey:
    """The new application's own key, stored before anything is sealed with it."""
    return create_application_key(db.session, application_id=application_id, controller_id=controller_of(ad), at=at)


def key_of_form(ad: PublishedAd, application_id: UUID, *, at: datetime) -> ApplicationKey:
    """The same for what a form makes; of a form that is sent twice at once, the key that is there already."""
    try:
        return create_draft_key(ad, application_id, at=at)
    except IntegrityError:
        return open_application_key(db.session, application_id=application_id, controller_id=controller_of(ad))


def key_of(application: Application) -> ApplicationKey:
    """The application's key. Raises `KeyGone` once it is erased."""
    return open_application_key(db.session, application_id=application.id, controller_id=application.controller_id)


def address_of(application: Application) -> str:
    """Where mails to the candidate go; empty for one who has left no address. Raises `KeyGone` once it is erased."""
    sealed = application.email_sealed
    return key_of(application).open_text("application.email", sealed) if sealed else ""


def read_written(session: Session, application: Application, key: ApplicationKey) -> Written:
    """What the candidate has written so far."""
    texts = {}
    for name in SEALED:
        sealed = getattr(application, f"{name}_sealed")
        texts[name] = key.open_text(f"application.{name}", sealed) if sealed else ""
    replies = {
        row.criterion_id: Reply.from_json(key.open_text(f"answer.{row.criterion_id}", row.text_sealed))
        for row in answers_of(session, application.id)
    }
    return Written(**texts, replies=replies)


def texts_of(written: Written) -> dict[str, str]:
    """The texts by the names of `SEALED`."""
    return {name: getattr(written, name) for name in SEALED}


def write_details(
    session: Session,
    *,
    application: Application,
    key: ApplicationKey,
    texts: Mapping[str, str],
    ad: PublishedAd,
    language: str,
    at: datetime,
) -> None:
    """Keep the texts that were given (names of `SEALED`); an empty one is let go. The version seen is noted."""
    for name, text in texts.items():
        sealed = key.seal_text(f"application.{name}", text) if text else None
        setattr(application, f"{name}_sealed", sealed)
    application.published_ad_id, application.language, application.changed_at = ad.id, language, at
    application.version += 1
    session.flush()
    if application.state == State.DRAFT and at > application.opened_at + KEPT:  # before that they last long enough
        ways = (Purpose.DRAFT, Purpose.APPLICATION)
        prolong_links(session, [application.id], purposes=ways, until=at + 2 * KEPT)


def note_consent(session: Session, *, application: Application, at: datetime) -> None:
    """The candidate agrees to the consent sentence as it now stands."""
    if application.consented_at is None or application.consent_version != consent.VERSION:
        application.consented_at, application.consent_version = at, consent.VERSION
        session.flush()


def consent_is_of_former(application: Application) -> bool:
    """Whether the candidate of a draft has agreed to another sentence than the one that stands now. What was sent keeps the
    one that it was sent with."""
    agreed = application.consented_at is not None and application.state == State.DRAFT
    return agreed and application.consent_version != consent.VERSION


def write_replies(
    session: Session, *, application: Application, key: ApplicationKey, replies: Mapping[UUID, Reply]
) -> None:
    """Keep these answers; an empty one is let go, one to a question that is not asked any more stays as it was."""
    known = {row.criterion_id: row for row in answers_of(session, application.id)}
    for criterion_id, reply in replies.items():
        row = known.get(criterion_id)
        if not reply:
            if row is not None:
                session.delete(row)
            continue
        sealed = key.seal_text(f"answer.{criterion_id}", reply.as_json())
        if row is None:
            session.add(
                Answer(
                    application_id=application.id,
                    party_id=application.party_id,
                    authority_id=application.authority_id,
                    controller_id=application.controller_id,
                    with_authority=application.with_authority,
                    criterion_id=criterion_id,
                    text_sealed=sealed,
                )
            )
        else:
            row.text_sealed = sealed
    session.flush()
