"""The ad checker: red marks that stop publishing and yellow ones that ask for a second look.

PURE: it is given rows or anything with the same attributes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.ads.parts import PART_OF_FIELD, unsettled
from portal.ads.states import AdState
from portal.ads.term import TermPlan, plan_term
from portal.ads.wording import asks_for_licence, neutral_title, pay_history_question
from portal.elections.calendar import is_election_year
from portal.organisations.retention import in_force, other_months
from portal.posts.employer_model import Employer, model_for
from portal.swedish_dates import swedish_day, swedish_weekday_day

MOST_ON_A_SCALE: Final = 5
WITHOUT_DECISION: Final = "Ange gallringsbeslutet. Utan ett beslut får allmänna handlingar inte gallras."
WITHOUT_RULE: Final = "Ange partiets regel för hur länge ansökningarna sparas. Utan en regel raderas de aldrig."
TOO_MANY: Final = (
    "Fler än fem krav och meriter bedöms på en skala. Varje sådant läses hos alla sökande: slå ihop eller stryk, så hinner "
    "bedömarna, också på en telefon."
)
NOTHING_WEIGHS: Final = (
    "Allt som bedöms på en skala har vikt 0. Då blir det inget vägt medel, och bedömarnas ordningar börjar tomma. "
    "Vikterna går inte att ändra när annonsen är publicerad."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to put right: a Swedish sentence, the field it is about, whether it stops publishing (red), and
    whether something is merely missing."""

    field: str
    sentence: str
    stops: bool = False
    missing: bool = False

    @property
    def part(self) -> str:
        """The part of the ad where it is put right."""
        return PART_OF_FIELD[self.field]


def check_ad(
    ad: Any,
    criteria: Sequence[Any],
    contacts: Sequence[Any],
    *,
    controller_name: str | None,
    on: date,
    published_start: date | None = None,
) -> list[Mark]:
    """Every mark on the ad as it stands on the day ``on``, in the order of its parts, red before yellow in each.

    ``controller_name`` is that of the party or the authority that the employer makes controller. ``published_start`` is the
    first day that people have read: unchanged it is not judged again, or nothing else could be put right once it is over.
    """
    found = [
        *_employer(ad, controller_name),
        *_extent(ad),
        *_term(ad, on, published_start),
        *_salary(ad),
        *_text(ad),
        *_criteria(criteria),
        *_documents(ad),
        *_deadline(ad, on),
        *_contacts(contacts),
        *_pay_history(ad, criteria),
    ]
    found += _unsettled(ad, {mark.field for mark in found if mark.stops})
    order = list(dict.fromkeys(PART_OF_FIELD.values()))
    return sorted(found, key=lambda mark: (order.index(mark.part), not mark.stops))


def marks_of(
    ad: Any,
    criteria: Sequence[Any],
    contacts: Sequence[Any],
    *,
    party: Any,
    rules: Iterable[Any],
    on: date,
    published_start: date | None = None,
) -> list[Mark]:
    """The same of an ad of this party, with what follows from the rules on keeping that the party and its authority have
    given themselves: whoever shows what is left to do and whoever publishes ask here."""
    controller = controller_of(ad.employer, party=party, authority=party.authority)
    found = check_ad(ad, criteria, contacts, controller_name=controller, on=on, published_start=published_start)
    return [*_keeping(ad, party, rules, on), *_months_twice(ad), *found]


def _keeping(ad: Any, party: Any, rules: Iterable[Any], on: date) -> Iterator[Mark]:
    """Where a draft keeps what its employer had decided before: fewer months than an authority keeps them, or a basis that
    is another by now."""
    if ad.state != AdState.DRAFT or not ad.employer:
        return
    by_authority = ad.employer == Employer.AUTHORITY
    employer = party.authority if by_authority else party
    own = [rule for rule in rules if employer.id == (rule.authority_id if by_authority else rule.party_id)]
    now = in_force(own, on)
    if now is None:
        return
    former = ad.retention_rule != now.basis and any(rule.basis == ad.retention_rule for rule in own)
    short = by_authority and 0 < (ad.retention_months or 0) < now.months
    if former or short:
        yield _wrong(
            "retention_months",
            f"{employer.name} har ändrat hur länge ansökningar sparas: nu {now.months} månader, {now.basis.rstrip('.')}. "
            "Töm de två fälten och spara, så står det som gäller nu.",
        )


def _months_twice(ad: Any) -> Iterator[Mark]:
    """Where a draft's basis names other months than stand beside it."""
    if ad.state == AdState.DRAFT and (other := other_months(ad.retention_rule or "", ad.retention_months)):
        yield Mark(
            "retention_months",
            f"Regeln säger {other} månader, men ansökningarna sparas {ad.retention_months}. Båda syns i annonsen.",
        )


