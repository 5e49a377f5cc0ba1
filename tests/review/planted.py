"""A candidate whose name stands, in every form, in everything that they sent; and the search for any of those forms."""

import json
import re
from functools import cache
from html import escape
from urllib.parse import quote

from sqlalchemy import select

from portal import scope
from portal.applications.models import Answer, Application
from portal.documents.models import Document, PagePicture
from portal.vault.services import open_application_key
from tests.applicants import Sent, page_picture
from tests.review.panel import Panel

NAME = "Ann-Sofie Björkqvist-Ståhl"
EMAIL, PHONE = "annsofie.bjorkqvist@exempelpost.example.se", "073-555 01 99"
FORMS = (
    NAME, "Ann-Sofie", "Sofie", "Björkqvist-Ståhl", "Björkqvist", "Ståhl", "Ståhls", "Björkqvists", "A-S B-S", "A.S.B.",
    EMAIL, "annsofie.bjorkqvist", PHONE, "0735550199", "+46735550199",
)  # fmt: skip
ORIGINAL = ("Filen som den skickades", "Start så snart som möjligt")  # of what is not masked but left out
SECRET = (*FORMS, *ORIGINAL)


def plant(panel: Panel, sent: Sent) -> None:
    """The first candidate has this name, and every form of it stands in everything that was sent."""
    forms = ", ".join(FORMS)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, sent.id)
        key = open_application_key(session, application_id=sent.id, controller_id=row.controller_id)
        told = {
            "name": NAME, "email": EMAIL, "phone": PHONE, "letter": f"Brevet: {forms}",
            "start": f"{ORIGINAL[1]}, {NAME}",
        }  # fmt: skip
        for column, text in told.items():
            setattr(row, f"{column}_sealed", key.seal_text(f"application.{column}", text))
        for answer in session.scalars(select(Answer).where(Answer.application_id == sent.id)):
            said = json.dumps({"choice": "", "text": f"Svaret: {forms}"})
            answer.text_sealed = key.seal_text(f"answer.{answer.criterion_id}", said)
        document = session.get_one(Document, sent.document)
        document.name_sealed = key.seal_text("document.name", f"CV {NAME}, {forms}.pdf"[:140])
        document.blob = key.keep_document("document", f"%PDF-1.7 {ORIGINAL[0]} {forms}".encode()).name
        document.text_blob = key.keep_document("document.text", f"{ORIGINAL[0]} {forms}".encode()).name
        for page in session.scalars(select(PagePicture).where(PagePicture.document_id == sent.document)):
            page.blob = key.keep_document("page", page_picture(page.number) + f"{ORIGINAL[0]} {forms}".encode()).name


def spelled(form: str) -> set[bytes]:
    """The ways in which bytes of a page may carry it, all in small letters."""
    ways = (form, escape(form), quote(form), form.encode("ascii", "xmlcharrefreplace").decode(), json.dumps(form)[1:-1])
    return {way.casefold().encode() for way in ways}


@cache
def _any_of(secrets: tuple[str, ...]) -> re.Pattern[bytes]:
    ways = sorted({way for form in secrets for way in spelled(form)}, key=len, reverse=True)
    return re.compile(b"|".join(map(re.escape, ways)))


def heard_in(answer: bytes, secrets: tuple[str, ...]) -> list[str]:
    """Which of the secrets an answer tells, in any case of letters and any spelling of a page."""
    small = answer.decode("utf-8", "replace").casefold().encode()
    if not _any_of(secrets).search(small):  # one walk over the answer for all forms: next to all tell nothing
        return []
    return [form for form in secrets if any(way in small for way in spelled(form))]
