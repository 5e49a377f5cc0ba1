"""The own matrix to fill in, and the sheet of paper that is typed in there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess
from portal.review.forms.assessing import FillForm
from portal.review.models import PanelMember
from portal.review.paging import Paged, page_of
from portal.review.paper_codes import paper_codes
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.review.queries.scores import Cell, Vote, own_votes
from portal.review.requirements import krav_first
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.own import in_order
from portal.review.services.filling import Filled
from portal.review.services.scoring import reason_is_needed
from portal.review.steps import CANNOT, PRESENCE, PRESENCE_WORDS, SCALE, form_value, words_of
from portal.review.wording import short_name
from portal.web.filters import sentence_of
from portal.web.readings import reads

BOX = "v"  # a box's name begins so: v.<candidate>.<criterion>.<value that the page showed>
CHOICES = {
    "skala": [*((str(step.value), f"{step.value} {step.word}") for step in SCALE), (CANNOT, "Kan inte bedöma")],
    "finns": [(value, PRESENCE_WORDS[kept]) for value, kept in PRESENCE.items()],
}


@dataclass(frozen=True, slots=True)
class Box:
    """One box. Without a ``field`` it stands as ``text``: what is sealed changes with a reason, on its own page."""

    head: str
    text: str
    href: str
    field: str = ""
    chosen: str = ""
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate's row. ``code`` is what the paper calls them."""

    code: str
    name: str
    boxes: Sequence[Box]


@review.get("/din-bedomning/fyll-i")
@in_case(may_assess)
@reads("own_scores.read", of="ad_id")
def fill(case: Case) -> ResponseReturnValue:
    """Every own score as a box to fill in."""
    return _page(case, {})


@review.post("/din-bedomning/fyll-i")
@in_case(may_assess)
def fill_post(case: Case) -> ResponseReturnValue:
    """Save what was changed, all of it or nothing. Of two tabs the last holds; what nobody touched here is not sent back."""
    if not FillForm().validate():
        return _page(case, dict(request.form), status=422)
    boxes = list(_changed(request.form))
    try:
        with unit_of_work() as session:
            count, left = services.fill_in(session, case=fresh(session, case.ad.id), boxes=boxes, at=clock.now())
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        fault, status = sentence_of(refusal), 409 if refusal.status == 409 else 422
        return _page(fresh(db.session, case.ad.id, lock=False), dict(request.form), fault=fault, status=status)
    flash("Inget var ändrat." if not count else f"Sparat: {boxes_text(count)}.", "good")
    if left:
        flash(f"Inte sparat: {boxes_text(left)}, av den som inte längre är bland dem du bedömer.", "warn")
    return redirect(url_for("review.fill", ad_id=case.ad.id, sida=request.args.get("sida")), 303)


def boxes_text(count: int) -> str:
    """ "1 ruta", "2 rutor"."""
    return f"{count} {'ruta' if count == 1 else 'rutor'}"


@review.get("/din-bedomning/papper")
@in_case(may_assess)
@reads("own_scores.printed", of="ad_id")
def sheet(case: Case) -> ResponseReturnValue:
    """A sheet to score on by hand: a code for each candidate, and no name on what is printed."""
    found = _rows_of_page(case)
    if found is None:
        return render_template("review/waiting.html", case=case, current="recruitments")
    page, names, codes, _ = found
    return render_template(
        "review/sheet.html",
        case=case,
        criteria=_criteria(case),
        people=[(codes[one], name) for one, name in names.items() if not _fallen(page, one)],
        scale=[*(f"{step.value} {step.word.lower()}" for step in SCALE), "kan inte bedöma"],
        presence=[word.lower() for _, word in CHOICES["finns"]],
        page=page,
        pages=page.numbers(lambda number: url_for("review.sheet", ad_id=case.ad.id, sida=number)),
        current="recruitments",
    )


def _page(case: Case, typed: Mapping[str, str], *, fault: str = "", status: int = 200) -> ResponseReturnValue:
    found = _rows_of_page(case)
    if found is None:
        return render_template("review/waiting.html", case=case, current="recruitments")
    page, names, codes, member = found
    criteria, given = _criteria(case), own_votes(db.session, member, list(names))
    by_id = {row.id: row for row in page.rows}
    return render_template(
        "review/fill.html",
        case=case,
        form=FillForm(),
        heads=[short_name(row.text, 28) for row in criteria],
        rows=[
            Row(codes[one], name, [_box(case, by_id[one], row, given, typed) for row in criteria])
            for one, name in names.items()
        ],
        page=page,
        pages=page.numbers(lambda number: url_for("review.fill", ad_id=case.ad.id, sida=number)),
        fault=fault,
        current="recruitments",
    ), status


def _rows_of_page(case: Case) -> tuple[Paged[Listed], dict[UUID, str], dict[UUID, str], PanelMember] | None:
    """The page asked for, its candidates by name as they may be known, and all codes; None before there is anything."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return None
    page = page_of(in_order(case, case.member.id), request.args.get("sida", ""))
    names = labels_of(db.session, case, page.rows)
    codes = paper_codes(case.member.id, [row.id for row in case.to_judge])
    return page, {row.id: names[row.id] for row in page.rows if row.id in names}, codes, case.member


def _criteria(case: Case) -> list[AdCriterion]:
    return krav_first(list(criteria_of(db.session, case.ad.id)))


def _fallen(page: Paged[Listed], one: UUID) -> bool:
    return next(row.fallen for row in page.rows if row.id == one)


def _box(case: Case, row: Listed, criterion: AdCriterion, given: Mapping[Cell, Vote], typed: Mapping[str, str]) -> Box:
    vote = given.get((criterion.id, row.id))
    value = form_value(criterion.judged, vote.step, vote.present) if vote else ""
    text = words_of(criterion.judged, vote.step, vote.present) if vote else ""
    href = url_for("review.score", ad_id=case.ad.id, application_id=row.id, criterion_id=criterion.id)
    head = short_name(criterion.text, 28)
    sealed = vote is not None and reason_is_needed(case, handed_in=case.is_handed_in(row), at=clock.now())
    if sealed or row.fallen:
        return Box(head, text or "–", href)
    field = f"{BOX}.{row.id}.{criterion.id}.{value}"
    empty = [] if vote else [("", "–")]
    return Box(head, text, href, field, typed.get(field, value), [*empty, *CHOICES[criterion.judged]])


def _changed(sent: Mapping[str, str]) -> Iterator[Filled]:
    """The boxes that are not as the page showed them. What is named otherwise is no box."""
    for name, value in sent.items():
        parts = name.split(".")
        if len(parts) != 4 or parts[0] != BOX or value in ("", parts[3]):
            continue
        try:
            yield Filled(UUID(parts[1]), UUID(parts[2]), value)
        except ValueError:
            continue
