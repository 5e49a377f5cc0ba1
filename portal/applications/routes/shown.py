"""What the candidate's templates are given: the head with the ad, the documents shown back, the copy of it all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from portal import clock
from portal.ads.models import PublishedAd
from portal.ads.promised import promised_day
from portal.ads.timetable import days_in, in_order
from portal.applications.changes import Part
from portal.applications.forms import FILES
from portal.applications.models import Application
from portal.applications.queries import changes_of, content_seen, has_no_hour
from portal.applications.questions import questions_of
from portal.applications.routes.beside import posts_in_words
from portal.applications.services.drafting import Written, key_of, read_written
from portal.applications.services.sending import name_of, was_late
from portal.applications.states import State
from portal.applications.window import NotOpen
from portal.db import db
from portal.documents.models import Document, PagePicture
from portal.documents.queries import documents_of, pictures_of
from portal.documents.reading import Verdict
from portal.documents.services import READY
from portal.organisations.routes.basis_words import basis_shown
from portal.posts.employer_model import Employer, model_for
from portal.vault.services import ApplicationKey
from portal.web.filters import clock_time, file_size, paragraphs, sentence_of, span, swedish

Address = Callable[[PagePicture], str]
NOTHING_LOST: Mapping[str, Any] = MappingProxyType({})  # see `unkept.unkept`


def head(ad: PublishedAd) -> dict[str, Any]:
    """The ad as the head of every page shows it."""
    content = ad.content
    return {
        "title": swedish(content["title"]),
        "party": content["party"],
        "authority_name": content["authority_name"],
        "reference": ad.reference,
        "last_day": date.fromisoformat(content["deadline"]),
    }


def terms(ad: PublishedAd) -> dict[str, Any]:
    """What is told before the first field: who employs, who is controller, publicity, and how long papers are kept."""
    content, model = ad.content, model_for(Employer(ad.employer))
    return {
        "employer": content["employer_name"],
        "controller": content["controller_name"],
        "public": model.papers_public,
        "by_authority": model.controller == "authority",
        "disposal": model.disposal_word,
        "months": content.get("retention_months") or model.retention_months,
        "rule": basis_shown(content.get("retention_rule") or ""),
        "personal_data_url": url_for("ads.personal_data", reference=ad.reference),
    }


def closed_page(
    ad: PublishedAd, refusal: NotOpen, status: int, draft: Application | None, unkept: Mapping[str, Any] = NOTHING_LOST
) -> tuple[str, int]:
    """No form, and why; the draft, where there is one, and what the page brought that is kept nowhere, to be read and
    copied."""

    def address(picture: PagePicture) -> str:
        return url_for("applications.draft_picture", reference=ad.reference, picture_id=picture.id)

    copy = copy_of(ad, draft, address, checksums=False) if draft else None
    sentence = sentence_of(refusal)
    page = render_template("applications/closed.html", ad=head(ad), step=0, sentence=sentence, copy=copy, unkept=unkept)
    return page, status


def shown_documents(
    documents: Sequence[Document], key: ApplicationKey, address: Address, *, checksums: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """The documents by slot, with page one as a picture."""
    pictures = {p.document_id: p for p in pictures_of(db.session, [d.id for d in documents]) if p.number == 1}
    shown: dict[str, list[dict[str, Any]]] = {slot: [] for slot in FILES}
    for document in documents:
        shown[document.slot].append(_shown(document, key, pictures.get(document.id), address, checksums))
    return shown


def _shown(
    document: Document, key: ApplicationKey, picture: PagePicture | None, address: Address, checksums: bool
) -> dict[str, Any]:
    name = key.open_text("document.name", document.name_sealed)
    verdict = Verdict(document.verdict)
    pages = ngettext("%(num)s sida", "%(num)s sidor", document.page_count) if document.page_count else ""
    typed = document.kind == "letter"
    return {
        "id": document.id,
        "slot": gettext(name_of(document)),
        "name": gettext("Skrivet i formuläret") if typed else name,
        "kind_text": "" if typed else document.kind.upper(),
        "pages_text": pages,
        "size_text": "" if typed else file_size(document.size),
        "words_text": "" if typed else _words_text(document),
        "shown_text": gettext("sida 1 visas") if picture is not None and document.page_count > 1 else "",
        "saved_text": "" if checksums else gettext("Sparat %(time)s", time=clock_time(document.created_at)),
        "picture_url": address(picture) if picture is not None else "",
        "alt": gettext("Sida 1 av %(name)s", name=name),
        "verdict": verdict.value,
        "note": gettext(verdict.text, name=name) if verdict is not Verdict.ok and not typed else "",
        "refused": document.state == "refused",
        "checksum": key.open_text("document.checksum", document.checksum_sealed) if checksums else "",
    }


def _words_text(document: Document) -> str:
    """Whether whoever reads aloud or searches has a text to go by; nothing of a file that is still to be read."""
    if document.state != READY:
        return ""
    return str(gettext("texten kan läsas") if document.has_words else gettext("bara bild"))


def copy_of(ad: PublishedAd, application: Application, address: Address, *, checksums: bool) -> dict[str, Any]:
    """Everything that was written and sent, to be read back."""
    key = key_of(application)
    written = read_written(db.session, application, key)
    return {
        "written": written,
        "answers": answers_in(ad, written),
        "posts": posts_in_words(_offered(ad, application) if written.posts else {}, written.posts),
        "documents": shown_documents(documents_of(db.session, application.id), key, address, checksums=checksums),
        "late": was_late(application, ad),
    }


def _offered(ad: PublishedAd, application: Application) -> Mapping[str, Any]:
    """What the choice among several posts was made of: once it is sent, what the ad said then."""
    return ad.content if application.state == State.DRAFT else content_seen(db.session, application.id)


def answers_in(ad: PublishedAd, written: Written) -> list[dict[str, Any]]:
    """Every question of the ad with its answer, answered or not."""
    words = {"ja": gettext("Ja"), "nej": gettext("Nej")}
    rows = []
    for question in questions_of(ad.content):
        reply = written.replies.get(question.criterion_id)
        choice = words.get(reply.choice, "") if reply else ""
        rows.append({"question": question, "choice": choice, "text": reply.text if reply else ""})
    return rows


def promised_dates(ad: PublishedAd, application: Application) -> list[dict[str, Any]]:
    """When what happens, in order of date: the arrival, the last day, the ad's own timetable, the decision, which is waited
    for until the candidate has their word. Once it, or the ad, is taken back, only that; nothing more is to come."""
    arrived = application.submitted_at
    assert arrived is not None
    came = {"on": _day_of(arrived)} if has_no_hour(db.session, application) else {"at": arrived}
    rows: list[tuple[date | None, dict[str, Any]]] = [
        (_day_of(arrived), came | {"text": gettext("Din ansökan kom in")})
    ]
    if taken_back := application.withdrawn_at:
        rows.append((_day_of(taken_back), {"at": taken_back, "text": gettext("Du tog tillbaka ansökan")}))
        return in_order(rows)
    if ad.withdrawn:
        rows.append((_day_of(ad.published_at), {"at": ad.published_at, "text": gettext("Annonsen drogs tillbaka")}))
        return in_order(rows)
    deadline = date.fromisoformat(ad.content["deadline"])
    rows.append((deadline, {"on": deadline, "text": gettext("Sista ansökningsdag")}))
    rows += [_told(when, what, deadline) for when, what in ad.content.get("timetable") or []]
    if told := application.decided_at:
        rows.append((_day_of(told), {"at": told, "text": gettext("Du fick besked")}))
    elif decision := promised_day(ad.content):
        rows.append((decision, {"on": decision, "text": gettext("Beslut väntas")}))
    return in_order(rows)


def _day_of(instant: datetime) -> date:
    return instant.astimezone(clock.STOCKHOLM).date()


def _told(when: str, what: str, deadline: date) -> tuple[date | None, dict[str, Any]]:
    days = days_in(when, deadline)
    return (days[0] if days else None), {"when_text": span(*days) if days else swedish(when), "text": swedish(what)}


def shown_changes(application: Application) -> list[dict[str, Any]]:
    """What was sent anew, the newest first: when it came in, and which parts."""
    rows = changes_of(db.session, application.id)
    return [
        {
            "at": row.arrived_at,
            "parts": ", ".join(gettext(Part(part).word) for part in row.parts),
        }
        for row in reversed(rows)
    ]


def word_shown(ad: PublishedAd, word: str) -> Markup:
    """What the employer has written, with what it quotes of the ad marked as Swedish: the text may be in English."""
    text = escape(word)
    for question in questions_of(ad.content):
        quoted = escape(" ".join(question.text.split()).rstrip("."))
        text = text.replace(quoted, Markup('<span lang="sv">{}</span>').format(quoted))
    return paragraphs(text)
