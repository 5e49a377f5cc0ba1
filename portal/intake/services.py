"""The verbs of a registration: begin, note a consent, finish. Files are kept by `applications.services.papers`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.ads.models import Ad, PublishedAd
from portal.applications.consent import OWN_WORDS, UNNUMBERED, VERSION
from portal.applications.models import Application
from portal.applications.questions import Reply
from portal.applications.services.drafting import key_of, read_written, write_details, write_replies
from portal.applications.services.registering import begin_registration, register_application
from portal.applications.services.sending import Prepared
from portal.applications.window import NotOpen
from portal.audit.services import person_actor, record
from portal.documents.queries import documents_of
from portal.documents.services import REFUSED
from portal.intake.models import Intake
from portal.intake.queries import FORM, FORM_NAME, begun, begun_in, somebody_is_told
from portal.intake.refusals import (
    LARGEST_FORM,
    CameAfterAll,
    ConsentMissing,
    ConsentMoved,
    FileUnreadable,
    FormMissing,
    NothingCame,
    NotThere,
    said_to_the_office,
)
from portal.intake.ways import STOCKHOLM, Consent, ConsentBeforeAd, DayNotYet, arrived_at
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer, model_for
from portal.review.queries.case import Case
from portal.seen import NOT_TOLD, Seen, text_of
from portal.swedish_dates import swedish_day
from portal.vault.services import ApplicationKey

ENDINGS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}  # by what a signed form begins with
SECOND_PRESS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Came:
    """Who applied, and when and how it came. ``texts`` are name, e-mail and phone."""

    texts: dict[str, str]
    on: date
    way: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """How the applicant has agreed and when; the signed form's name and bytes where there is one, and which version of the
    sentence stands on it."""

    how: str
    on: date
    form_name: str = ""
    form: bytes = b""
    wording: str = VERSION

    @property
    def version(self) -> str:
        """What was agreed to, see `applications.consent`."""
        return OWN_WORDS if self.how == Consent.LETTER else self.wording


def begin_intake(
    session: Session, *, case: Case, ad: PublishedAd, key: ApplicationKey, came: Came, actor: Actor, at: datetime
) -> Intake:
    """Begin: a draft that nobody but the office reaches. A second press within the minute finds the first's. Raises a
    Refusal."""
    if (same := _just_begun(session, ad, came, actor, at)) is not None:
        return same
    _refuse_when_over(session, case)
    assert case.ad.published_at is not None
    arrived = arrived_at(came.on, published_at=case.ad.published_at, at=at)
    try:
        application = begin_registration(session, ad=ad, key=key, texts=came.texts, arrived_at=arrived, at=at)
    except NotOpen as refusal:
        raise said_to_the_office(refusal) from None
    row = Intake(
        party_id=application.party_id, authority_id=application.authority_id, controller_id=application.controller_id,
        ad_id=ad.ad_id, application_id=application.id, way=came.way, arrived_on=came.on, begun_by=actor.person_id,
        begun_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _just_begun(session: Session, ad: PublishedAd, came: Came, actor: Actor, at: datetime) -> Intake | None:
    """The registration that the same colleague began a moment ago, of the same person, way and day: a second press."""
    for row in begun_in(session, ad.ad_id):
        alike = (row.begun_by, row.way, row.arrived_on) == (actor.person_id, came.way, came.on)
        if alike and at - row.begun_at < SECOND_PRESS and (found := begun(session, ad.ad_id, row.application_id)):
            written = read_written(session, found.application, key_of(found.application))
            if all(getattr(written, name) == text for name, text in came.texts.items()):
                return row
    return None


def note_consent(
    session: Session, *, ad_id: UUID, application_id: UUID, key: ApplicationKey, agreed: Agreed, at: datetime,
    seen: Seen = NOT_TOLD,
) -> None:  # fmt: skip
    """Keep how the applicant has agreed; what was noted before is written over, where it was ``seen``. Raises a Refusal."""
    row, application = _begun(session, ad_id, application_id)
    if seen.version is not None and not seen.shown("consent", noted_consent(row)):
        if _is_noted(row, application, key, agreed):  # a second press
            return
        raise ConsentMoved
    if agreed.on > at.astimezone(STOCKHOLM).date():
        raise DayNotYet("Den dagen har inte varit än. Skriv dagen då den sökande samtyckte.", field="consent_day")
    published_at = session.get_one(Ad, ad_id).published_at
    assert published_at is not None
    if agreed.on < (published_on := published_at.astimezone(STOCKHOLM).date()):
        raise ConsentBeforeAd(published=swedish_day(published_on))
    form = agreed.form if agreed.how == Consent.FORM else b""
    if agreed.how == Consent.FORM and not (form.startswith(tuple(ENDINGS)) and len(form) <= LARGEST_FORM):
        raise FormMissing
    row.consent, row.consented_on = agreed.how, agreed.on
    row.form_sealed = key.seal_bytes(FORM, form) if form else None
    row.form_name_sealed = key.seal_text(FORM_NAME, agreed.form_name) if form else None
    application.changed_at, application.consent_version = at, agreed.version
    session.flush()


def _is_noted(row: Intake, application: Application, key: ApplicationKey, agreed: Agreed) -> bool:
    noted = row.consent, row.consented_on, application.consent_version
    if noted != (agreed.how, agreed.on, agreed.version):
        return False
    return row.form_sealed is None or key.open_bytes(FORM, row.form_sealed) == agreed.form


def noted_consent(row: Intake) -> str:
    """What is noted of a consent, its form too, as the one text that it is compared by."""
    form = sha256(row.form_sealed).hexdigest() if row.form_sealed else ""
    return text_of([row.consent, row.consented_on, form]) if row.consent else ""


def note_answers(
    session: Session, *, ad: PublishedAd, application_id: UUID, key: ApplicationKey, texts: Mapping[str, str],
    replies: Mapping[UUID, Reply], at: datetime,
) -> None:  # fmt: skip
    """What was answered on paper: pay, start and posts by their names, and the ad's questions. What was noted before is
    written over. Raises a Refusal."""
    _row, application = _begun(session, ad.ad_id, application_id)
    write_details(session, application=application, key=key, texts=texts, ad=ad, language=application.language, at=at)
    write_replies(session, application=application, key=key, replies=replies)
    session.flush()


def finish_intake(
    session: Session, *, case: Case, ad: PublishedAd, prepared: Prepared, actor: Actor, at: datetime
) -> Application:
    """Let the application arrive as of the day on which it came. Raises a Refusal; `IntegrityError` as a sending does."""
    row, application = _begun(session, ad.ad_id, prepared.application_id)
    _refuse_when_over(session, case)
    if model_for(Employer(ad.employer)).consent_required and not row.consent:
        raise ConsentMissing
    documents = documents_of(session, application.id)
    if not documents:
        raise NothingCame
    if any(row.state == REFUSED for row in documents):  # who has sent it is told of nothing that a draft of ours holds
        raise FileUnreadable
    assert case.ad.published_at is not None
    arrived = arrived_at(row.arrived_on, published_at=case.ad.published_at, at=at)
    agreed_at = datetime.combine(row.consented_on, time(12), STOCKHOLM) if row.consented_on else None
    try:
        made = register_application(
            session, ad=ad, prepared=prepared, consented_at=agreed_at,
            consent_version=_agreed_to(row, application), actor=person_actor(actor.person_id), arrived_at=arrived, at=at,
        )  # fmt: skip
    except NotOpen as refusal:
        raise said_to_the_office(refusal) from None
    row.finished_at, row.finished_by = at, actor.person_id
    session.flush()
    return made


def _agreed_to(row: Intake, application: Application) -> str:
    """A form that was noted before it said which sentence stands on it has the one that was printed then."""
    usual = OWN_WORDS if row.consent == Consent.LETTER else UNNUMBERED
    return application.consent_version or usual


def _refuse_when_over(session: Session, case: Case) -> None:
    """An ad that was taken back is ended by nobody: it is over once all who applied have their word. Raises CameAfterAll."""
    if case.over and somebody_is_told(session, case.ad.id):
        raise CameAfterAll


def note_printed(session: Session, *, party_id: UUID, application_id: UUID, actor: Actor, at: datetime) -> None:
    """That somebody of the office has seen a candidate's private link, to print it."""
    who = person_actor(actor.person_id)
    record(session, chain=party_id, at=at, actor=who, verb="link.printed", object_id=application_id)


def _begun(session: Session, ad_id: UUID, application_id: UUID) -> tuple[Intake, Application]:
    found = begun(session, ad_id, application_id)
    if found is None:
        raise NotThere
    return found


def let_go_of_form(session: Session, *, application_id: UUID) -> None:
    """Erase how an application came. The key that the form was sealed under is gone already."""
    session.execute(delete(Intake).where(Intake.application_id == application_id))
