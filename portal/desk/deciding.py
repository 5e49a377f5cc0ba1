"""What waits for whoever decides, on their to-do list. The case is named, a candidate never."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from portal.clock import STOCKHOLM
from portal.desk.agenda import Item
from portal.desk.facts import Assessor, Recruitment
from portal.review.phases import may_meet
from portal.swedish_dates import in_words


def deciding_items(cases: Iterable[Recruitment], *, at: datetime, person_id: UUID) -> Iterator[Item]:
    """What waits for the person as one who decides, assessing or not; of the office, only where they do not assess."""
    for case in cases:
        own = case.assessor(person_id)
        if case.over or case.is_draft or case.takes_applications(at) or not case.arrived:
            continue
        if case.decides:
            yield from _apart(case, at)
        elif case.decides_too and own is not None:
            yield from _too(case, own, at)


def _apart(case: Recruitment, at: datetime) -> Iterator[Item]:
    if case.to_answer:
        text = f"Svara om jäv för {in_words(case.to_answer)} sökande"
        yield _item(case, at, text, "innan du beslutar", "review.conflicts", ("1 min", "outlined", ""))
    elif may_meet(case.phase) and case.with_outcome and not case.without_outcome:
        yield _to_go_through(case, at)
    elif may_meet(case.phase) and case.to_write and (case.assessed(at) or case.with_outcome):
        yield _item(case, at, "Läs bedömningen och skriv utfallen", "du beslutar", "desk.case")


def _too(case: Recruitment, own: Assessor, at: datetime) -> Iterator[Item]:
    """While they have something left to assess, that is what they are asked for."""
    if not case.without_outcome:
        yield _to_go_through(case, at)
    elif case.to_write and (case.assessed(at) or (case.with_outcome and own.is_done(case.arrived))):
        text = f"Skriv utfallet för {in_words(case.to_write)} sökande"
        yield _item(case, at, text, "du beslutar", "decisions.outcome")


def _to_go_through(case: Recruitment, at: datetime) -> Item:
    return _item(case, at, "Gå igenom beslutet", "alla har ett utfall", "decisions.checklist")


def _item(
    case: Recruitment, at: datetime, text: str, about: str, endpoint: str, tag: tuple[str, str, str] | None = None
) -> Item:
    on, words = at.astimezone(STOCKHOLM).date(), f"{case.shown_title} · {about}"
    return Item(on, text, words, endpoint, {"ad_id": case.ad_id}, tag)