def stopping(marks: Iterable[Mark]) -> list[Mark]:
    """The red marks."""
    return [mark for mark in marks if mark.stops]


def _lacks(field: str, sentence: str) -> Mark:
    return Mark(field, sentence, stops=True, missing=True)


def _wrong(field: str, sentence: str) -> Mark:
    return Mark(field, sentence, stops=True)


def _empty(field: str, sentence: str) -> Mark:
    return Mark(field, sentence, missing=True)


def _employer(ad: Any, controller_name: str | None) -> Iterator[Mark]:
    if not ad.employer:
        yield _lacks("employer", "Ange vem som anställer. Slutdatum, ansvar och gallring följer av det.")
    elif not (controller_name or "").strip():
        yield _wrong("employer", "Arbetsgivaren saknar personuppgiftsansvarig. Be den som driver portalen ange vem.")
    if not ad.retention_months:
        yield _lacks("retention_months", "Ange hur länge ansökningarna sparas.")
    elif not (ad.retention_rule or "").strip():
        by_authority = ad.employer == Employer.AUTHORITY
        yield _lacks("retention_rule", WITHOUT_DECISION if by_authority else WITHOUT_RULE)


def _extent(ad: Any) -> Iterator[Mark]:
    if ad.extent_percent is None:
        yield _empty("extent_percent", "Ange omfattningen i procent av heltid. Den som söker vill veta.")
    if not ad.place:
        yield _empty("place", "Ange orten där arbetet utförs.")
    if not ad.hours:
        yield _empty("hours", "Skriv om arbetstiden är reglerad, och om kvällar och helger ingår.")


def _term(ad: Any, on: date, published_start: date | None) -> Iterator[Mark]:
    if not ad.employer:
        return
    if ad.earliest_start is None:
        yield _lacks("earliest_start", "Ange tidigaste tillträde. Därifrån räknas sista möjliga dag.")
        return
    if ad.earliest_start < on and ad.earliest_start != published_start:
        yield _wrong("earliest_start", f"Tillträdet {swedish_day(ad.earliest_start)} har passerat. Välj en ny dag.")
    elif ad.deadline and ad.earliest_start <= ad.deadline < (ad.latest_end or date.max):
        sentence = f"Sista ansökningsdag är inte före tillträdet {swedish_day(ad.earliest_start)}. Rätta den ena."
        yield _wrong("earliest_start" if ad.state == AdState.PUBLISHED else "deadline", sentence)
    forever = ad.employment_form == "tillsvidare"
    if forever and ad.employer == Employer.AUTHORITY:
        sentence = "Tills vidare går inte när regionen eller kommunen anställer. Välj tidsbegränsad anställning."
        yield _wrong("employment_form", sentence)
    plan = plan_term(
        employer=ad.employer, on=on, deadline=ad.deadline, decided=ad.expected_decision,
        starts=ad.earliest_start, ends=ad.latest_end, form=ad.employment_form,
    )  # fmt: skip
    if ad.latest_end is None and not (forever and ad.employer == Employer.PARTY) and not plan.lacks_end:
        yield _lacks("latest_end", "Slutdatumet saknas. Öppna delen och spara, så räknas det ut.")
    yield from _plan(plan, ad)


def _plan(plan: TermPlan, ad: Any) -> Iterator[Mark]:
    refusal = plan.refusal(reason_given=bool(ad.end_reason))
    if refusal is not None:
        yield _wrong(refusal.field or "latest_end", refusal.sentence)
    if ad.expected_decision and ad.deadline and ad.expected_decision <= ad.deadline:
        sentence = "Beslutet är tänkt före sista ansökningsdag. Flytta det till en dag efter."
        yield Mark("expected_decision", sentence)
    if ad.latest_end and ad.deadline and ad.deadline >= ad.latest_end:
        yield _wrong("deadline", "Sista ansökningsdag är inte före slutdatumet. Rätta den ena.")
    if plan.starts < plan.decided:
        sentence = f"Tillträdet ligger före beslutet {swedish_day(plan.decided)}. Välj en senare dag."
        yield Mark("earliest_start", sentence)
    if plan.after_election is not None and plan.limit is not None:
        yield Mark(
            "expected_decision",
            f"Valet {swedish_day(plan.limit.election.day)} ligger nära. Fattas beslutet först efter det räcker "
            f"anställningen till {swedish_day(plan.after_election.latest_end)}.",
        )
    if plan.limit is not None and _of_earlier_election(ad.latest_end, plan.limit.latest_end):
        end, last = swedish_day(ad.latest_end), swedish_day(plan.limit.latest_end)
        sentence = (
            f"Slutdatumet {end} är det som ett tidigare val ger. Nu kan det vara {last}. Töm fältet om det ska bli så."
        )
        yield Mark("latest_end", sentence)
    if plan.limit is not None and plan.limit.verdict == "warn" and plan.limit.permanent_on:
        day, what = swedish_day(plan.limit.permanent_on), "vikariatet" if plan.stands_in else "anställningen"
        yield Mark("latest_end", f"{day} blir {what} en tillsvidareanställning enligt LAS.")


