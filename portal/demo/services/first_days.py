"""The first days of one who has been employed in the demo: begun from the region's rules, and nearly done."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from portal import scope
from portal.contracts.onboarding.queries import steps_of
from portal.contracts.onboarding.services.listing import add_step, begin_onboarding
from portal.contracts.onboarding.services.ticking import leave_out_step, tick_step
from portal.demo.services.employing import Employee, day
from portal.demo.services.people import House, writing
from portal.demo.services.reviewing import office_actor

DONE = (-20, -17, -16, -16, -14, -10)  # the first steps of the rules, each on its day
TOLD_BY_WORD = "Gruppledaren var med när avtalet skrevs under."


def begin_first_days(app: Flask, house: House, who: Employee, at: datetime) -> None:
    """Six of the rules' eight steps are done, one does not apply and the last is late; one of the office's own is left."""
    own, about = scope.party(house.party), {"employment_id": who.employment, "actor": office_actor(house)}

    def now(days: int = 0) -> dict[str, Any]:
        return {**about, "at": at + timedelta(days=days), "on": day(at + timedelta(days=days))}

    with writing(app, own) as session:
        head = begin_onboarding(session, **now(-9))
        assert head is not None
        head_id = head.id
    with writing(app, own) as session:
        steps = [step.id for step in steps_of(session, head_id)]
        for step_id, ago in zip(steps, DONE, strict=False):
            tick_step(session, step_id=step_id, done_on=day(at + timedelta(days=ago)), **now(-9))
        leave_out_step(session, step_id=steps[len(DONE)], reason=TOLD_BY_WORD, **now(-8))
        due = day(at + timedelta(days=5))
        add_step(session, what="Beställ telefon och dator", who="Kanslichefen", due=due, **now(-8))
