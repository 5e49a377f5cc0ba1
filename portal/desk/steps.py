"""A recruitment as an ordered checklist, from the first word of the ad to the last candidate's word."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from portal.ads.states import AdState
from portal.desk.facts import Assessor, Recruitment
from portal.review.phases import may_meet
from portal.swedish_dates import in_words, shown_weekday_day

Status = Literal["done", "fix", "left", "waiting", "over"]
STAGES: Final = ("Utkast", "Öppen", "Bedömning", "Gemensam bild", "Utfall", "Anställning")

OPTIONAL: Final = frozenset({"krav"})  # steps that nothing waits for: never the one to take next


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist: where it is done (an endpoint that takes the ad's id) and how it stands."""

    key: str
    group: str
    text: str
    endpoint: str
    status: Status


def office_steps(case: Recruitment, *, at: datetime, person_id: UUID) -> list[Step]:
    """The whole recruitment, for the party's office."""
    steps = [*_of_the_ad(case, at), *_of_the_review(case, at, person_id), *_of_the_decision(case, at)]
    return _as_it_ended(case, steps)


def assessor_steps(case: Recruitment, *, at: datetime, person_id: UUID) -> list[Step]:
    """What an assessor does in it."""
    own = case.assessor(person_id)
    if own is None:
        return decider_steps(case, at=at) if case.decides else []
    closed = not case.takes_applications(at)
    steps = [
        _closing(case, at),
        _conflicts(case, closed, own, "review.conflicts"),
        *(() if own.judges_nobody(case.arrived) else _of_the_assessor(case, at, own)),
        *(_decides(case, _may_be_decided(case, at)) if case.decides_too else ()),
    ]
    return _as_it_ended(case, steps)


def _of_the_assessor(case: Recruitment, at: datetime, own: Assessor) -> Iterator[Step]:
    closed, done = not case.takes_applications(at), own.has_handed_in(case.arrived)
    if own.leads:
        yield _requirements(case, closed, own)
    yield _assessing(case, closed, own, "review.assess")
    yield Step("order", "Bedömningen", "Din egen ordning", "review.order", _when(done, closed))
    yield _joint(case, at)
    yield from _met(case, at)
    if case.called:
        yield _interviews(case)


def decider_steps(case: Recruitment, *, at: datetime) -> list[Step]:
    """What whoever decides without assessing does: answers about jäv, reads what the panel has come to, and decides."""
    closed = not case.is_draft and not case.takes_applications(at)
    open_to_me = closed and may_meet(case.phase) and not case.to_answer
    ready = open_to_me and _may_be_decided(case, at)
    answered = closed and case.arrived > 0 and not case.to_answer
    steps = [
        _closing(case, at),
        Step("conflicts", "Beslutet", "Svara om jäv", "review.conflicts", _when(answered, closed and case.arrived > 0)),
        Step("joint", "Beslutet", "Se den gemensamma bilden", "review.joint", _when(ready and _talked(case), ready)),
        *_decides(case, ready),
    ]
    return _as_it_ended(case, steps)


def _decides(case: Recruitment, ready: bool) -> Iterator[Step]:
    """What whoever decides and is not of the office does of the decision."""
    yield _outcome(case, ready)
    yield Step(
        "told", "Beslutet", "Beslutet, beskeden och beslutsakten", "decisions.checklist", _when(case.over, ready)
    )


def _outcome(case: Recruitment, ready: bool) -> Step:
    text = "Skriv utfallet"
    if 0 < case.with_outcome < case.arrived:
        text += f" · {case.with_outcome} av {case.arrived}"
    whole = case.arrived > 0 and not case.without_outcome
    return Step("outcome", "Beslutet", text, "decisions.outcome", _when(whole, ready))


def _may_be_decided(case: Recruitment, at: datetime) -> bool:
    closed = not case.is_draft and not case.takes_applications(at)
    return closed and case.arrived > 0 and (case.assessed(at) or case.with_outcome > 0)


