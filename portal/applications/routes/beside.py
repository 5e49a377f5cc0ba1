"""Two windows, one application: which version a page was opened with, what stands saved beside, and which text was chosen."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext

from portal.applications.forms import post_choice
from portal.applications.meanwhile import Meanwhile, marks_of
from portal.applications.models import Application
from portal.applications.questions import Reply
from portal.applications.services.drafting import Written, key_of, read_written, texts_of
from portal.applications.services.papers import shown_files
from portal.applications.several_posts import choices, from_text
from portal.db import db
from portal.documents.models import Document
from portal.documents.queries import documents_of
from portal.seen import Seen

SAVED = "saved"


def seen() -> Seen:
    """What the page was opened with, as it says itself."""
    return Seen.of(request.form.get("version", type=int), request.form.get("marks", ""))


def opened_with(application: Application | None, files: Iterable[Document] = ()) -> dict[str, Any]:
    """What a page says of what it was opened with; ``files`` where it shows them."""
    if application is None:
        return {"version": 0, "marks": ""}
    written = read_written(db.session, application, key_of(application))
    marks = marks_of(texts_of(written) | shown_files(files), written.replies)
    return {"version": application.version, "marks": marks}


def goes_on_from(application: Application, beside: Meanwhile) -> dict[str, Any]:
    """What a page that has saved by itself, and stands as it is, goes on from: what it has saved. Where it has left standing
    what another window saved, it still shows what it was opened with, and must not take that for its own later."""
    now = opened_with(application, documents_of(db.session, application.id))
    if not beside.untouched:
        return now
    opened = seen()
    return {"version": opened.version, "marks": opened.but_for(now["marks"], beside.untouched)}


def chosen_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts but for those where the candidate has chosen what stands saved."""
    return {name: text for name, text in texts.items() if not _keeps(name)}


def chosen_replies(replies: Mapping[UUID, Reply]) -> dict[UUID, Reply]:
    """The same of the answers."""
    return {id: reply for id, reply in replies.items() if not _keeps(f"answer_{id.hex}")}


def _keeps(name: str) -> bool:
    return request.form.get(f"keep_{name}") == SAVED


def put_saved_back(form: Any, written: Written, beside: Meanwhile) -> None:
    """Show what stands saved where the candidate has chosen it, and where only the other window has written."""
    for field in form:
        hex = field.name.removeprefix("answer_")
        place = UUID(hex) if hex != field.name else field.name
        if not _keeps(field.name) and place not in beside.untouched:
            continue
        if not isinstance(place, UUID):
            if not hasattr(written, place):
                continue  # a field that nothing is saved of
            field.data = list(from_text(written.posts)) if place == "posts" else getattr(written, place)
            continue
        reply = written.replies.get(place, Reply())
        field.data = reply.text
        if f"choice_{hex}" in form:
            form[f"choice_{hex}"].data = reply.choice


def shown_beside(beside: Meanwhile, content: Mapping[str, Any]) -> dict[str, str]:
    """What stands saved, by the name of the field it is to be chosen beside."""
    texts = {name: posts_in_words(content, text) if name == "posts" else text for name, text in beside.texts.items()}
    return texts | {f"answer_{id.hex}": reply_in_words(reply) for id, reply in beside.replies.items()}


def reply_in_words(reply: Reply) -> str:
    """Yes or no, and what was added."""
    words = {"ja": gettext("Ja"), "nej": gettext("Nej")}
    return "\n".join(part for part in (words.get(reply.choice, ""), reply.text) if part)


def posts_in_words(content: Mapping[str, Any], text: str) -> str:
    """How many of the ad's posts are sought, as the candidate chose among them; empty where nothing was chosen."""
    chosen = from_text(text)
    return "; ".join(post_choice(*row) for row in choices(content) if row[0] in chosen)
