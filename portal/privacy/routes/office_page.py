"""What the office's page of one request says: who asks, what, by when, and the forms that answer it."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from portal import clock
from portal.applications.services.drafting import key_of
from portal.db import db
from portal.privacy.access import may_copy_for
from portal.privacy.merits.draft import drafted
from portal.privacy.merits.queries import described
from portal.privacy.rights.forms import AnswerForm, ExtendForm, MeritsForm
from portal.privacy.rights.kinds import EXTENDABLE, RESULTS, WORDS, Kind
from portal.privacy.rights.queries.listed import Asked
from portal.privacy.rights.queries.texts import Opened, opened
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.vault.keystore import KeyGone


def page_of(
    found: Asked, case: Case, filled: FlaskForm | None = None, *, status: int = 200, fault: str = ""
) -> ResponseReturnValue:
    """``filled`` is the form that did not go through, with what was written."""
    row, application = found.row, found.application
    one = _opened(found)
    listed = [each for each in case.applications if each.id == application.id]
    names = labels_of(db.session, case, listed)
    open_still = row.answered_at is None and one is not None
    merits = row.kind == Kind.MERITS
    page: dict[str, Any] = {
        "one": one,
        "row": row,
        "title": found.ad.title,
        "name": names.get(application.id, ""),
        "restricted": application.restricted_at is not None,
        "taken_back": not listed,
        "today": clock.today(),
        "kinds": WORDS,
        "results": {result.value: words for result, words in RESULTS.items()},
        "is_merits": merits,
        "may_copy": application.restricted_at is None
        and one is not None
        and may_copy_for(case.standing, application.id),
        "form": _form(AnswerForm, filled) if open_still and not merits else None,
        "extend_form": _form(ExtendForm, filled) if open_still and _may_extend(found) else None,
        "merits_form": _merits_form(found, one, filled) if open_still and one is not None and merits else None,
        "filled": filled,
        "fault": fault,
        "current": "todo",
    }
    return render_template("privacy/asked_for.html", **page), status


def _opened(found: Asked) -> Opened | None:
    try:
        return opened(found.row, key_of(found.application))
    except KeyGone:
        return None


def _may_extend(found: Asked) -> bool:
    row = found.row
    return row.kind in EXTENDABLE and row.extended_to is None and clock.today() <= row.due_on


def _form(kind: type[FlaskForm], filled: FlaskForm | None) -> FlaskForm:
    return filled if isinstance(filled, kind) else kind(formdata=None)


def _merits_form(found: Asked, one: Opened, filled: FlaskForm | None) -> FlaskForm:
    """What was written before, or a draft from the answers of whoever was hired or called."""
    if isinstance(filled, MeritsForm):
        return filled
    return MeritsForm(formdata=None, data={"text": one.draft or drafted(described(db.session, found.application))})
