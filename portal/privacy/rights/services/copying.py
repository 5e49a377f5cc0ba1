"""The copy of a candidate's data as a ZIP: from the private link, and from the office when they ask it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.audit.services import record_reading
from portal.documents.models import Document
from portal.documents.queries import all_documents_of
from portal.privacy.rights.copied import described
from portal.privacy.rights.queries.own_data import own_data
from portal.privacy.rights.queries.registered import signed_form_of
from portal.privacy.rights.readable import readable
from portal.privacy.rights.zipped import Part, zipped
from portal.refusal import N_
from portal.scope import reading_for
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey
from portal.web.filters import day, day_and_time
from portal.web.language import language

NAME, DATA, PAGE = N_("dina-uppgifter.zip"), N_("uppgifter.json"), N_("läs mig.html")
LOST = N_("Filen går inte att öppna hos oss.")


def copy_for(
    session: Session, application: Application, ad: PublishedAd, *, actor: str, at: datetime
) -> Iterator[bytes]:
    """The ZIP in pieces, logged before any of it is given. All rows are read here; the pieces need only the vault, and
    only one file at a time lies opened in memory."""
    key, documents = key_of(application), all_documents_of(session, application.id)
    files = _named(documents, key)
    data = described(own_data(session, application, ad, files), gettext)
    text = json.dumps(data, ensure_ascii=False, indent=1).encode()
    page = readable(data, title=gettext("Dina uppgifter"), language=language(), say=_said).encode()
    parts: list[Part] = [(gettext(PAGE), partial(bytes, page)), (gettext(DATA), partial(bytes, text))]
    parts += _signed_form(session, application, key, number=len(files) + 1)
    lost = gettext(LOST).encode()
    parts += [(name, partial(_bytes_of, key, document.blob, lost)) for name, document in files]
    record_reading(
        chain=application.party_id, at=at, actor=actor, verb="application.copied", object_id=key.application_id
    )
    return zipped(parts, at=at.astimezone(clock.STOCKHOLM))


def _signed_form(session: Session, application: Application, key: ApplicationKey, *, number: int) -> list[Part]:
    """The consent that was signed on paper, as it came."""
    with reading_for(scope.party(application.party_id), within=session) as own:
        form = signed_form_of(own, application, key)
    return [] if form is None else [(f"{gettext('filer')}/{number} {form[0]}", partial(bytes, form[1]))]


def _said(at: date | datetime) -> str:
    return day_and_time(at) if isinstance(at, datetime) else day(at)


def _named(documents: Sequence[Document], key: ApplicationKey) -> list[tuple[str, Document]]:
    """Numbered, so that two of one name stand beside each other; what was typed into the form is a text."""
    folder, named = gettext("filer"), []
    for number, document in enumerate(documents, 1):
        name = key.open_text("document.name", document.name_sealed)
        typed = ".txt" if document.kind == "letter" else ""
        named.append((f"{folder}/{number} {name}{typed}", document))
    return named


def _bytes_of(key: ApplicationKey, blob: str, lost: bytes) -> bytes:
    try:
        return key.open_document("document", blob)
    except BlobGone:
        return lost