def _as_it_ended(case: Recruitment, steps: list[Step]) -> list[Step]:
    """Of a recruitment that is over nothing is left to do but to record who is to be employed, and nothing waits: what was
    done is not seen any more once those who applied are gone."""
    if not case.over:
        return steps
    return [
        step if step.status == "done" or (step.key in ("employ", "reader") and step.status in ("fix", "left"))
        else replace(step, status="over", endpoint="" if step.status == "waiting" else step.endpoint)
        for step in steps
    ]  # fmt: skip


def stage(case: Recruitment, *, at: datetime) -> int:
    """Which of `STAGES` the recruitment has reached, counted from 0."""
    if case.is_draft:
        return 0
    if case.takes_applications(at):
        return 1
    if case.assesses(at) or not (case.assessed(at) or case.with_outcome):
        return 2
    if not case.with_outcome:
        return 3
    return 4 if case.without_outcome or not case.hired else 5


def stage_word(case: Recruitment, *, at: datetime) -> str:
    """What the recruitment is at, in a word: between the meeting and the outcome it is the interviews, once called."""
    reached = stage(case, at=at)
    return "Intervjuer" if case.called and STAGES[reached] == "Gemensam bild" else STAGES[reached]


def _when(done: bool, ready: bool) -> Status:
    return "done" if done else "left" if ready else "waiting"


def _of_the_ad(case: Recruitment, at: datetime) -> Iterator[Step]:
    red = case.wrong + case.missing
    if case.is_draft:
        word: Status = "fix" if case.wrong else "left" if case.missing else "done"
        yield Step("write", "Annonsen", "Skriv annonsen", "ads.edit", word)
        yield Step("publish", "Annonsen", "Publicera", "ads.publish", "waiting" if red else "left")
    else:
        yield Step("write", "Annonsen", "Skriv annonsen", "ads.edit", "done")
        text = "Publicera ändringarna i annonsen" if case.unpublished else "Publicera"
        yield Step("publish", "Annonsen", text, "ads.publish", "left" if case.unpublished else "done")
    yield _closing(case, at)
    if case.protected or case.lacks_reader:
        yield _reader(case)


def _reader(case: Recruitment) -> Step:
    lacks = "Utse vem som läser skyddade personuppgifter · ingen är utsedd nu"
    other = "Utse en annan som läser skyddade personuppgifter · den som är utsedd får inte öppna alla"
    text = lacks if case.lacks_reader else other if case.needs_other_reader else "Skyddade personuppgifter"
    wrong = case.lacks_reader or case.needs_other_reader
    return Step("reader", "Annonsen", text, "protection.ad_reader", "fix" if wrong else "done")


def _closing(case: Recruitment, at: datetime) -> Step:
    closed = not case.is_draft and not case.takes_applications(at)
    if case.state == AdState.WITHDRAWN:
        text = "Annonsen är tillbakadragen"
    elif case.deadline:
        text = f"Annonsen {'stängde' if closed else 'stänger'} {shown_weekday_day(case.deadline)} kl. 23.59"
    else:
        text = "Annonsen stänger"
    return Step("close", "Annonsen", text, "", "done" if closed else "waiting")


def _of_the_review(case: Recruitment, at: datetime, person_id: UUID) -> Iterator[Step]:
    own = case.assessor(person_id)
    closed = not case.is_draft and not case.takes_applications(at)
    yield _panel(case, at)
    yield _conflicts(case, closed, own, "review.conflicts" if own else "review.panel")
    if case.blind:
        yield _masking(case, closed)
    yield _requirements(case, closed, own)
    yield _assessing(case, closed, own, "review.assess" if own else "review.panel")
    yield _joint(case, at)
    yield from _met(case, at)


def _panel(case: Recruitment, at: datetime) -> Step:
    text, status = "Utse bedömare", _when(bool(case.panel), not case.is_draft)
    if case.decider_gone and not case.over:
        return Step("panel", "Bedömningen", f"{text} · ingen beslutar nu", "review.panel", "fix")
    if case.over or (case.with_outcome and not case.assesses(at)):
        return Step("panel", "Bedömningen", text, "review.panel", status)
    if case.panel and not case.has_leader:
        text, status = "Utse bedömare · ingen leder nu", "fix"
    elif case.panel and case.unjudged:
        text, status = f"Utse bedömare · {in_words(case.unjudged)} sökande utan bedömare", "fix"
    return Step("panel", "Bedömningen", text, "review.panel", status)


