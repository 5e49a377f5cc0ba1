"""The own order by buttons and typed numbers, and handing in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess
from portal.review.forms.assessing import OrderForm
from portal.review.heat import decimal_text
from portal.review.own_order import Groups, PlaceUnreadable, groups_of, landed, moved, places_of, read_places
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.panel import members_of
from portal.review.queries.scores import own_order, own_scores
from portal.review.queries.seats import seats_of
from portal.review.ranking import weighted_mean
from portal.review.refusals import OrderMoved
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.words import instant_words, others_are_seen, seen_by
from portal.review.services.ordering import ORDER, first_order, missing_scores, order_text
from portal.seen import Seen, page_marks
from portal.swedish_dates import in_words
from portal.web.filters import clock_time, sentence_of
from portal.web.forms import PressForm
from portal.web.readings import reads


@review.route("/ordning", methods=["GET", "POST"])
@in_case(may_assess)
@reads("own_order.read", of="ad_id")
def order(case: Case) -> ResponseReturnValue:
    """Put the top in order. Every button saves."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    form = OrderForm()
    if request.method == "POST" and form.validate():
        return _save(case, form)
    return render_template("review/order.html", form=form, errors={}, **_page(case, {}))


def _save(case: Case, form: OrderForm) -> ResponseReturnValue:
    before = _places_before(case)  # a page from before somebody came has no field for them
    typed = {row.id: request.form.get(f"place-{row.id}", str(before.get(row.id, ""))) for row in case.to_judge}
    by_itself = request.accept_mimetypes.best == "application/json"
    try:
        wanted = read_places(typed)
        groups = _moved(groups_of(wanted), request.form.get("move", ""))
        elsewhere = landed(wanted, before) if groups == groups_of(wanted) else {}
        seen = Seen.told(request.form.get("version"))
        with unit_of_work() as session:
            now = fresh(session, case.ad.id)
            stands = services.save_order(session, case=now, groups=groups, at=clock.now(), seen=seen)
    except Refusal as fault:
        if by_itself:
            stands = order_text(db.session, case.member) if case.member else ""
            told_of = {"version": page_marks({ORDER: stands})} if isinstance(fault, OrderMoved) else {}
            return jsonify({"fault": sentence_of(fault), "field": fault.field} | told_of), fault.status
        if fault.status == 404:
            abort(404)
        errors = {UUID(str(fault.field)): sentence_of(fault)} if isinstance(fault, PlaceUnreadable) else {}
        told = "" if errors else sentence_of(fault)
        page = _page(fresh(db.session, case.ad.id, lock=False), typed)
        if errors:  # opened with what it was: another window's order is still to be told
            page["version"] = request.form.get("version", page["version"])
        return render_template("review/order.html", form=form, errors=errors, fault=told, **page), fault.status
    if by_itself:
        return jsonify(kept_places(groups) | {"version": page_marks({ORDER: stands})})
    _tell_where(case, elsewhere)
    return redirect(_after(case, request.form.get("move", "")), 303)


def _places_before(case: Case) -> dict[UUID, int]:
    """As the page showed them, saved or proposed."""
    assert case.member is not None
    saved = own_order(db.session, case.member, [row.id for row in case.to_judge])
    if saved is None:
        saved = first_order(db.session, case, case.member, list(criteria_of(db.session, case.ad.id)))
    return places_of(saved)


def _tell_where(case: Case, elsewhere: Mapping[UUID, tuple[int, int]]) -> None:
    """Whoever does not stand where it was typed, and why."""
    names = labels_of(db.session, case, [row for row in case.to_judge if row.id in elsewhere]) if elsewhere else {}
    for one, (wanted, place) in elsewhere.items():
        before = in_words(place - 1) if place > 1 else "ingen"
        flash(f"Du skrev {wanted}, men {names[one]} står på plats {place}: {before} står före.", "warn")


