"""Sent applications made directly, for the tests of what comes after: review, outcome, employment."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from uuid import UUID, uuid4

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.accounts.address import canonical
from portal.ads.models import Ad, AdCriterion, PublishedAd
from portal.applications.models import Answer, Application
from portal.documents.models import Document, PagePicture
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.vault.services import ApplicationKey, controller_fingerprint, create_application_key
from tests.steps import kept
from tests.world import Published, World

ADDRESS_PURPOSE = "address"
FIRST = ("Elin", "Jonas", "Amina", "Petter", "Sara", "Viggo", "Ylva", "Omar", "Karin", "Nils")
LAST = ("Forsvik", "Bergsund", "Lidvall", "Åmark", "Ekdalen", "Tallberg")


@dataclass(frozen=True)
class Sent:
    """A sent application's ids and what it says in clear, to look for on pages. ``pages`` are numbers from 1."""

    id: UUID
    name: str
    email: str
    letter: str
    salary: int
    document: UUID
    pages: int
    answers: dict[UUID, str]


@kept
def send_applications(
    world: World, published: Published, n: int, *, start: int = 0, late: bool = False, emails: tuple[str, ...] = ()
) -> list[Sent]:
    """``n`` applications to the ad: the first is number ``start``, so that later calls can add others.

    ``emails`` are the addresses of the first ones, where a test needs particular addresses.
    """
    with world.writing(scope.party(published.party_id)) as session:
        ad = session.get_one(Ad, published.id)
        version = session.scalars(
            select(PublishedAd.id).where(PublishedAd.ad_id == ad.id).order_by(PublishedAd.version.desc())
        ).first()
        assert version is not None
        criteria = list(
            session.scalars(select(AdCriterion).where(AdCriterion.ad_id == ad.id).order_by(AdCriterion.position))
        )
        return [
            _send(session, ad, version, criteria, number, late, emails[number - start : number - start + 1])
            for number in range(start, start + n)
        ]


def _send(
    session: Session,
    ad: Ad,
    version: UUID,
    criteria: list[AdCriterion],
    number: int,
    late: bool,
    email: tuple[str, ...],
) -> Sent:
    at, id = clock.now(), uuid4()
    key = create_application_key(session, application_id=id, controller_id=ad.controller_id, at=at)
    name = f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST)) % len(LAST)]}"
    said = Sent(
        id=id,
        name=name if number < len(FIRST) * len(LAST) else f"{name} {number}",
        email=email[0] if email else f"sokande{number}@example.com",
        letter=f"Den kväll då fullmäktige röstade satt jag på läktaren, rad {number}.\n\nDet är det jag kan bäst.",
        salary=39_137 + 100 * number,
        document=uuid4(),
        pages=2,
        answers={
            row.id: "ja" if row.judged == "finns" else f"Så har jag gjort i uppgift {number}-{row.position}."
            for row in criteria
        },
    )
    _add_rows(session, ad, version, criteria, key, said, at, late)
    return said


def _add_rows(
    session: Session, ad: Ad, version: UUID, criteria: list[AdCriterion], key: ApplicationKey, said: Sent, at: datetime,
    late: bool,
) -> None:  # fmt: skip
    by_authority = ad.employer == "authority"
    wall = {
        "party_id": ad.party_id, "authority_id": ad.authority_id, "controller_id": ad.controller_id,
        "with_authority": by_authority,
    }  # fmt: skip
    address = controller_fingerprint(session, ad.controller_id, canonical(said.email), purpose=ADDRESS_PURPOSE)
    session.add(
        Application(
            **wall, id=said.id, ad_id=ad.id, published_ad_id=version, state="late" if late else "sent", opened_at=at,
            changed_at=at, submitted_at=at, consented_at=None if by_authority else at, address_print=address,
            name_sealed=key.seal_text("application.name", said.name),
            email_sealed=key.seal_text("application.email", said.email),
            phone_sealed=key.seal_text("application.phone", "070-174 06 21"),
            letter_sealed=key.seal_text("application.letter", said.letter),
            salary_sealed=key.seal_text("application.salary", str(said.salary)),
            start_sealed=key.seal_text("application.start", "2027-02-01"),
        )
    )  # fmt: skip
    session.flush()
    for row in criteria:
        given = said.answers[row.id]
        words = {"choice": given, "text": ""} if row.judged == "finns" else {"choice": "", "text": given}
        sealed = key.seal_text(f"answer.{row.id}", json.dumps(words, ensure_ascii=False))
        session.add(Answer(**wall, application_id=said.id, criterion_id=row.id, text_sealed=sealed))
    _add_document(session, wall, key, said, at)
    if by_authority:
        application = session.get_one(Application, said.id)
        records = [(Kind.APPLICATION, None), (Kind.CV, said.document)]
        form, _cv = enter_in_register(session, owner=application, records=records, at=at)
        application.arrival_number = form.register_number
        session.flush()


def _add_document(session: Session, wall: dict[str, object], key: ApplicationKey, said: Sent, at: datetime) -> None:
    file = b"%PDF-1.7 " + said.name.encode()
    document = Document(
        **wall, id=said.document, application_id=said.id, slot="cv", state="ready", kind="pdf", size=len(file),
        page_count=said.pages, name_sealed=key.seal_text("document.name", f"CV {said.name}.pdf"),
        checksum_sealed=key.seal_text("document.checksum", sha256(file).hexdigest()),
        blob=key.keep_document("document", file).name, cipher_sha256="0" * 64,
        text_blob=key.keep_document("document.text", f"Curriculum vitae för {said.name}".encode()).name, created_at=at,
    )  # fmt: skip
    session.add(document)
    session.flush()
    for number in range(1, said.pages + 1):
        session.add(
            PagePicture(
                **wall, application_id=said.id, document_id=document.id, number=number,
                blob=key.keep_document("page", page_picture(number)).name,
            )
        )  # fmt: skip
    session.flush()


@cache
def page_picture(number: int) -> bytes:
    """A small PNG in the proportions of A4."""
    out = io.BytesIO()
    Image.new("L", (60 + number, 85), 250).save(out, "PNG")
    return out.getvalue()
