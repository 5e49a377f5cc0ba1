"""All that is kept about one candidate and that they may have, read once and opened.

What the staff have written is read as the party sees it, and only once the candidate has had their word.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.consent import named
from portal.applications.models import Application
from portal.applications.queries import WORD_PLACE, later_consent_of, requests_of, word_to
from portal.applications.questions import questions_of
from portal.applications.services.drafting import SEALED, key_of, read_written
from portal.applications.services.sending import name_of
from portal.applications.states import step_of
from portal.documents.models import Document
from portal.interviews.queries.references import references_of
from portal.interviews.queries.slots import booking_of, slot_of, wish_text, wishes_of
from portal.privacy.rights import kinds
from portal.privacy.rights.copied import Data
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.queries.assessed import assessed_in
from portal.privacy.rights.queries.facts import keeping_of, months_of
from portal.privacy.rights.queries.registered import registered_in
from portal.privacy.rights.queries.texts import opened
from portal.privacy.rights.queries.written import changes_in, former_in, letters_in
from portal.scope import reading_for
from portal.vault.services import ApplicationKey


def own_data(
    session: Session, application: Application, ad: PublishedAd, files: Sequence[tuple[str, Document]]
) -> Data:
    """The copy's content, by section and field. ``files`` are the documents by their names in the ZIP."""
    key = key_of(application)
    written = read_written(session, application, key)
    word = word_to(session, application.id)
    data: dict[str, Any] = {
        "application": _application(application, ad) | _kept(session, application, ad) | _later(session, application),
        "details": {name: getattr(written, name) for name in SEALED},
        "answers": [
            {"question": question.text, "choice": reply.choice, "text": reply.text}
            for question in questions_of(ad.content)
            if (reply := written.replies.get(question.criterion_id))
        ],
        "files": [_file(name, document, key) for name, document in files],
        "changes": changes_in(session, application, _when),
        "former": former_in(session, application, ad, key, _when),
        "letters": letters_in(session, application, key, _when),
        "word": {"text": key.open_text(WORD_PLACE, word.text_sealed)} if word else {},
        "references": [
            {"name": one.name, "contact": one.contact, "relation": one.relation}
            for one in references_of(session, application, taken_back=True)
        ],
        "requests": _requests(session, application, key),
    }  # fmt: skip
    with reading_for(scope.party(application.party_id), within=session) as own:
        data["application"] |= registered_in(own, application)
        data["interview"] = _interview(own, application)
        if application.decided_at is not None:
            data |= assessed_in(own, application, key, _when)
    return data


def _application(application: Application, ad: PublishedAd) -> dict[str, Any]:
    status = step_of(
        application.state,
        closed=clock.now() >= ad.closes_at,
        called=application.called_at is not None,
        decided=ad.ended or application.decided_at is not None,
        off=ad.withdrawn,
    )
    return {
        "post": ad.content["title"],
        "employer": ad.content["employer_name"],
        "controller": ad.content["controller_name"],
        "arrived": _when(application.submitted_at),
        "status": gettext("Ansökan ligger låst") if application.ran_out else gettext(status.word),
        "consented": _when(application.consented_at),
        "consent_version": _agreed_to(application),
        "called": _when(application.called_at),
        "decided": _when(application.decided_at),
        "withdrawn": _when(application.withdrawn_at),
        "copies_erased": _when(application.copies_erased_at),
        "restricted_until": application.restricted_until.isoformat() if application.restricted_until else None,
    }


def _agreed_to(application: Application) -> str:
    said = named(application.consent_version)
    return gettext(said) if said else ""


def _kept(session: Session, application: Application, ad: PublishedAd) -> dict[str, Any]:
    """How long it is kept, and why. The months are those of whoever is not employed."""
    kept = keeping_of(session, application)
    months = {} if kept.why is Kept.EMPLOYMENT else {"kept_months": months_of(ad)}
    known = kept.why is not Kept.CLAIMS or application.restricted_until is not None  # else the recruitment's, or later
    return months | {
        "kept_why": gettext(kept.sentence) if kept.why else "",
        "kept_until": kept.until.isoformat() if kept.until and known else None,
    }


def _later(session: Session, application: Application) -> dict[str, Any]:
    later = later_consent_of(session, application.id)
    if later is None:
        return {}
    return {
        "later_consented": _when(later.consented_at),
        "later_version": later.version,
        "later_until": later.until.isoformat(),
    }


def _when(at: datetime | None) -> str | None:
    return at.astimezone(clock.STOCKHOLM).isoformat(timespec="seconds") if at else None


def _day(at: datetime) -> str:
    return at.astimezone(clock.STOCKHOLM).date().isoformat()


def _file(name: str, document: Document, key: ApplicationKey) -> dict[str, Any]:
    return {
        "file": name,
        "name": key.open_text("document.name", document.name_sealed),
        "kind": gettext(name_of(document)),
        "size": document.size,
        "pages": document.page_count or None,
        "sha256": key.open_text("document.checksum", document.checksum_sealed),
        "replaced": _when(document.replaced_at),
    }


def _requests(session: Session, application: Application, key: ApplicationKey) -> list[dict[str, Any]]:
    rows = [opened(row, key) for row in requests_of(session, application.id)]
    return [
        {
            "kind": gettext(kinds.WORDS[Kind(one.row.kind)]),
            "made": _day(one.row.made_at) if one.by_day else _when(one.row.made_at),
            "came": gettext(kinds.WAYS[kinds.Way(one.row.came_by)]) if one.row.came_by else "",
            "text": one.text,
            "answer_by": None if one.row.kind == Kind.CONTACT else one.due_on.isoformat(),
            "extended": _when(one.row.extended_at),
            "extension": one.extension,
            "answered": _when(one.row.answered_at),
            "result": gettext(kinds.RESULTS[kinds.Result(one.row.result)]) if one.row.result else None,
            "answer": one.answer,
        }
        for one in rows
    ]


def _interview(own: Session, application: Application) -> dict[str, Any]:
    booking, wish = booking_of(own, application.id), wishes_of(own, [application.id]).get(application.id)
    slot = slot_of(own, booking.slot_id) if booking is not None else None
    return {"starts": _when(slot.starts_at) if slot else None, "wish": wish_text(own, wish) if wish else ""}
