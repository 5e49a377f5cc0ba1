"""What the page that renews many says of each row, and the reasoning for each employer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import url_for

from portal.contracts.acts.kinds import Kind, Row
from portal.contracts.forms import RenewManyForm
from portal.contracts.models import Employment
from portal.contracts.pictures import Reasoning, reasoning_of, turned_on
from portal.contracts.recording.faults import Fault
from portal.contracts.renewal.queries import Ending
from portal.contracts.renewal.services import ALONE, Renewal
from portal.contracts.renewal.term import NEEDS_A_REASON
from portal.contracts.terms import Answer
from portal.posts.employer_model import Employer
from portal.swedish_dates import shown_day

REASON: Final = "policy_reason"  # the field of the page that renews one


def with_a_way_out(faults: Mapping[Any, Fault], plan: Mapping[UUID, Renewal]) -> dict[Any, Fault]:
    """The same, where what is asked for has no field on this page with what to do here instead."""
    told = dict(faults)
    for id, fault in faults.items():
        answer = plan[id].answer if id in plan else None
        if fault.field == REASON and answer is not None:
            sentence = NEEDS_A_REASON % {"latest_end": shown_day(answer.limit.latest_end)}
            told[id] = Fault(sentence, REASON)
    return told


def told_at_fields(form: RenewManyForm, faults: Mapping[Any, Fault], plan: Mapping[UUID, Renewal]) -> dict[Any, Fault]:
    """The faults that are each one's own. Where nobody is without one, what is wrong in the same way with a day that is typed
    for all is told at that day instead, once."""
    own = dict(faults)
    for field in form if len(faults) == len(plan) else ():
        shared = {id: fault for id, fault in faults.items() if fault.field == field.name}
        if not field.errors and len({fault.sentence for fault in shared.values()}) == 1:
            field.errors = [next(iter(shared.values())).sentence]
            own = {id: fault for id, fault in own.items() if id not in shared}
    return own


def day_that_would_do(form: RenewManyForm, plan: Mapping[UUID, Renewal]) -> date | None:
    """In place of an end that is wrong; None where they have none in common."""
    answers = [
        each.answer for each in plan.values() if each.answer and each.fault and each.fault.field == form.ends.name
    ]
    days = {one.instead for answer in answers for one in answer.objections if one.field == form.ends.name}
    return days.pop() if form.ends.errors and len(days) == 1 else None


def reasonings_of(endings: Sequence[Ending], plan: Mapping[UUID, Renewal], *, on: date) -> list[tuple[str, Reasoning]]:
    """One for each employer, an authority's first: the law of one is not the other's. Who employs, where there are both."""
    found: dict[str, tuple[str, Reasoning]] = {}
    for each in endings:
        row, one = each.one.row, plan.get(each.one.row.id)
        if one is not None and one.answer is not None and row.employer not in found:
            who = each.one.authority_name if row.employer == Employer.AUTHORITY else "partiet"
            found[row.employer] = (f"Där {who} anställer", reasoning_of(one.terms, one.answer, on=on))
    both = len(found) > 1
    return [(who if both else "", panel) for _, (who, panel) in sorted(found.items())]


def empty_end(endings: Sequence[Ending]) -> str:
    """What an end that is left empty comes to: the law's last day where an authority employs, the policy of a party's own."""
    left = [each.one for each in endings if each.renewed is None]
    by_law = next((one.authority_name for one in left if one.row.employer == Employer.AUTHORITY), "")
    by_policy = any(one.row.employer == Employer.PARTY for one in left)
    if by_law and by_policy:
        means = f"den sista möjliga dagen där {by_law} anställer, och utgångsläget där partiet anställer"
    else:
        means = "utgångsläget" if by_policy else "den sista möjliga dagen"
    return f"Lämnar du det tomt blir det {means}."


def _permanent(row: Employment, since: date | None, answer: Answer, on: date) -> str:
    """As the former's own page says it, where that is permanent; else what the renewal comes to (LAS 5 a §)."""
    renewed = answer.limit.permanent_on
    within = renewed if renewed and answer.ends and renewed <= answer.ends else None
    turns = since or turned_on(row) or within
    if turns is None:
        return ""
    if turns <= on:
        return f"Sedan {shown_day(turns)} är det en tillsvidareanställning."
    return f"Blir tillsvidareanställning {shown_day(turns)}."


def ended_alone(row: Employment, act: Row) -> str:
    """On the page that renews one: that they leave, before anything is renewed."""
    if act.kind == Kind.NOTICE:
        words = f"Anställningen är uppsagd {shown_day(act.decided_on)}."
    else:
        words = f"Anställningen slutar i förtid, {shown_day(row.ends_on or act.decided_on)}."
    return f"{words} Den förnyas ändå, om du trycker på Förnya."


def line_of(
    each: Ending, plan: Renewal | None, faults: Mapping[Any, Fault], chosen: Sequence[UUID], *, on: date
) -> dict[str, Any]:
    """One row of the table."""
    row = each.one.row
    fault = faults.get(row.id)
    answer = plan.answer if plan and not fault else None
    return {
        "id": row.id,
        "name": each.one.name,
        "title": each.one.title,
        "percent": row.extent_percent,
        "ended": row.ends_on,
        "chosen": row.id in chosen,
        "starts": plan.terms.starts if plan and answer else None,
        "ends": answer.ends if answer else None,
        "permanent": _permanent(row, each.since, answer, on) if answer else "",
        "fault": fault.sentence if fault else "",
        "by_itself": url_for("contracts.renew_one", employment_id=row.id)
        if fault and fault.field in (REASON, ALONE)
        else "",
        "renewed": url_for("contracts.employment", employment_id=each.renewed.id) if each.renewed else "",
        "off": each.renewed is not None and each.renewed.never_began,
    }


def summary_of(
    form: RenewManyForm, endings: Sequence[Ending], faults: Mapping[Any, Fault], none_chosen: bool
) -> list[tuple[str, str]]:
    """What is to be put right: field id and sentence."""
    own = [(field.id, str(field.errors[0])) for field in form if field.errors]
    rows = [
        (f"vald-{each.one.row.id}", f"{each.one.name}: {fault.sentence}")
        for each in endings
        if (fault := faults.get(each.one.row.id))
    ]
    return [*own, *([("alla", "Kryssa för minst en som ska förnyas.")] if none_chosen else []), *rows]
