"""The to-do list in order of date. The case is named, a candidate never: the list is read over somebody's shoulder."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.ads.window import STOCKHOLM
from portal.desk.facts import Assessor, Ending, Recruitment
from portal.review.workload import applications_left, applications_text, minutes
from portal.swedish_dates import MONTHS, WEEKDAYS, in_words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to know, on its day.

    ``endpoint`` and ``values`` make its address; ``tag`` is (text, kind, sign).
    """

    day: date
    text: str
    about: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    tag: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The items of one day, or all that is late. ``state`` is late, today or empty."""

    heading: str
    small: str
    state: str
    items: tuple[Item, ...]


PROMISE_IS_NEAR = timedelta(days=7)
CORRECTED = "Publicera ändringarna i annonsen"
LASTING = "Tar inte slut på slutdatumet: förläng utan slutdatum, eller skriv in uppsägningen"
AUTOMATIC = ("Sker automatiskt", "plain", "")
STOPS_PUBLISHING = ("Hindrar publicering", "warn", "")


def office_items(cases: Iterable[Recruitment], *, at: datetime, person_id: UUID) -> Iterator[Item]:
    """What waits for the party's office, with what waits for the person as an assessor."""
    for case in cases:
        if case.over:
            continue
        if case.is_draft:
            yield _draft(case, at)
            continue
        yield from _news(case, at)
        if case.unpublished:
            why = "de som söker ser ännu den förra versionen"
            yield _item(case, _on(at), CORRECTED, why, "ads.publish")
        if case.lacks_reader:
            why = "den som var utsedd är inte kvar på kansliet"
            yield _item(case, _on(at), "Utse vem som läser skyddade personuppgifter", why, "protection.ad_reader")
        if case.needs_other_reader:
            why = "den som är utsedd får inte öppna alla som har sökt under kodnamn"
            yield _item(case, _on(at), "Utse en annan som läser skyddade personuppgifter", why, "protection.ad_reader")
        if case.takes_applications(at):
            yield from _open(case)
        else:
            yield from _promised(case, _on(at))
            yield from _closed(case, at)
        yield from assessor_items([case], at=at, person_id=person_id)


