"""What an act comes to: its own limit, the last day it gives, and what stands against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.contracts.acts.kinds import By, Standing
from portal.contracts.terms import END_AND_NONE, Objection
from portal.elections.calendar import decided_at_earliest
from portal.elections.limit import Limit, limit_for_authority, limit_for_party
from portal.elections.permanent import Form, permanent_on
from portal.refusal import N_
from portal.swedish_dates import in_words, months_after, swedish_day

NOT_YET: Final = N_("Dagen har inte varit än. Skriv den dag då det beslutades eller lämnades.")
BEFORE_THE_LAST: Final = N_("Det senaste beslutet om anställningen fattades %(last)s. Skriv den dagen eller en senare.")
STILL_TO_COME: Final = N_(
    "Beslutet om anställningen fattas %(decided)s, så innan dess finns inget att ändra. Blir den inte av, skriv in det i "
    "stället."
)
BEFORE_THE_RECORDING: Final = N_("Anställningen registrerades %(recorded)s. Skriv den dagen eller en senare.")
TOO_EARLY: Final = N_(
    "Ett beslut %(decided)s räcker till och med %(latest_end)s, så anställningen kan inte förlängas från %(starts)s. "
    "En förlängning dit kan beslutas tidigast %(earliest)s, dagen efter valet."
)
TOO_LONG: Final = N_(
    "%(ends)s går inte. Ett beslut %(decided)s räcker längst till och med %(latest_end)s, det år då nästa val hålls "
    "(%(election)s). Tiden därefter kan beslutas tidigast %(earliest)s, dagen efter valet."
)
NOT_LONGER: Final = N_("Anställningen gäller redan till och med %(present)s. Skriv en senare dag.")
SAY_HOW_LONG: Final = N_("Skriv ett slutdatum, eller kryssa för tills vidare.")
SAY_WHY: Final = N_("Skriv varför partiet går förbi utgångsläget %(latest_end)s. Skälet sparas med förlängningen.")
NOT_EARLIER: Final = N_("Anställningen slutar redan %(present)s. Skriv en tidigare dag.")
BEFORE_THE_START: Final = N_(
    "Anställningen börjar %(starts)s och kan inte sluta före det. Blir den inte av, skriv in det i stället. Är första dagen "
    "fel, rätta den: det går så länge inget avtal är erbjudet och inget annat är ändrat."
)
BEFORE_IT_BEGAN: Final = N_(
    "Anställningen började %(starts)s och kan inte ha slutat före det. Skriv den dagen eller en senare. Är första dagen fel, "
    "rätta den: det går så länge inget avtal är erbjudet och inget annat är ändrat."
)
ENDED_BEFORE: Final = N_(
    "Den sista dagen, %(ends)s, ligger före beslutet %(decided)s. Är det fel, ändra dagen. Slutade arbetet innan beslutet "
    "fattades, så kryssa för det."
)
OVER_BEFORE_THE_START: Final = N_(
    "Uppsägningstiden är ute före den första dagen, %(starts)s. Skriv i stället in att anställningen inte blir av."
)
BEFORE_THE_NOTICE: Final = N_("Uppsägningen lämnades %(given)s. Sista dagen kan inte ligga före det.")
HAS_BEGUN: Final = N_(
    "Anställningen började %(starts)s, så den kan inte ställas in %(decided)s. Avsluta den i förtid i stället."
)
HAS_RUN: Final = N_(
    "Anställningen började %(starts)s, så det går inte att skriva in längre att den inte blev av. Avsluta den i förtid i "
    "stället."
)
SAY_LAST_DAY: Final = N_(
    "Uppsägningstiden är inte känd här. Skriv sista dagen, som den följer av avtalet eller lagen om anställningsskydd."
)
LONGER_BY_LAW: Final = N_(
    "Anställningen har varat så länge att uppsägningstiden från arbetsgivaren är minst %(months)s månader, till och med "
    "%(last)s (lagen om anställningsskydd 11 §), om inte ett kollektivavtal säger annat. Skriv sista dagen."
)
SHORTER_THAN_THE_NOTICE: Final = N_(
    "Uppsägningstiden räcker till och med %(last)s. Skriv den dagen eller en senare. Ska anställningen sluta tidigare än så, "
    "avsluta den i förtid i stället."
)
# After the first day, for what was decided before it and not written down over a holiday.
WRITTEN_LATER: Final = timedelta(days=31)
_FIVE_YEARS: Final = 1826  # days that any five years hold at least


@dataclass(frozen=True, slots=True)
class Extension:
    """``ends`` None: the latest day allowed, or with ``until_further_notice`` (party only) no end, and then no day beside."""

    decided: date
    ends: date | None
    until_further_notice: bool = False
    policy_reason: str = ""


@dataclass(frozen=True, slots=True)
class EarlyEnd:
    """An earlier last day that both know of, or that the employer decides. ``ended_before``: somebody has said that the work
    did end before it was decided."""

    decided: date
    ends: date
    ended_before: bool = False


@dataclass(frozen=True, slots=True)
class CallOff:
    """It is not to be: decided before its first day."""

    decided: date


@dataclass(frozen=True, slots=True)
class Notice:
    """``months`` where the contract or the rules say how long, and ``ends`` typed where they do not, or for a later last day.
    ``released``: arbetsbefriad. ``by_law`` months are the least that the law gives, of the time that the portal knows of."""

    by: By
    given: date
    months: int | None
    ends: date | None = None
    released: bool | None = None
    by_law: int = 0

    @property
    def reckoned(self) -> date | None:
        """The last day that the months give; None where they are not known."""
        return None if self.months is None else months_after(self.given, self.months)

    @property
    def last(self) -> date | None:
        """The last day, typed or reckoned; None where it is neither."""
        return self.ends or self.reckoned


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The day as it should have been written. ``ends`` None: the last day allowed, or still until further notice where
    that is so. ``begun_before``: the work did begin before it was decided. ``earlier_days`` of a party's own, in särskild
    visstid in the five years before that day; None: as they were counted. ``counted``: how many the page showed."""

    starts: date
    ends: date | None = None
    begun_before: bool = False
    earlier_days: int | None = None
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """What an act comes to. ``starts`` is the first day that it decides of."""

    limit: Limit
    starts: date
    ends: date | None
    objections: tuple[Objection, ...]


