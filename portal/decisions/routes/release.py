"""The checklist before anybody gets their word, and the two pages on which one sees who would be told what and presses."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.access import may_decide
from portal.decisions.checklist import Line, left_empty, lines_of, stopping
from portal.decisions.forms import ReleaseForm
from portal.decisions.outcomes import ChangedSince, Result
from portal.decisions.queries.kept import checksum, kept_of, may_read_kept
from portal.decisions.queries.release import Release, release_of
from portal.decisions.queries.words import Word, to_write_to
from portal.decisions.routes import decisions
from portal.decisions.services.room import is_over
from portal.organisations.access import may_run_recruitment
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case
from portal.swedish_dates import in_words
from portal.swedish_names import alphabetical
from portal.web.filters import sentence_of
from portal.web.readings import reads

CASE = "/arbete/rekryteringar/<uuid:ad_id>"
Verb = Callable[..., int | None]
DECIDING = ("decisions.outcome", "decisions.words")  # where whoever decides does something, of the office or not


@decisions.get(f"{CASE}/beslut")
@in_case(may_decide)
def checklist(case: Case) -> ResponseReturnValue:
    """What must hold before anybody gets their word, each with the way to where it is done."""
    release = release_of(db.session, case, at=clock.now())
    told = [word for word in release.words if word.outcome.released_at is not None]
    unreached = _unreached(case, told) if told else []
    return render_template("decisions/checklist.html", **_page(case, release), kept=_kept(case), unreached=unreached)


def _kept(case: Case) -> dict[str, Any] | None:
    """The file as it was kept: when, its checksum, and whether this person may read it."""
    kept = kept_of(db.session, case.ad.id)
    if kept is None:
        return None
    mine = may_read_kept(case)
    return {
        "at": kept.kept_at,
        "changed_at": kept.row.changed_at,
        "mine": mine,
        "checksum": checksum(db.session, kept) if mine else "",
    }


@decisions.route(f"{CASE}/beslut/erbjud", methods=["GET", "POST"])
@in_case(may_decide)
@reads("release.read", of="ad_id")
def offer(case: Case) -> ResponseReturnValue:
    """Who would be offered the post; the button offers it."""
    return _confirmed(case, services.offer_post, offer=True)


@decisions.route(f"{CASE}/beslut/avsluta", methods=["GET", "POST"])
@in_case(may_decide)
@reads("release.read", of="ad_id")
def end(case: Case) -> ResponseReturnValue:
    """Who would be told what; the button tells everybody and ends the recruitment."""
    return _confirmed(case, services.end_recruitment, offer=False)


def _confirmed(case: Case, verb: Verb, *, offer: bool) -> ResponseReturnValue:
    ad_id, form = case.ad.id, ReleaseForm()
    if request.method != "POST":
        return _shown(case, offer)
    if not form.validate():
        return _shown(case, offer, sentence_of(ChangedSince())), 422
    try:
        with unit_of_work() as session:
            told = verb(session, ad_id=ad_id, seen=form.seen.data or "", actor=g.actor, at=clock.now())
    except Refusal as refusal:
        # Shown as it stands now, so that the next press knows what it is about.
        return _shown(fresh(db.session, ad_id, lock=False), offer, sentence_of(refusal)), refusal.status
    if told is None:
        abort(404)
    flash(_done(told, offer), "good")
    return redirect(url_for("decisions.checklist", ad_id=ad_id), 303)


def _done(told: int, offer: bool) -> str:
    has = f"{in_words(told).capitalize()} sökande har fått besked på sin egen sida."
    who = f"{has} Den som har lämnat en e-postadress får ett mejl om det." if told else ""
    return f"Tjänsten är erbjuden. {who}" if offer else f"Rekryteringen är avslutad. {who}".rstrip()


def _shown(case: Case, offer: bool, refused: str = "") -> str:
    release = release_of(db.session, case, at=clock.now())
    told = release.to_offer if offer else release.untold
    return render_template(
        "decisions/release.html",
        **_page(case, release),
        offer=offer,
        form=ReleaseForm(formdata=None, data={"seen": release.seen}),
        stops=list(stopping(release.facts, offer=offer)),
        hired=_named(told, Result.HIRED),
        not_further=_named(told, Result.NOT_FURTHER),
        hidden=sum(not word.name for word in told),
        unreached=_unreached(case, told),
        empty="" if offer else left_empty(release.facts),
        refused=refused,
    )


def _unreached(case: Case, words: Iterable[Word]) -> list[str]:
    """The names of those among these who get no mail about their word: the office rings or writes."""
    who = to_write_to(db.session, case)
    return sorted((word.name for word in words if word.name and word.application_id in who), key=alphabetical)


def _named(words: list[Word], result: Result) -> list[Word]:
    found = [word for word in words if word.name and word.outcome.result == result]
    return sorted(found, key=lambda word: alphabetical(word.name))


def _page(case: Case, release: Release) -> dict[str, Any]:
    lines = lines_of(release.facts)
    waiting = bool(release.untold or release.facts.without_outcome)
    told = release.facts.candidates > 0 and not waiting
    return {
        "ad": case.ad,
        "lines": [(line, _address(case, line)) for line in lines],
        "to_offer": len(release.to_offer),
        "ready": not any(line.stops for line in lines),
        "ready_to_offer": bool(release.to_offer) and not any(line.stops and line.offers_too for line in lines),
        "candidates": release.facts.candidates,
        "some_told": len(release.untold) < len(release.words),
        "all_told": told,
        "over": is_over(case.ad, waiting=waiting),
        "current": "recruitments",
    }


def _address(case: Case, line: Line) -> str:
    """The very place; empty where the person could not open it."""
    if not line.endpoint or not (may_run_recruitment(g.actor) or line.endpoint in DECIDING):
        return ""
    return url_for(line.endpoint, ad_id=case.ad.id, _anchor=line.anchor or None)