def _of_earlier_election(end: date | None, last: date) -> bool:
    """Whether an end is the last day that an earlier election gives, as one left empty before the days were moved."""
    return end is not None and end < last and is_election_year(end.year) and (end.month, end.day) == (12, 31)


def _salary(ad: Any) -> Iterator[Mark]:
    if ad.salary_low is None and ad.salary_high is None and not ad.salary_reason:
        yield _empty("salary_low", "Ange ett löneintervall, eller skriv varför det inte går.")
    if not ad.collective_agreement:
        yield _empty("collective_agreement", "Skriv vilket kollektivavtal som gäller, eller att inget gör det.")


def _text(ad: Any) -> Iterator[Mark]:
    if not ad.title:
        yield _lacks("title", "Skriv en rubrik.")
    elif neutral := neutral_title(ad.title):
        yield Mark("title", f"Rubriken pekar på ett kön. Skriv till exempel ”{neutral}”.")
    if not ad.intro:
        yield _empty("intro", "Skriv en ingress: vem man arbetar för och med vad.")
    if not ad.tasks:
        yield _lacks("tasks", "Skriv minst en arbetsuppgift.")


def _criteria(criteria: Sequence[Any]) -> Iterator[Mark]:
    if not any(row.kind == "krav" for row in criteria):
        yield _lacks("criteria", "Skriv minst ett krav. Bara det som står i annonsen får bedömas.")
    elif not any(row.judged == "skala" for row in criteria):
        yield Mark("criteria", "Inget bedöms på en skala, så de sökande går inte att ordna efter kraven.")
    elif not any(row.weight for row in criteria if row.judged == "skala"):
        yield Mark("criteria", NOTHING_WEIGHS)
    if sum(row.judged == "skala" for row in criteria) > MOST_ON_A_SCALE:
        yield Mark("criteria", TOO_MANY)
    for row in criteria:
        if asks_for_licence(row.text) and row.kind == "krav" and not row.explanation:
            yield Mark("criteria", "Körkort krävs utan skäl. Skriv varför det behövs, eller gör det meriterande.")


def _documents(ad: Any) -> Iterator[Mark]:
    if not ad.documents:
        yield _empty("documents", "Inget ska skickas in utom svaren på kraven. Välj CV om ni vill ha ett.")


def _deadline(ad: Any, on: date) -> Iterator[Mark]:
    if ad.deadline is None:
        yield _lacks("deadline", "Ange sista ansökningsdag.")
    elif ad.deadline < on:
        day = swedish_weekday_day(ad.deadline)
        yield _wrong("deadline", f"Sista ansökningsdag, {day}, har passerat. Välj en ny dag.")


def _contacts(contacts: Sequence[Any]) -> Iterator[Mark]:
    if not any(row.name and (row.email or row.phone) for row in contacts):
        yield _lacks("contacts", "Ange minst en kontaktperson med e-post eller telefon.")


def _pay_history(ad: Any, criteria: Sequence[Any]) -> Iterator[Mark]:
    texts = [
        ("intro", ad.intro), ("tasks", "\n".join(ad.tasks)), ("salary_form", ad.salary_form),
        ("salary_reason", ad.salary_reason), ("title", ad.title),
        *(("criteria", f"{row.text}\n{row.explanation}") for row in criteria),
    ]  # fmt: skip
    for field, text in texts:
        if asked := pay_history_question(text):
            yield Mark(field, f"”{asked}” frågar efter tidigare lön. Fråga efter löneanspråk i stället.")


def _unsettled(ad: Any, stopped: set[str]) -> Iterator[Mark]:
    """What was read in a posting and may be wrong, until somebody has looked at it. Not of an ad that is out: it went out so,
    and nothing else in it could be put right, nor its last day moved."""
    if ad.state != AdState.DRAFT:
        return
    yield from (_wrong(entry["field"], entry["question"]) for entry in unsettled(ad) if entry["field"] not in stopped)


def controller_of(employer: str | None, *, party: Any, authority: Any) -> str | None:
    """The name of the controller that the employer makes (personuppgiftsansvarig); None before one is chosen."""
    if not employer:
        return None
    owner = authority if model_for(Employer(employer)).controller == "authority" else party
    name: str = owner.controller_name
    return name
