"""A part of an ad as a page opens, shows and saves it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.ads.forms.fields import SharedForm
from portal.ads.models import Ad
from portal.ads.parts import BY_KEY, Part, following
from portal.ads.queries import Listed, listed_of
from portal.ads.routes.beside import saved_texts, show_beside
from portal.ads.routes.office import Page, in_unit, own_ad, part_endpoint, task_values
from portal.ads.services.parts import PartMoved
from portal.ads.states import AdState
from portal.db import db
from portal.seen import Texts, page_marks, texts_of
from portal.web.shared import seen_by_page


@dataclass(frozen=True, slots=True)
class Opened:
    """An ad, one part of it, and what is saved there, each row of a list too. That is read first: what comes between them
    and what the page shows is then asked about once too often, never lost."""

    ad: Ad
    part: Part
    saved: Texts
    listed: Listed = field(default_factory=dict)
    suggested: Texts = field(default_factory=dict)

    def suggesting(self, **values: Any) -> "Opened":
        """The same, where the page suggests these values for want of any that are saved."""
        return replace(self, suggested=texts_of(values))

    @property
    def marks(self) -> str:
        """What the page says that it was opened with."""
        return page_marks(self.saved, self.suggested)


def opened(ad_id: UUID, key: str) -> Opened:
    """The part to be shown or saved, or the same 404 for a rival's as for none."""
    ad, part = own_ad(ad_id), BY_KEY[key]
    listed = listed_of(db.session, ad, part)
    return Opened(ad, part, saved_texts(db.session, ad, part, listed), listed)


def save(of: Opened, verb: Callable[..., object], form: SharedForm, touched: frozenset[str] = frozenset()) -> bool:
    """Run the verb that saves the part. A refusal lands in the form, and what another has saved meanwhile beside it.
    ``touched`` are the fields that a button has set.

    True where the page has nothing left to save: also where it says nothing but what it was opened with, and what another
    has saved stands.
    """
    ad_id, seen = of.ad.id, replace(seen_by_page(), touched=touched)
    if in_unit(partial(verb, seen=seen), form):
        return True
    moved = form.refused
    if isinstance(moved, PartMoved):
        show_beside(form, own_ad(ad_id), of.part, moved.written, seen)
        return not moved.asks
    return False


def part_page(of: Opened, form: SharedForm, **more: Any) -> Page:
    """One part of the ad, with the task list beside it. Where something was posted and stands to be put
    right it is a 422, or what the refusal says."""
    ad, part = own_ad(of.ad.id), of.part
    asked_only = more.pop("only_asked", False)
    refused = request.method == "POST" and not asked_only
    status = 422 if form.refused is None else form.refused.status
    values = task_values(ad, part.key, refused=refused)
    page = render_template(
        f"ads/edit_{part.key}.html",
        **values,
        form=form,
        part=part,
        locked=part.locked_once_published and ad.state != AdState.DRAFT,
        opened_with=request.form.get("marks", of.marks) if form.marks is None else form.marks,
        faults=_faults(form),
        asked=_asked(ad, part.fields),
        **more,
    )
    return (page, status) if refused else page


def onward(of: Opened) -> Response:
    """To the part after this one."""
    return redirect(url_for(part_endpoint(following(of.part.key).key), ad_id=of.ad.id), 303)


def _faults(form: Any) -> list[tuple[str, str]]:
    whole = [("", sentence) for sentence in form.form_errors]
    if hasattr(form, "faults"):
        return whole + list(form.faults())
    return whole + [(field.id, field.errors[0]) for field in form if field.errors and field.name != "csrf_token"]


def _asked(ad: Ad, fields: tuple[str, ...]) -> dict[str, list[dict[str, str]]]:
    return {field: [entry for entry in ad.unclear if entry["field"] == field] for field in fields}
