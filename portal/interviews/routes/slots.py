"""The staff's page of times: who has booked which, who is still to choose, and the form that makes more."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications.queries import without_address
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.access import may_arrange, may_see_meeting
from portal.interviews.forms import TimesForm
from portal.interviews.queries.cards import met_in
from portal.interviews.queries.mailed import mails_of
from portal.interviews.queries.slots import Booked, kept_from_meeting, slots_of, wish_text, wishes_of
from portal.interviews.routes.blueprint import CASE, interviews, sentence_or_404
from portal.interviews.times import spoken
from portal.refusal import Refusal
from portal.review.access import may_take_part
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh, in_case
from portal.swedish_dates import in_words
from portal.web.forms import PressForm
from portal.web.readings import reads
from portal.web.shared import seen_by_page

USUAL = {"minutes": 45, "count": 3, "pause": 15}


@interviews.get(CASE)
@in_case(may_take_part)
@reads("interviews.read", of="ad_id")
def slots(case: Case) -> ResponseReturnValue:
    """All times in order, and who of those called has none."""
    return render_template("interviews/slots.html", **_page(case))


@interviews.post(CASE)
@in_case(may_arrange)
def make_times(case: Case) -> ResponseReturnValue:
    """Make some times in a row."""
    form, ad_id = TimesForm(), case.ad.id
    form.offer(_panel(case))
    if form.validate() and (made := _make(ad_id, form)):
        text = "En tid är upplagd." if made == 1 else f"{in_words(made).capitalize()} tider är upplagda."
        flash(f"{text} De kallade som inte har någon tid får ett brev, om de har en e-postadress.", "good")
        return redirect(url_for("interviews.slots", ad_id=ad_id), 303)
    return render_template("interviews/slots.html", **_page(fresh(db.session, ad_id, lock=False), form)), 422


def _make(ad_id: UUID, form: TimesForm) -> int:
    """How many were made; none where it was refused, and the sentence stands beside its field."""
    try:
        with unit_of_work() as session:
            case = fresh(session, ad_id, lock=False)  # seats are held in order there: one's own must not come first
            return services.make_times(session, case=case, actor=g.actor, times=form.times(), at=clock.now())
    except Refusal as refusal:
        field = form[refusal.field if refusal.field in form else "day"]
        field.errors = [*field.errors, sentence_or_404(refusal)]
        return 0


@interviews.post(f"{CASE}/tid/<uuid:slot_id>/ta-bort")
@in_case(may_arrange)
def remove_time(case: Case, slot_id: UUID) -> ResponseReturnValue:
    """Take a time away; whoever had booked it is told."""
    form, ad_id = PressForm(), case.ad.id
    try:
        if form.validate():
            with unit_of_work() as session:
                told = services.remove_time(
                    session, case=fresh(session, ad_id), actor=g.actor, slot_id=slot_id, at=clock.now(),
                    seen=seen_by_page(),
                )  # fmt: skip
            flash(f"Tiden är borttagen.{_of_who_had_it(told)}", "good")
    except Refusal as refusal:
        page = _page(fresh(db.session, ad_id, lock=False)) | {"fault": sentence_or_404(refusal)}
        return render_template("interviews/slots.html", **page), refusal.status
    return redirect(url_for("interviews.slots", ad_id=ad_id), 303)


def _of_who_had_it(told: services.CalledOff | None) -> str:
    """As their own mail says it."""
    if told is None or not told.written:
        return ""
    written = " Den som hade bokat den får ett brev, om det finns en adress"
    if told.others:
        return f"{written}, och kan välja en ny."
    if told.asked:
        return f"{written}. Lägg till nya tider, så får hen välja bland dem."
    return f"{written}, och ska inte välja någon ny."


def _panel(case: Case) -> list[tuple[str, str]]:
    return [(str(member.id), member.person.name) for member in services.who_may_meet(db.session, case)]


def _page(case: Case, form: TimesForm | None = None) -> dict[str, Any]:
    arranges, over = may_arrange(case.standing), case.over
    times, now = slots_of(db.session, case.ad.id), clock.now()
    been = [time.application_id for time in times if time.application_id and time.slot.starts_at <= now]
    met = met_in(db.session, been) if been and arranges else set()
    kept = kept_from_meeting(db.session, times) if arranges else set()
    called = [row for row in case.listed if row.called_at is not None]
    names = names_of(db.session, called) if _may_see_names(case) else {}
    have = {time.application_id for time in times}
    if form is None and arranges and not over:
        form = TimesForm(formdata=None, data=USUAL)
        form.offer(_panel(case))
        form.members.data = sorted(form.offered)
    wishes = wishes_of(db.session, names) if arranges else {}
    mails = mails_of(db.session, names) if arranges else {}
    return {
        "case": case,
        "arranges": arranges and not over,
        "times": [_time(case, time, names, met) | {"nobody": time.slot.id in kept} for time in times],
        "unreached": without_address(db.session, names),
        "by_code": {row.id for row in called if row.protected},
        "without": sum(id not in have for id in names),
        "called": [
            {
                "id": id,
                "name": name,
                "has_time": id in have,
                "mails": mails.get(id, []),
                "wish": wish_text(db.session, wishes[id]) if id in wishes else "",
            }
            for id, name in names.items()
        ],
        "form": form,
        "act": PressForm(formdata=None),
        "current": "recruitments",
    }


def _may_see_names(case: Case) -> bool:
    """An assessor reads nothing while the ad is open."""
    return not case.standing.named or case.may_be_assessed(clock.now())


def _time(case: Case, time: Booked, names: dict[UUID, str], met: set[UUID]) -> dict[str, Any]:
    """One line. To whom has jäv for the candidate the time is taken, and no more; nor can they take it away."""
    whose = time.application_id
    seen = whose is not None and may_see_meeting(case.standing, whose) and whose in names
    return {
        "id": time.slot.id,
        "words": spoken(time.slot.starts_at, time.slot.minutes),
        "place": time.slot.place,
        "members": ", ".join(name for _, name in time.members),
        "free": whose is None,
        "application_id": whose if seen else None,
        "marks": services.seen_booked(whose if seen else None),
        "name": names[whose] if seen and whose is not None else "",
        "over": time.slot.starts_at <= clock.now(),
        "met": whose in met,
    }