def extension(wish: Extension, standing: Standing, *, on: date) -> Worked:
    """A new decision with a limit of its own, for the time after the present end (which must be there)."""
    assert standing.ends is not None
    starts = standing.ends + timedelta(days=1)
    by_law, open_ended = standing.employer == "authority", wish.until_further_notice
    asked = None if open_ended and not by_law else wish.ends
    limit = _limit(standing, wish.decided, starts, asked if asked and asked >= starts else None)
    ends = asked or (None if open_ended and not by_law else limit.ends)
    found = [*_decided(wish.decided, standing, on)]
    if asked is not None and asked < starts:
        found.append(Objection("ends", NOT_LONGER % {"present": swedish_day(standing.ends)}))
    elif by_law:
        found += _past_the_law(wish.decided, starts, ends, limit)
    else:
        found += _past_the_policy(wish, ends, limit)
    return Worked(limit, starts, ends, tuple(found))


def early_end(wish: EarlyEnd, standing: Standing, *, on: date) -> Worked:
    """The same employment with an earlier end; its limit is worked out for this decision and stored with it."""
    found = [*_decided(wish.decided, standing, on)]
    if wish.ends < standing.starts:
        off = standing.called_off or may_be_called_off(standing.starts, on=on)
        words = BEFORE_THE_START if off else BEFORE_IT_BEGAN
        found.append(Objection("ends", words % {"starts": swedish_day(standing.starts)}))
    elif standing.ends is not None and wish.ends >= standing.ends and not _goes_on(standing, wish.decided):
        found.append(Objection("ends", NOT_EARLIER % {"present": swedish_day(standing.ends)}))
    elif wish.ends < wish.decided and not wish.ended_before:
        days = {"ends": swedish_day(wish.ends), "decided": swedish_day(wish.decided)}
        found.append(Objection("ended_before", ENDED_BEFORE % days))
    return _shortened(wish.decided, wish.ends, standing, found)


def may_be_called_off(starts: date, *, on: date) -> bool:
    """Whether it is still asked if an employment is to be."""
    return on < starts + WRITTEN_LATER


def called_off(wish: CallOff, standing: Standing, *, on: date) -> Worked:
    """An employment that ends before it begins, on the day when that was decided. It covers no day and gives no limit that
    anybody could keep to; what is stored is the one that the decision would have given. What was taken back by mistake is
    written once more by its own day, whenever that is found out."""
    found = [*(_decided if standing.decided <= on else _before_it_was_to_be)(wish.decided, standing, on)]
    days = {"starts": swedish_day(standing.starts), "decided": swedish_day(wish.decided)}
    if wish.decided >= standing.starts:
        found.append(Objection("decided", HAS_BEGUN % days))
    elif wish.decided not in standing.called_off and not may_be_called_off(standing.starts, on=on):
        found.append(Objection("decided", HAS_RUN % days))
    return Worked(_limit(standing, wish.decided, standing.starts, None), standing.starts, wish.decided, tuple(found))


