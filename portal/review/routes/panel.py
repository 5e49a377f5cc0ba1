"""The office names the panel, sees how far each has come, in counts, and reminds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.clock import STOCKHOLM
from portal.db import db, unit_of_work
from portal.mail.queries import statuses
from portal.mail.states import MailStatus
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_name_panel
from portal.review.emails import deputy_mail, invitation_mails, nudge_mail
from portal.review.forms.panel import ALL, BOTH, PanelForm
from portal.review.models import DeputyCall, PanelMember
from portal.review.panel_choices import PanelChoices
from portal.review.panel_words import beside_words, words_of_seat
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.queries.masking import masking_assessors
from portal.review.queries.opened import opened_members
from portal.review.queries.panel import (
    Nameable,
    Progress,
    call_rows,
    everyone_of,
    people_of,
    progress_of,
    saved_choices,
)
from portal.review.queries.seats import unjudged_in
from portal.review.refusals import PanelStale
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.words import last_minute_words, opens_for_the_office, seen_by
from portal.review.services.blinding import PROPOSED_FROM
from portal.review.services.naming import require_within_a_year
from portal.review.workload import minutes
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.readings import reads

_AT_CLOSING = "De får ett brev var så snart annonsen har stängt."


@review.route("/bedomare", methods=["GET", "POST"])
@in_case(may_name_panel)
@reads("panel.read", of="ad_id")
def panel(case: Case) -> ResponseReturnValue:
    """Who assesses, who leads, who decides, until when; and who stands in."""
    ad_id, people = case.ad.id, people_of(db.session, case.ad.party_id)
    everyone = everyone_of(db.session, ad_id)
    form = _form(case, people, everyone)
    if request.method != "POST" or not _holds(case, form):
        return _shown(case, form, people, everyone), 422 if form.errors else 200
    choices = form.choices(asks_sharing="sharing-asked" in request.form, asks_blind="blind-asked" in request.form)
    try:
        _choose(ad_id, choices, form.seen.data or "")
    except PanelStale as refusal:
        form.seen.data = refusal.saved.print  # who presses once more has seen it
        beside = beside_words(choices, refusal.saved, {person.id: person.name for person in people})
        return _shown(case, form, people, everyone, fault=sentence_of(refusal), beside=beside), refusal.status
    except Refusal as refusal:
        form.tell(refusal)
        return _shown(case, form, people, everyone), 422
    told = "Den som är ny får ett brev." if case.may_be_assessed(clock.now()) else _AT_CLOSING
    flash(f"Bedömarna är sparade. {told}", "good")
    return redirect(url_for("review.panel", ad_id=ad_id), 303)


def _holds(case: Case, form: PanelForm) -> bool:
    """Whether the form stands. A last minute that cannot be is told with all else, where it is not one that stands fast."""
    valid, at = form.validate(), clock.now()
    if form.day.data and not (form.day.errors or form.hour.errors) and not (case.hand_in_by and case.hand_in_by <= at):
        try:
            require_within_a_year(case, form.hand_in_by, at)
        except Refusal as refusal:
            return form.tell(refusal)
    return bool(valid)


def _choose(ad_id: UUID, choices: PanelChoices, seen: str) -> None:
    with unit_of_work() as session:
        case = fresh(session, ad_id, lock=False)  # every seat is held in order there: one's own must not come first
        services.choose_panel(session, case=case, actor=g.actor, choices=choices, seen=seen, at=clock.now())


def _shown(
    case: Case, form: PanelForm, people: Sequence[Nameable], everyone: Sequence[PanelMember], **more: Any
) -> str:
    return render_template("review/panel.html", form=form, **_page(case, people, everyone), **more)


@review.post("/bedomare/<uuid:person_id>/paminn")
@in_case(may_name_panel)
def nudge(case: Case, person_id: UUID) -> ResponseReturnValue:
    """Remind one assessor of what is left. Pressed twice, the second says that it is done."""
    ad_id, form = case.ad.id, PressForm()
    if form.validate():
        try:
            with unit_of_work() as session:
                case = fresh(session, ad_id, lock=False)  # another's seat is held there: one's own must not come first
                services.nudge(session, case=case, actor=g.actor, person_id=person_id, at=clock.now())
            flash("Ett brev är på väg, om vad som är kvar.", "good")
        except Refusal as refusal:
            if refusal.status == 404:
                abort(404)
            flash(sentence_of(refusal), "warn")
    return redirect(url_for("review.panel", ad_id=ad_id), 303)


def _form(case: Case, people: Sequence[Nameable], everyone: Sequence[PanelMember]) -> PanelForm:
    members = [row for row in everyone if not row.deputy]
    deputies = [str(row.person_id) for row in everyone if row.deputy]
    local = case.hand_in_by.astimezone(STOCKHOLM) if case.hand_in_by else None
    leader = next((str(member.person_id) for member in members if member.leads), None)
    decider = case.decider_id
    form = PanelForm(
        data={
            "people": [str(member.person_id) for member in members],
            "leader": leader,
            "decider": str(decider) if decider in {person.id for person in people} else "",
            "day": local.date() if local else None,
            "hour": f"{local:%H.%M}" if local else "18.00",
            "scores": ALL if case.sharing.scores_wait_for_all else BOTH,
            "notes": ALL if case.sharing.notes_wait_for_all else BOTH,
            "seen": saved_choices(everyone, case.review, decider=decider).print,
            "blind": case.blind or (not members and len(case.applications) >= PROPOSED_FROM),
            **dict(zip(("first_deputy", "second_deputy", "third_deputy"), deputies, strict=False)),
        }
    )
    form.offer([(str(person.id), person.called) for person in people])
    form.show_examples(*_two_of(members, people), last_minute_words(case))
    return form


def _two_of(members: Sequence[PanelMember], people: Sequence[Nameable]) -> tuple[str, str]:
    """Two first names to tell an example of: of the panel, where it has two."""
    named = [row.person.name for row in members] if len(members) > 1 else [person.name for person in people]
    first = list(dict.fromkeys(name.split()[0] for name in named))
    return (first[0], first[1]) if len(first) > 1 else ("Anna", "Erik")


def _page(case: Case, people: Sequence[Nameable], everyone: Sequence[PanelMember]) -> dict[str, Any]:
    criteria, at = len(criteria_of(db.session, case.ad.id)), clock.now()
    progress = progress_of(db.session, everyone, case.applications, criteria, blind=case.blind)
    closed = case.may_be_assessed(at)
    opened = opened_members(db.session, case, at) if any(one.scored for one in progress) else []
    decider = case.decider_id
    calls = call_rows(db.session, [one.member for one in progress])
    mails = _last_mails(case, [one.member for one in progress], calls)
    opened_at = {call.panel_member_id: call.opened_at for call in calls}
    applied = {one.member.id for one in progress if one.has_applied}
    seated = {one.member.person_id for one in progress if one.asked or not one.member.deputy}
    outside = next((person for person in people if person.id == decider and person.id not in seated), None)
    return {
        "case": case,
        "closed": closed,
        "rows": [_row(one, case, closed and not case.over, mails, opened_at) for one in progress],
        "decider_gone": case.decider_is_gone,
        "decider_outside": outside.name if outside else "",
        "unjudged": unjudged_in(db.session, [case.ad.id]).get(case.ad.id, 0) if closed else 0,
        "stands": case.hand_in_by.astimezone(STOCKHOLM)
        if opened and case.hand_in_by and at >= case.hand_in_by
        else None,
        "fast": [one.person.name for one in opened if one.id not in applied],
        "opens": opens_for_the_office(case),
        "over": case.over,
        "nobody_leads": bool(progress) and not any(one.member.leads for one in progress),
        "sees": seen_by(case),
        "settled": case.phase is not Phase.CONFLICTS,
        "propose_blind": not case.blind and len(case.applications) >= PROPOSED_FROM,
        "both": masking_assessors(db.session, [one.member for one in progress]) if case.blind else [],
        "minutes": minutes(len(case.applications), criteria),
        "current": "recruitments",
    }


def _last_mails(case: Case, members: Sequence[PanelMember], calls: Sequence[DeputyCall]) -> dict[UUID, MailStatus]:
    """What has become of the last letter to each: that about the last minute, the call of a deputy, or the office's reminder
    since."""
    known = [(member, case.hand_in_by) for member in members if case.hand_in_by]
    names = {name: member.id for member, last in known for name in invitation_mails(member, last)}
    names |= {deputy_mail(call.id): call.panel_member_id for call in calls}
    names |= {nudge_mail(member, member.nudged_at): member.id for member in members if member.nudged_at}
    found = sorted(statuses(db.session, list(names)).values(), key=lambda mail: mail.written_at)
    return {names[mail.once]: mail for mail in found}


def _row(
    one: Progress, case: Case, running: bool, mails: Mapping[UUID, MailStatus],
    opened_at: Mapping[UUID, datetime | None],
) -> dict[str, Any]:  # fmt: skip
    by_leading = case.decider_id is None and not case.decider_is_gone
    decides = one.member.leads if by_leading else one.member.person_id == case.decider_id
    may_nudge = running and one.has_left and not one.has_applied and (one.asked or not one.member.deputy)
    return {
        "progress": one,
        "words": words_of_seat(one.member.leads, decides, one.member.position if one.member.deputy else 0, one.asked),
        "mail": mails.get(one.member.id),
        "called": one.member.id in opened_at,  # a deputy, whose letter leads to the case
        "opened_at": opened_at.get(one.member.id),
        "answered": one.asked > 0 and not one.unanswered,
        "may_nudge": may_nudge and not one.nudged_on(clock.now()),
        "nudged": one.member.nudged_at if may_nudge and one.nudged_on(clock.now()) else None,
    }