def _conflicts(case: Recruitment, closed: bool, own: Assessor | None, endpoint: str) -> Step:
    asked = (own,) if own else case.panel
    done = bool(asked) and case.arrived > 0 and all(not one.unanswered(case.arrived) for one in asked)
    return Step("conflicts", "Bedömningen", "Svara om jäv", endpoint, _when(done and closed, closed and bool(asked)))


def _masking(case: Recruitment, closed: bool) -> Step:
    left = case.arrived - case.masked
    text = f"Maskera ansökningarna · {in_words(left)} kvar" if closed and left else "Maskera ansökningarna"
    return Step(
        "masking", "Bedömningen", text, "review.masking", _when(closed and not left, closed and case.arrived > 0)
    )


def _requirements(case: Recruitment, closed: bool, own: Assessor | None) -> Step:
    """For the office and whoever leads. Nobody has to fall, so it is done when the assessing or the meeting is."""
    ready = closed and bool(case.panel) and case.arrived > 0
    done = _talked(case) or (own is not None and own.is_done(case.arrived))
    text = "Krav först, om någon kan falla"
    return Step("krav", "Bedömningen", text, "review.requirements", _when(ready and done, ready))


def _assessing(case: Recruitment, closed: bool, own: Assessor | None, endpoint: str) -> Step:
    text = "Bedöm de sökande"
    if own and closed and own.to_judge:
        text += f" · {own.given} av {own.to_judge * case.criteria} svar"
    elif case.panel and closed:
        text += f" · {case.handed_in} av {len(case.panel)} har lämnat in"
    done = own.is_done(case.arrived) if own else bool(case.panel) and case.handed_in == len(case.panel)
    return Step("assess", "Bedömningen", text, endpoint, _when(done, closed and bool(case.panel) and case.arrived > 0))


def _joint(case: Recruitment, at: datetime) -> Step:
    closed = not case.is_draft and not case.takes_applications(at)
    ready = closed and case.assessed(at)
    return Step(
        "joint", "Bedömningen", "Se den gemensamma bilden", "review.joint", _when(ready and _talked(case), ready)
    )


def _met(case: Recruitment, at: datetime) -> Iterator[Step]:
    """One who assesses alone has nobody to meet; a meeting that was held is still there to read."""
    if case.met or not case.assessed_by_one:
        yield _meeting(case, at)


def _meeting(case: Recruitment, at: datetime) -> Step:
    closed = not case.is_draft and not case.takes_applications(at)
    ready = closed and case.assessed(at)
    without = (ready or case.over) and not case.meets and not case.met and _talked(case)
    text, done = ("Inget möte har hållits", True) if without else ("Håll mötet", case.met)
    return Step("meeting", "Bedömningen", text, "review.meeting", _when(ready and done, ready))


def _talked(case: Recruitment) -> bool:
    """The meeting has been held, or what comes after it has begun: two people need no page to agree."""
    return case.met or case.called > 0 or case.with_outcome > 0


def _interviews(case: Recruitment) -> Step:
    return Step("interviews", "Beslutet", "Intervjuer", "interviews.slots", _when(not case.to_meet, ready=True))


def _of_the_decision(case: Recruitment, at: datetime) -> Iterator[Step]:
    closed = not case.is_draft and not case.takes_applications(at)
    ready = _may_be_decided(case, at)
    call = "Kalla till intervju"
    if case.called:
        call += f" · {in_words(case.called)} {'kallad' if case.called == 1 else 'kallade'}"
    yield Step("call", "Beslutet", call, "review.candidates", _when(case.called > 0 or case.over, ready))
    if case.called and not case.over:
        yield _interviews(case)
    yield _outcome(case, ready)
    employed = case.hired > 0 and case.employed >= case.hired
    yield Step("employ", "Beslutet", "Registrera anställningen", "contracts.employ", _when(employed, case.hired > 0))
    told = _when(case.over, closed and not case.without_outcome)
    ends = 0 < case.arrived == case.released and not case.over
    text = "Avsluta rekryteringen" if ends else "Alla har fått besked"
    yield Step("told", "Beslutet", text, "decisions.checklist", told)