def kept_places(groups: Groups) -> dict[str, Any]:
    """What a script is told: when it was saved, and the places as they are now (1, 2, 2, 4)."""
    places = {str(id): place for id, place in places_of(groups).items()}
    return {"saved": f"Sparat {clock_time(clock.now())}", "places": places}


def _after(case: Case, move: str) -> str:
    """On to handing in, or back to the row that was moved."""
    if move == "done":
        return url_for("review.hand_in", ad_id=case.ad.id)
    id, _, way = move.partition(":")
    return url_for("review.order", ad_id=case.ad.id, _anchor=f"rad-{id}" if way in ("up", "down") else None)


def _moved(groups: Groups, move: str) -> Groups:
    """After a press of "<id>:up" or "<id>:down"; other words leave the order as it was typed."""
    id, _, way = move.partition(":")
    try:
        return moved(groups, UUID(id), way == "up") if way in ("up", "down") else groups
    except ValueError:
        return groups


def _page(case: Case, typed: Mapping[UUID, str]) -> dict[str, Any]:
    assert case.member is not None
    criteria = list(criteria_of(db.session, case.ad.id))
    names, own = labels_of(db.session, case, case.to_judge), own_scores(db.session, case.member)
    saved = own_order(db.session, case.member, names)
    places = places_of(first_order(db.session, case, case.member, criteria) if saved is None else saved)
    weights = {row.id: row.weight for row in criteria if row.judged == "skala"}
    fallen = {row.id for row in case.to_judge if row.fallen}
    rows = [
        {
            "id": one,
            "name": name,
            "fallen": one in fallen,
            "place": typed.get(one, str(places.get(one, ""))),
            "mean": decimal_text(weighted_mean({c: own[c, one].step for c in weights if (c, one) in own}, weights), 2),
        }
        for one, name in names.items()
    ]
    rows.sort(key=lambda row: places.get(row["id"], len(names) + 1))  # type: ignore[call-overload]
    locked = bool(case.to_judge) and case.all_handed_in
    stands = not locked and any(case.is_handed_in(row) for row in case.to_judge)
    version = page_marks({ORDER: order_text(db.session, case.member)})
    page = {"saved": saved is not None, "locked": locked, "stands": stands, "version": version}
    return {"case": case, "rows": rows, "current": "recruitments", **page}


@review.route("/lamna-in", methods=["GET", "POST"])
@in_case(may_assess)
def hand_in(case: Case) -> ResponseReturnValue:
    """Hand in, and the receipt: when the others' views open."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    form, ad_id = PressForm(), case.ad.id
    if request.method == "POST" and form.validate():
        try:
            with unit_of_work() as session:
                services.hand_in(session, case=fresh(session, ad_id), at=clock.now())
        except Refusal as refusal:
            case = fresh(db.session, ad_id, lock=False)
            page = _hand_in_page(case)
            return render_template("review/hand_in.html", form=form, fault=sentence_of(refusal), **page), 422
        return redirect(url_for("review.hand_in", ad_id=ad_id), 303)
    return render_template("review/hand_in.html", form=form, **_hand_in_page(case))


def _hand_in_page(case: Case) -> dict[str, Any]:
    member = case.member
    assert member is not None
    criteria = [row.id for row in criteria_of(db.session, case.ad.id)]
    others = [other for other in members_of(db.session, case.ad.id) if other.id != member.id]
    waiting = seats_of(db.session, case.ad.id, others).waiting_for(case.applications) if case.all_handed_in else []
    return {
        "case": case,
        "left": missing_scores(db.session, case, member, criteria),
        "handed_in": case.all_handed_in,
        "waiting_for": [other.person.name for other in waiting],
        "alone": not others,
        "passed": case.hand_in_by is not None and clock.now() >= case.hand_in_by,
        "others_seen": others_are_seen(case),
        "last_minute": instant_words(case.hand_in_by) if case.hand_in_by else "",
        "sees": seen_by(case),
        "current": "recruitments",
    }
