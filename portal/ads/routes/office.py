"""What the office's pages about one ad share: the ad itself, its task list, and the way a part is saved."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, g, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import clock
from portal.ads.forms.fields import PageForm
from portal.ads.models import Ad
from portal.ads.parts import PARTS, changed_parts, statuses, to_act_on
from portal.ads.queries import ROWS_OF, ad_of, current_version_of
from portal.ads.services.publishing import content_now, marks_on
from portal.ads.states import AdState
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.web.filters import sentence_of

STATE_WORDS = {"draft": "Utkast", "published": "Publicerad", "withdrawn": "Tillbakadragen", "ended": "Avslutad"}
Page = Response | str | tuple[str, int]


def own_ad(ad_id: UUID) -> Ad:
    """The ad, or the same 404 for a rival's as for none, and for one that the person has applied to: they change nothing
    of a post for which they compete."""
    ad = ad_of(db.session, ad_id)
    if ad is None or (ad.state != AdState.DRAFT and ad.id in applied_to()):
        abort(404)
    return ad


def applied_to() -> Collection[UUID]:
    """The recruitments that the person has applied to themselves, as the desk tells them: it stands above the ads."""
    found: Collection[UUID] = current_app.extensions["applied_to"]()
    return found


def by() -> dict[str, Any]:
    """Who does it, and when."""
    return {"person_id": g.actor.person_id, "at": clock.now()}


def in_unit(verb: Callable[[Session], object], form: PageForm) -> bool:
    """Run one verb in a unit of work. A refusal lands beside its field, and everything typed stays."""
    try:
        with unit_of_work() as session:
            verb(session)
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        form.refused = refusal
        place = getattr(form, refusal.field or "", None)
        if place is None:
            form.form_errors.append(sentence_of(refusal))
        else:
            place.errors = [*place.errors, sentence_of(refusal)]
        return False
    return True


def task_values(ad: Ad, key: str = "", *, refused: bool = False) -> dict[str, Any]:
    """The ad and its task list, for every page about it. ``refused``: what was typed in this part cannot stand."""
    rows = {field: rows_of(db.session, ad.id) for field, rows_of in ROWS_OF.items()}
    published = ad.state != AdState.DRAFT
    marks = to_act_on(marks_on(db.session, ad, on=clock.today()), published=published)
    current = current_version_of(db.session, ad.id) if ad.state == AdState.PUBLISHED else None
    changed = changed_parts(current.content, content_now(db.session, ad)) if current is not None else []
    told = statuses(ad, rows, marks, published=published, changed=bool(changed))
    if refused:
        told[key] = "fix"
    groups: dict[str, list[dict[str, Any]]] = {}
    for part in PARTS:
        href = url_for(part_endpoint(part.key), ad_id=ad.id)
        task = {"text": part.title, "href": href, "status": told[part.key], "current": part.key == key}
        groups.setdefault(part.group, []).append(task)
    return {
        "shown_ad": ad,
        "state_text": STATE_WORDS[ad.state],
        "saved_at": ad.changed_at,
        "groups": [{"title": title, "tasks": tasks} for title, tasks in groups.items()],
        "done": sum(1 for status in told.values() if status == "done"),
        "total": len(PARTS),
        "marks": marks,
        "part_href": {part.key: url_for(part_endpoint(part.key), ad_id=ad.id) for part in PARTS},
        "rows": rows,
        "changed_parts": changed,
        "current": "recruitments",
    }


def say(text: str, kind: str = "good") -> None:
    """A sentence on the next page."""
    flash(text, kind)


def part_endpoint(key: str) -> str:
    return "ads.publish" if key == "publish" else f"ads.edit_{key}"
