"""Page two sent from a browser that has lost its draft (cookies away, thirty days gone): what was typed goes along on page
one, sealed, and into the draft that is begun there."""

from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import DocumentsForm, details_form, documents_form
from portal.applications.routes.blueprint import is_stale
from portal.applications.routes.shown import head, terms
from portal.applications.services.drafting import KEPT
from portal.web.parked import Parked, form_of_request, page_for_sending_again, page_of_what_is_gone, park, unpark

OF_THE_LOST_DRAFT = ("version", "marks", "keep_", "remove")  # what the page said of the draft that it was opened with


def is_typed() -> bool:
    """Whether there is anything to carry."""
    return any(value.strip() for name, value in _typed_here().fields if name != "save")


def page_one_again(ad: PublishedAd) -> tuple[str, int]:
    """Page one with what was typed on page two, which nobody has saved."""
    typed = _typed_here()
    page = render_template(
        "applications/apply.html",
        ad=head(ad),
        step=1,
        form=details_form(ad.content),
        errors=[],
        terms=terms(ad),
        stale=False,
        late=False,
        wait_until=None,
        meant="",
        elsewhere=False,
        begun=False,
        version=0,
        marks="",
        beside={},
        carried=_shown(ad, typed),
    )
    return page, 400 if is_stale() else 409


def carried_along(ad: PublishedAd) -> dict[str, Any] | None:
    """What page one carries, to be shown on it again; None where it carries nothing."""
    typed = _carried(ad)
    return None if typed is None else _shown(ad, typed)


def carried_form(ad: PublishedAd) -> DocumentsForm | None:
    """What page one carries, as the form of page two that it was; None where it carries nothing."""
    typed = _carried(ad)
    return None if typed is None else documents_form(ad.content, {}, {}, MultiDict(typed.fields))


def page_to_go_on_with(ad: PublishedAd) -> str:
    """With a draft again: what page one carried, to be sent to page two by one button. Empty where it carried nothing."""
    if (typed := _carried(ad)) is not None:
        return page_for_sending_again(typed, heading="draft_begun")
    onward = url_for("applications.apply_documents", reference=ad.reference)
    return page_of_what_is_gone(onward) if request.form.get("parked") else ""


def _typed_here() -> Parked:
    form = form_of_request()
    return replace(form, fields=tuple(row for row in form.fields if not row[0].startswith(OF_THE_LOST_DRAFT)))


def _carried(ad: PublishedAd) -> Parked | None:
    sealed = request.form.get("parked", "")
    typed = unpark(sealed, at=clock.now()) if sealed else None
    there = url_for("applications.apply_documents", reference=ad.reference).partition("?")[0]
    return typed if typed is not None and typed.path.partition("?")[0] == there else None


def _shown(ad: PublishedAd, typed: Parked) -> dict[str, Any]:
    """Sealed for a hidden field, and each text under its label, to be read and copied."""
    form = documents_form(ad.content, {}, {}, MultiDict(typed.fields))
    names = [f"answer_{question.name}" for question in form.questions] + ["salary", "start", "letter"]
    return {
        "sealed": park(typed, person_id=None, at=clock.now(), kept_for=KEPT),  # it stands on the page too, to be read
        "texts": [(form[name].label.text, form[name].data) for name in names if form[name].data],
        "had_files": typed.had_files,
    }