def notice(wish: Notice, standing: Standing, *, on: date) -> Worked:
    """A notice and the last day it gives. It never lengthens: where the end comes first, that stands; but the last day of
    what has turned permanent by then ends nothing (LAS 5 a §)."""
    found = [*_decided(wish.given, standing, on, "given")]
    ends = wish.last
    if ends is None:
        found.append(Objection("last_day", SAY_LAST_DAY))
        ends = standing.ends or wish.given
    elif ends < wish.given:
        found.append(Objection("last_day", BEFORE_THE_NOTICE % {"given": swedish_day(wish.given)}))
    elif wish.reckoned is not None and ends < wish.reckoned:
        found.append(Objection("last_day", SHORTER_THAN_THE_NOTICE % {"last": swedish_day(wish.reckoned)}))
    elif wish.ends is None and wish.by_law > (wish.months or 0) and _held_to(ends, standing) == ends:
        days = {"months": in_words(wish.by_law), "last": swedish_day(months_after(wish.given, wish.by_law))}
        found.append(Objection("last_day", LONGER_BY_LAW % days))
    elif ends < standing.starts:
        found.append(Objection("last_day", OVER_BEFORE_THE_START % {"starts": swedish_day(standing.starts)}))
    return _shortened(wish.given, _held_to(ends, standing), standing, found)


def _held_to(last: date, standing: Standing) -> date:
    """The last day of a notice: never past one that ends the employment by itself."""
    return last if standing.ends is None or _goes_on(standing, last) else min(last, standing.ends)


def _goes_on(standing: Standing, day: date) -> bool:
    """Whether it has turned permanent by then."""
    return standing.lasts is not None and standing.lasts <= day


def _shortened(decided: date, ends: date, standing: Standing, found: list[Objection]) -> Worked:
    starts = max((day for day in standing.first_days if day <= ends), default=standing.starts)
    return Worked(_limit(standing, decided, starts, ends if ends >= starts else None), starts, ends, tuple(found))


def _limit(standing: Standing, decided: date, starts: date, ends: date | None) -> Limit:
    if standing.employer == "authority":
        return limit_for_authority(decided=decided, starts=starts, ends=ends)
    told = standing.stood_in_days if standing.stands_in else standing.earlier_days
    earlier = _before(starts, standing.starts, told)
    form = Form.STAND_IN if standing.stands_in else Form.SPECIAL
    return limit_for_party(decided=decided, starts=starts, ends=ends, earlier_days=earlier, form=form)


def turns_permanent(starts: date, *, begun: date, earlier_days: int, stands_in: bool) -> date | None:
    """When a party's employment that has ``begun`` on a day turns permanent, as it is stored with a stretch of it that
    ``starts`` then or later (LAS 5 a §)."""
    form = Form.STAND_IN if stands_in else Form.SPECIAL
    return permanent_on(starts, _before(starts, begun, 0 if stands_in else earlier_days), form=form)


def _before(starts: date, begun: date, told: int) -> int:
    return min(told + max((starts - begun).days, 0), _FIVE_YEARS)


def _decided(decided: date, standing: Standing, on: date, field: str = "decided") -> Iterator[Objection]:
    if decided > on:
        yield Objection(field, NOT_YET)
    elif standing.decided > on:
        yield Objection(field, STILL_TO_COME % {"decided": swedish_day(standing.decided)})
    elif decided < standing.decided:
        yield Objection(field, BEFORE_THE_LAST % {"last": swedish_day(standing.decided)})


def _before_it_was_to_be(decided: date, standing: Standing, on: date) -> Iterator[Objection]:
    """The decision that it was recorded with is still to come, so there is none that this one must come after."""
    if decided > on:
        yield Objection("decided", NOT_YET)
    elif standing.recorded is not None and decided < standing.recorded:
        yield Objection("decided", BEFORE_THE_RECORDING % {"recorded": swedish_day(standing.recorded)})


def _past_the_law(decided: date, starts: date, ends: date | None, limit: Limit) -> Iterator[Objection]:
    """Past the limit: why, and from which day it may be decided."""
    days = {"decided": swedish_day(decided), "latest_end": swedish_day(limit.latest_end)}
    if starts > limit.latest_end:
        more = {"starts": swedish_day(starts), "earliest": swedish_day(decided_at_earliest(starts))}
        yield Objection("decided", TOO_EARLY % {**days, **more})
    elif ends is not None and ends > limit.latest_end:
        after = limit.election.day + timedelta(days=1)  # of the time after the limit, not of the end
        more = {
            "ends": swedish_day(ends),
            "election": swedish_day(limit.election.day),
            "earliest": swedish_day(after),
        }
        yield Objection("ends", TOO_LONG % {**days, **more}, limit.latest_end)


def _past_the_policy(wish: Extension, ends: date | None, limit: Limit) -> Iterator[Objection]:
    if wish.ends is not None and wish.until_further_notice:
        yield Objection("ends", END_AND_NONE)
    elif ends is None and not wish.until_further_notice:
        yield Objection("ends", SAY_HOW_LONG)
    elif (ends is None or ends > limit.latest_end) and not wish.policy_reason.strip():
        yield Objection("policy_reason", SAY_WHY % {"latest_end": swedish_day(limit.latest_end)})
