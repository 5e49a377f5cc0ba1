"""What the office's page of one request says: who asks, what, by when, and the forms that answer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField, StringField

from portal import clock
from portal.applications.models import CandidateRequest
from portal.applications.own_requests import is_by_day
from portal.applications.queries import has_no_hour, identities_of
from portal.applications.services.drafting import key_of, read_written
from portal.applications.states import COUNTS
from portal.audit.queries import last_read_by_candidates
from portal.db import db
from portal.organisations.access import Role
from portal.privacy.access import may_copy_for, may_correct_for
from portal.privacy.merits.draft import drafted
from portal.privacy.merits.queries import described
from portal.privacy.rights.emails import answered_mail
from portal.privacy.rights.forms import AnswerForm, CorrectForm, ExtendForm, MeritsForm
from portal.privacy.rights.kinds import EXTENDABLE, LEAVING, RESULTS, WAYS, WORDS, Kind
from portal.privacy.rights.queries.earlier import is_of_an_earlier
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.queries.listed import Asked
from portal.privacy.rights.queries.texts import Opened, opened
from portal.review.access import may_see_name
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.seen import between, page_marks
from portal.vault.keystore import KeyGone
from portal.web.forms import HouseForm
from portal.web.shared import seen_by_page

FORMS = ("form", "add_form", "correct_form", "extend_form", "merits_form")


def page_of(
    found: Asked, case: Case, filled: HouseForm | None = None, *, status: int = 200, fault: str = "", asks: str = ""
) -> ResponseReturnValue:
    """``filled`` is the form that did not go through, with what was written; ``asks`` an address to be read once more."""
    return text_of(found, case, filled, fault=fault, asks=asks), status


def text_of(found: Asked, case: Case, filled: HouseForm | None = None, *, fault: str = "", asks: str = "") -> str:
    """The same without its status."""
    one = _opened(found)
    page = _what_is_asked(found, case, one) | _forms(found, case, one, filled)
    shown = any(page[name] is filled for name in FORMS)
    told = {"filled": filled, "fault": fault, "asks": asks, "unsent": [] if shown else unsent(filled)}
    return render_template("privacy/asked_for.html", **page, **told)


def _what_is_asked(found: Asked, case: Case, one: Opened | None) -> dict[str, Any]:
    """The request and whose it is, as it stands."""
    row, application = found.row, found.application
    restricted, of_authority = application.restricted_at is not None, g.actor.role is Role.REGION
    mail, of = answered_mail(db.session, row) or (None, application.id)
    return {
        "one": one,
        "row": row,
        "mail": mail,
        "opened_at": mail.since(_opened_at(row, of)) if mail else None,
        "by_day": is_by_day(row.came_by, row.made_at),
        "title": found.ad.title,
        "name": name_of(db.session, found, case),
        "came_at": application.submitted_at,
        "came_by_day": has_no_hour(db.session, application),
        "restricted": restricted,
        "taken_back": application.state not in COUNTS,
        "decided": application.decided_at is not None,
        "ways": WAYS,
        "by_authority": of_authority,
        "has_address": application.email_sealed is not None,
        "has_phone": application.phone_sealed is not None,
        "today": clock.today(),
        "kinds": WORDS,
        "results": {result.value: words for result, words in RESULTS.items()},
        "is_merits": row.kind == Kind.MERITS,
        "may_copy": not (of_authority or restricted or one is None) and may_copy_for(case.standing, application.id),
        "current": "todo",
    }


def _forms(found: Asked, case: Case, one: Opened | None, filled: HouseForm | None) -> dict[str, Any]:
    """What can be done with it, each None where it cannot."""
    row, merits = found.row, found.row.kind == Kind.MERITS
    open_still = row.answered_at is None and one is not None
    by_office = open_still and g.actor.role is not Role.REGION
    leaving = open_still and row.kind in LEAVING
    earlier = leaving and is_of_an_earlier(db.session, row, found.application)
    says_why = by_office or row.kind == Kind.ERASURE  # an authority takes nothing back, but says why it erases nothing
    return {
        "earlier": earlier,
        "keeping": keeping_of(db.session, found.application) if leaving and says_why and not earlier else None,
        "correct_form": _correct_form(found, case, filled) if by_office else None,
        "form": _form(AnswerForm, filled) if open_still and not merits else None,
        "extend_form": _form(ExtendForm, filled) if open_still and _may_extend(found) else None,
        "add_form": _add_form(one, filled),
        "merits_form": None,
        **(_of_merits(found, one, filled) if open_still and one is not None and merits else {}),
    }


def unsent(filled: HouseForm | None) -> list[tuple[str, str]]:
    """What was typed into a form that the page has no more, by its labels: answered meanwhile, but not lost."""
    typed = () if filled is None else (field for field in filled if isinstance(field, StringField))
    return [(field.label.text, field.data) for field in typed if field.data and not isinstance(field, HiddenField)]


def _add_form(one: Opened | None, filled: HouseForm | None) -> HouseForm | None:
    """Another answer was given while this one was written: it can be added to that."""
    if one is None or one.row.answered_at is None or not isinstance(filled, AnswerForm):
        return None
    filled.beside.data = one.answer_print
    return filled


def name_of(session: Session, found: Asked, case: Case) -> str:
    """The candidate by name, or empty to whoever may not know it. Never by code name: what is asked tells who asks."""
    if g.actor.role is Role.REGION:
        return names_of(session, [found.application]).get(found.application.id, "")
    if not may_see_name(case.standing, found.application.id):
        return ""
    listed = [each for each in case.applications if each.id == found.application.id]
    return names_of(session, listed).get(found.application.id, "")


def may_correct(found: Asked, case: Case) -> bool:
    """Whether the details can be put right here: those of one behind a code name are their reader's alone."""
    application = found.application
    counts = application.restricted_at is None and application.name_sealed is not None
    allowed = counts and may_correct_for(case.standing, application.id)
    return allowed and not identities_of(db.session, application.id)