def _on(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()


def _item(case: Recruitment, day: date, text: str, about: str, endpoint: str, tag: Any = None) -> Item:
    words = f"{case.shown_title} · {about}" if about else case.shown_title
    return Item(day, text, words, endpoint, {"ad_id": case.ad_id}, tag)


def _counted(count: int, one: str, many: str) -> str:
    return f"{in_words(count).capitalize()} {one if count == 1 else many}"


def _draft(case: Recruitment, at: datetime) -> Item:
    on = _on(at)
    if case.wrong:
        points = "en röd punkt" if case.wrong == 1 else f"{in_words(case.wrong)} röda punkter"
        return _item(case, on, f"Rätta {points} i annonsen", case.first_mark, "ads.edit", STOPS_PUBLISHING)
    if case.missing:
        left = "en sak kvar" if case.missing == 1 else f"{in_words(case.missing)} saker kvar"
        return _item(case, on, "Skriv klart annonsen", left, "ads.edit")
    return _item(case, on, "Publicera annonsen", "allt är ifyllt", "ads.publish")


def _news(case: Recruitment, at: datetime) -> Iterator[Item]:
    if case.fresh:
        text = _counted(case.fresh, "ny ansökan", "nya ansökningar") + " sedan i går"
        yield _item(case, _on(at), text, f"{case.arrived} i allt", "desk.case")


def _open(case: Recruitment) -> Iterator[Item]:
    assert case.deadline is not None
    if not case.panel:
        yield _item(case, case.deadline, "Utse bedömare", "innan annonsen stänger", "review.panel")
    so_far = f"{applications_text(case.arrived).lower()} hittills"
    yield _item(case, case.deadline, "Annonsen stänger kl. 23.59", so_far, "desk.case", AUTOMATIC)


def _about_the_panel(case: Recruitment, on: date) -> Iterator[Item]:
    """What only the office can mend: nobody leads, or nobody can judge."""
    if case.panel and not case.has_leader:
        yield _item(case, on, "Välj vem som leder bedömningen", "den som ledde är inte kvar", "review.panel")
    if case.panel and case.unjudged:
        text = f"Alla bedömare har jäv mot {in_words(case.unjudged)} sökande: utse en ersättare"
        yield _item(case, on, text, "", "review.panel")


def _closed(case: Recruitment, at: datetime) -> Iterator[Item]:
    on, closed_on = _on(at), case.deadline or _on(at)
    if not case.arrived:
        yield _item(case, on, "Avsluta rekryteringen", "ingen ansökan finns att bedöma", "decisions.checklist")
        return
    if case.to_record:
        yield recording_item(case.ad_id, case.shown_title, case.to_record, on)
    if not case.with_outcome or case.assesses(at):
        yield from _about_the_panel(case, on)
    if case.to_offer_again:
        why = "den som var tillfrågad har dragit sig ur"
        yield _item(case, on, "Välj vem som ska erbjudas tjänsten", why, "decisions.outcome")
    if not case.panel and case.without_outcome:
        yield _item(case, min(closed_on, on), "Utse bedömare", "annonsen har stängt", "review.panel")
    if case.assesses(at):
        yield from _to_mask(case, on)
        yield _waiting(case, on)
    if case.with_outcome:
        yield from _finish(case, on)
    elif case.assessed(at):
        yield from _after_assessing(case, on)


def recording_item(ad_id: UUID, title: str, count: int, on: date) -> Item:
    """So many of a recruitment, over or not, are to be employed and have no employment recorded."""
    text = "Registrera anställningen" if count == 1 else f"Registrera {in_words(count)} anställningar"
    return Item(on, text, f"{title} · utfallet är anställs", "contracts.employ", {"ad_id": ad_id})


def _promised(case: Recruitment, on: date) -> Iterator[Item]:
    """The day on which candidates have been told that they will know, from a week before as long as somebody does not."""
    untold = case.arrived - case.released
    if case.promised is not None and untold > 0 and case.promised - on <= PROMISE_IS_NEAR:
        who = _counted(untold, "sökande väntar", "sökande väntar").lower()
        yield _item(
            case, case.promised, "Besked lovat till de sökande", who, "decisions.checklist", ("Lovat", "warn", "")
        )


def _to_write(case: Recruitment, on: date) -> Iterator[Item]:
    if case.to_write:
        done = f"{case.with_outcome} av {case.arrived} klara" if case.with_outcome else ""
        yield _item(case, on, f"Skriv utfallet för {in_words(case.to_write)} sökande", done, "decisions.outcome")


def _finish(case: Recruitment, on: date) -> Iterator[Item]:
    if case.without_outcome:
        yield from _to_write(case, on)
        return
    told = f"{in_words(case.released)} av {in_words(case.arrived)}" if case.released else "ingen"
    whole = case.released == case.arrived
    why = "alla har fått besked" if whole else f"alla har ett utfall, {told} har fått besked"
    yield _item(case, on, "Avsluta rekryteringen", why, "decisions.checklist")


def _after_assessing(case: Recruitment, on: date) -> Iterator[Item]:
    if not case.called:
        yield _item(case, on, "Se den gemensamma bilden", "bedömningarna är inne", "review.joint")
    yield from _to_write(case, on)


def _to_mask(case: Recruitment, on: date) -> Iterator[Item]:
    """Nobody can judge what is not masked yet."""
    left = case.arrived - case.masked
    if case.blind and left:
        yield _item(case, on, f"Maskera {applications_text(left).lower()}", "innan någon kan bedöma", "review.masking")


def _waiting(case: Recruitment, on: date) -> Item:
    state = f"{case.handed_in} av {len(case.panel)} har lämnat in"
    if case.hand_in_by is None:
        return _item(case, on, "Bestäm när bedömningarna ska vara inne", state, "review.panel")
    local = case.hand_in_by.astimezone(STOCKHOLM)
    return _item(case, local.date(), f"Bedömningen går ut kl. {local:%H.%M}", state, "review.panel", AUTOMATIC)


def assessor_items(cases: Iterable[Recruitment], *, at: datetime, person_id: UUID) -> Iterator[Item]:
    """What waits for one assessor: how many, about how long, and until when."""
    for case in cases:
        own = case.assessor(person_id)
        if own is None or case.over or case.is_draft:
            continue
        if case.takes_applications(at):
            assert case.deadline is not None
            so_far = f"{applications_text(case.arrived).lower()} hittills"
            yield _item(case, case.deadline, "Bedömningen öppnar när annonsen stänger", so_far, "desk.case", AUTOMATIC)
        elif case.without_outcome:
            yield from _assessing(case, own, at)


def _assessing(case: Recruitment, own: Assessor, at: datetime) -> Iterator[Item]:
    by = case.hand_in_by
    if own.is_done(case.arrived) or (by is not None and at >= by):
        return
    day = by.astimezone(STOCKHOLM).date() if by else _on(at)
    until = f"lämna in senast kl. {by.astimezone(STOCKHOLM):%H.%M}" if by else ""
    unanswered, left = own.unanswered(case.arrived), own.left(case.criteria)
    if unanswered > 0:
        text = f"Svara om jäv för {in_words(unanswered)} sökande"
        yield _item(case, _on(at), text, "innan ansökningarna öppnas", "review.conflicts", ("1 min", "outlined", ""))
    elif left > 0:
        applications = applications_left(left, case.criteria)
        time = f"cirka {minutes(applications, case.criteria)} minuter"
        text = f"Bedöm {applications_text(applications).lower()}"
        if own.given:
            text = f"Bedöm vidare: {left} av {own.to_judge * case.criteria} svar kvar"
        yield _item(case, day, text, until, "review.assess", (time, "outlined", ""))
    elif own.to_judge or not own.clear:  # else all wait to be masked
        yield _item(case, day, "Ordna och lämna in din bedömning", until, "review.order")


def ending_items(endings: Iterable[Ending]) -> Iterator[Item]:
    """Employments that come to their end, by day."""
    for ending in endings:
        if over := ending.count - ending.lasting:
            text = _counted(over, "anställning upphör", "anställningar upphör")
            yield Item(ending.on, text, "Se vilka i registret över anställningar", "contracts.employments")


def lasting_items(endings: Iterable[Ending]) -> Iterator[Item]:
    """Employments that do not end on their last day, by that day: somebody has to say what is to become of them."""
    for ending in endings:
        if ending.lasting:
            text = _counted(ending.lasting, "anställning blir tills vidare", "anställningar blir tills vidare")
            yield Item(ending.on, text, LASTING, "contracts.employments")


def arrival_items(fresh: int, on: date) -> Iterator[Item]:
    """What has come to the authority since the day before."""
    if fresh:
        text = _counted(fresh, "ny ansökan", "nya ansökningar") + " sedan i går"
        yield Item(on, text, "Registrerade med löpande nummer", "disclosure.register")


def days_of(items: Iterable[Item], on: date) -> list[Day]:
    """The items by day: what is late first, in one group, then to-day, then what comes."""
    ordered = sorted(items, key=lambda item: item.day)
    late = tuple(item for item in ordered if item.day < on)
    days = [Day("Försenat", f"sedan {_with_year(late[0].day, on)}", "late", late)] if late else []
    for day in sorted({item.day for item in ordered if item.day >= on}):
        own = tuple(item for item in ordered if item.day == day)
        if day == on:
            days.append(Day("I dag", f"{WEEKDAYS[day.weekday()][:3]} {_short(day)}", "today", own))
        else:
            days.append(Day(WEEKDAYS[day.weekday()].capitalize(), _with_year(day, on), "", own))
    return days


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _with_year(day: date, on: date) -> str:
    return _short(day) if day.year == on.year else f"{_short(day)} {day.year}"


def heading_of(days: Sequence[Day]) -> str:
    """ "Sju saker, två i dag" """
    count = sum(len(day.items) for day in days)
    now = sum(len(day.items) for day in days if day.state)
    if not count:
        return "Inget att göra just nu"
    things = "En sak" if count == 1 else f"{in_words(count).capitalize()} saker"
    return f"{things}, {in_words(now) if now else 'ingen'} i dag"
