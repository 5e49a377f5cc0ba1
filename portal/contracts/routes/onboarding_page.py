"""What the page of an employment's first days says: the rules it goes by, the steps with their forms, and what is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_write_onboarding
from portal.contracts.onboarding.copying import KEY, steps_of_rules
from portal.contracts.onboarding.days import Stand
from portal.contracts.onboarding.forms import DoneForm, LeaveOutForm, MoveForm, StepForm
from portal.contracts.onboarding.models import Onboarding
from portal.contracts.onboarding.queries import Shown, onboarding_of, rules_copied, rules_on, shown_steps
from portal.contracts.onboarding.refusals import STEP_GONE
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.queries import has_ended
from portal.contracts.written.rules import Rules
from portal.db import db
from portal.profiles.faults import BadProfile
from portal.profiles.profile import when_words
from portal.web.forms import HouseForm


@dataclass(frozen=True, slots=True)
class Row:
    """A step with the forms that change it. ``when`` is whose its day is; ``tried``: one of those behind a line failed."""

    shown: Shown
    when: str
    tick: HouseForm | None
    move: HouseForm | None
    leave_out: HouseForm | None
    tried: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of the first days: by name and version, where, how many steps; or what is unclear."""

    name: str = ""
    source: str = ""
    steps: int = 0
    unclear: str = ""


def page_of(
    employment_id: UUID,
    filled: HouseForm | None = None,
    step_id: UUID | None = None,
    *,
    status: int = 200,
    fault: str = "",
) -> ResponseReturnValue:
    """``filled`` is the form that did not go through, of the step ``step_id`` where it is one's; that may have been taken
    away since the page was opened. What no page of ours has sent has an id like any that never was."""
    one = next(iter(employments_of(db.session, employment_id)), None)
    if one is None:
        abort(404)
    on = clock.today()
    head = onboarding_of(db.session, employment_id)
    steps = shown_steps(db.session, head, one.row.starts_on, on=on) if head else []
    gone = step_id is not None and step_id not in {step.row.id for step in steps}
    if gone and "marks" not in request.form:
        abort(404)
    over = has_ended(db.session, one.row, on=on)
    may_write = may_write_onboarding(g.actor) and not over
    page = {
        "one": one,
        "head": head,
        "told": _told(one, head, on),
        "rows": [_row(step, on, filled if step.row.id == step_id else None, may_write) for step in steps],
        "counts": {stand.value: sum(step.stand is stand for step in steps) for stand in Stand},
        "filled": filled,
        "fault": fault or (STEP_GONE if gone else ""),
        "in_vain": _typed(filled) if gone and filled else [],
        "may_write": may_write,
        "over": over,
        "form": filled if isinstance(filled, StepForm) else StepForm(formdata=None, data={"due": one.row.starts_on}),
        "current": "employments",
    }
    return render_template("contracts/onboarding.html", **page), 409 if gone else status


def _typed(form: HouseForm) -> list[tuple[str, list[str]]]:
    """What was typed of a step that is gone: label and lines, to be copied."""
    texts = {field.label.text: str((field.raw_data or [""])[0]) for field in form if field.id != "csrf_token"}
    return [(label, text.splitlines()) for label, text in texts.items() if text.strip()]


def _told(one: Employed, head: Onboarding | None, on: date) -> Told:
    """The version that was copied, as it is kept; before anything is, the rules as they are to-day."""
    try:
        if head is not None and head.source:
            return Told(rules_copied(head), head.source)
        rules = rules_on(db.session, one.row, on)
    except BadProfile:  # said on the page of the rules
        return Told(unclear="Reglerna går inte att läsa just nu.")
    return _of_rules(rules)


def _of_rules(rules: Rules) -> Told:
    name = f"{rules.profile.name}, version {rules.profile.version}" if rules.profile else ""
    return Told(name, rules.source(KEY), len(steps_of_rules(rules)), rules.unclear(KEY))


def _row(step: Shown, on: date, filled: HouseForm | None, may_write: bool) -> Row:
    left = may_write and step.stand in (Stand.LEFT, Stand.LATE)
    return Row(
        shown=step,
        when=_when(step),
        tick=_form(DoneForm, step, filled, done_on=on) if left else None,
        move=_form(MoveForm, step, filled, due=step.due) if left else None,
        leave_out=_form(LeaveOutForm, step, filled) if left else None,
        tried=isinstance(filled, MoveForm | LeaveOutForm),
    )


def _when(step: Shown) -> str:
    row = step.row
    if row.own or row.days == row.rule_days:
        return when_words(row.days)
    if row.rule_days is not None:
        return f"{when_words(row.days)}, flyttat av kansliet; reglerna säger {when_words(row.rule_days)}"
    return f"{when_words(row.days)}; reglerna säger inte när"


def _form(kind: type[HouseForm], step: Shown, filled: HouseForm | None, **data: date) -> Any:
    """Each step's own, with ids that no other step's fields have."""
    form: Any = filled if type(filled) is kind else kind(formdata=None, data=data)
    for field in form:
        field.id = f"{field.name}-{step.row.position}"
        field.label.field_id = field.id
    return form