def _correct_form(found: Asked, case: Case, filled: HouseForm | None) -> HouseForm | None:
    if found.row.kind != Kind.CORRECTION or not may_correct(found, case):
        return None
    if isinstance(filled, CorrectForm):
        return filled
    application = found.application
    written = read_written(db.session, application, key_of(application))
    return CorrectForm(formdata=None, data={name: getattr(written, name) for name in ("name", "email", "phone")})


def _opened(found: Asked) -> Opened | None:
    try:
        return opened(found.row, key_of(found.application))
    except KeyGone:
        return None


def _opened_at(row: CandidateRequest, former_id: UUID) -> datetime | None:
    """When the candidate last read the page that the mail leads to, of the application that it was sent for too."""
    ids = [row.application_id, former_id]
    return max(last_read_by_candidates(db.session, row.party_id, "requests.read", ids).values(), default=None)


def _may_extend(found: Asked) -> bool:
    row = found.row
    return row.kind in EXTENDABLE and row.extended_to is None and clock.today() <= row.due_on


def _form(kind: type[HouseForm], filled: HouseForm | None) -> HouseForm:
    return filled if isinstance(filled, kind) else kind(formdata=None)


def _of_merits(found: Asked, one: Opened, filled: HouseForm | None) -> dict[str, Any]:
    """What was kept before, or a draft from the answers of whoever was hired or called. What a colleague has kept since the
    page was opened stands in the field where nothing else was typed there, else beside it."""
    suggested = one.draft or drafted(
        described(db.session, found.application), called=found.application.called_at is not None
    )
    marks, kept = page_marks({"text": one.draft}, {"text": suggested}), {"text": one.draft}
    if not isinstance(filled, MeritsForm):
        form = MeritsForm(formdata=None, data={"text": suggested})
        return {"merits_form": form, "merits_marks": marks, "merits_beside": "", "taken_in": False}
    moved = between(seen_by_page(), kept, {"text": filled.text.data or ""})
    if moved.theirs:
        filled.text.data = one.draft
    beside = one.draft if moved.both else ""
    return {"merits_form": filled, "merits_marks": marks, "merits_beside": beside, "taken_in": bool(moved.theirs)}
