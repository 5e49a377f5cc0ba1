"""How long a recruitment's applications are kept, and from which day it is counted. PURE.

- The two years are those within which somebody can claim to have been discriminated against: diskrimineringslagen
  (2008:567) 6:4 with MBL 64-66 and 68 §§. How many months an employer keeps them is its own rule, on a decision. The last
  day is one of them, whole, and where it is a Saturday, a Sunday or a holiday the next weekday is it (lag (1930:173) 1-2 §§):
  they go on the day after.
- A party: from the day the post was filled, or the recruitment closed without anybody for it. GDPR art. 5.1 e: no longer.
  Not while it goes on and somebody in it waits for word: nobody goes who has not been told how it went.
- An employer with public standing (offentlig ställning): from the day the employment decision vann laga kraft (6:4 last
  paragraph). While that day is unknown the clock does not start. What a court set aside is counted from when its judgment
  vann laga kraft: from then on nobody decides the matter otherwise.
- Where an authority ends a recruitment without employing anybody there is no such decision. What it was sent is public
  records all the same, destroyed only on a decision (arkivlagen 10 §; JO on Stockholms stadsteater): a person says from
  which day, never an earlier one than that on which the recruitment was closed, so breaking off shortens nothing.
- Nobody's goes before the day that their own page has told: of whoever was told no it is counted from then (see
  `rights.keeping`), and it may be the later one.
- Nothing is destroyed that is asked for: by the candidate, before they have their answer (GDPR art. 12.3), or as public
  records of an authority, before that is answered, nor while a refusal can be appealed.
- What DO has interrupted (6:5) is kept by a legal hold, which a person sets and lifts.
- Whoever has agreed to be asked about later posts is kept until the last day of that, where it is the later one. From the
  ordinary day on nothing but the consent keeps them: the office is told of the day, and cannot move it.
- The papers of whoever is employed are kept with the employment while it lasts, renewals counted. A party's go when its
  last day lies as many months back as the rule says: a claim that the employment gives rise to is made by then or never
  (LAS 40-42 §§; DL 6:4), and GDPR art. 5.1 e allows no longer. Nor before those of anybody who was passed over, whose claim
  compares with them (DL 2:4, 6:3), nor while a hold stands on such a one, or a request of theirs waits. An authority's stay
  until its own decision on disposal.
- An employment that never began fills no post and keeps nobody's papers. An authority's decision on it is counted from all
  the same where it vann laga kraft; where it did not, it never will, and nothing waits for it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from portal.privacy.rights.keeping import kept_until

NOTICE: Final = timedelta(
    days=14
)  # between the word to the office and the day; within it anybody of the office undoes it


class Wait(StrEnum):
    """Why the clock has not started."""

    OPEN = "open"  # not closed; and not filled, or somebody waits for word
    NOT_FINAL = "not_final"  # laga kraft of an employment decision is not known
    UNSAID = "unsaid"  # nobody was employed, and nobody has said from which day


class Step(StrEnum):
    """What is to be done about a recruitment today."""

    NOTHING = "nothing"
    TELL = "tell"
    CARRY_OUT = "carry_out"


@dataclass(frozen=True, slots=True)
class Employed:
    """One employment that came of the recruitment: when it was decided, when that vann laga kraft, where known, and whether
    it was called off before its first day."""

    decided_on: date
    final_on: date | None
    never_began: bool = False


@dataclass(frozen=True, slots=True)
class Recruited:
    """What the clock of one recruitment is told by."""

    by_authority: bool
    posts: int
    employed: Sequence[Employed]
    closed_on: date | None  # ended, or its ad withdrawn
    said: date | None = None  # the day a person has said
    waiting: bool = False  # somebody who is still in it has had no word


def start_of(told: Recruited) -> date | Wait:
    """The day that the months are counted from; or why there is none yet."""
    if told.by_authority:
        return _start_of_authority(told)
    begun = [one.decided_on for one in told.employed if not one.never_began]
    if len(begun) < told.posts:
        return told.closed_on or Wait.OPEN
    return Wait.OPEN if told.waiting and told.closed_on is None else max(begun)


def _start_of_authority(told: Recruited) -> date | Wait:
    if told.closed_on is None:
        return Wait.OPEN
    final = [one.final_on for one in told.employed if one.final_on or not one.never_began]
    if not final:
        return max(told.said, told.closed_on) if told.said else Wait.UNSAID
    known = [day for day in final if day is not None]
    return max(known) if len(known) == len(final) else Wait.NOT_FINAL


@dataclass(frozen=True, slots=True)
class Kept:
    """One recruitment and whose applications it still holds. ``left`` are those that the clock is for."""

    ad_id: UUID
    title: str
    by_authority: bool
    months: int
    rule: str
    start: date | Wait
    left: Collection[UUID]
    employed: int = 0  # candidates whose papers are kept with their employment
    held: Collection[UUID] = ()  # of those left
    all_held: bool = False
    asked_for: Collection[UUID] = ()  # of those left: a request waits, the candidate's own or one for public records
    postponed_to: date | None = None
    told_of: date | None = None
    later: Mapping[UUID, date] = field(default_factory=dict)  # the last day of each consent to be asked later
    alone: Collection[UUID] = ()  # of those: kept by the consent and nothing else
    promised: Mapping[UUID, date] = field(default_factory=dict)  # the last day that their own page has told
    worked: Mapping[UUID, date] = field(
        default_factory=dict
    )  # of those left: the last day of an employment that is over
    sealed_until: date | None = None  # the last day of whoever took theirs back, and lies sealed
    sealed_waits: bool = False  # one who lies sealed is held, or a request of theirs waits
    shut_on: date | None = None  # the last day to apply, or when it was ended
    not_final: Mapping[UUID, UUID | None] = field(
        default_factory=dict
    )  # employments whose laga kraft is waited for, with whose application each came of

    @property
    def due(self) -> date | None:
        """The ordinary day, on which they may go; None while the clock stands."""
        if isinstance(self.start, Wait):
            return None
        return max(self._day_after(self.start), self.postponed_to or date.min)

    @property
    def to_go(self) -> tuple[UUID, ...]:
        """Those whom no legal hold keeps, and no request that is to be answered first."""
        stay = {*self.held, *self.asked_for}
        return () if self.all_held else tuple(id for id in self.left if id not in stay)

    @property
    def next(self) -> tuple[UUID, ...]:
        """Those of the first day on which something is to go."""
        return tuple(id for id in self.to_go if self._first is not None and self._day_of(id) == self._first)

    @property
    def only_later(self) -> bool:
        """Whether the next to go are kept by their own consent alone: the office moves no such day."""
        return bool(self.next) and all(id in self.alone for id in self.next)

    @property
    def told(self) -> tuple[UUID, ...]:
        """Those that the office has been told of."""
        if self.told_of is None:
            return ()
        days = ((id, self._day_of(id)) for id in self.to_go)
        return tuple(id for id, day in days if day is not None and day <= self.told_of)

    def is_apart(self, id: UUID) -> bool:
        """Whether it outlives the recruitment by a reason of its own: a consent alone, or an employment that has been."""
        return id in self.alone or id in self.worked

    def stays(self, id: UUID, on: date) -> bool:
        """Whether it outlives its ordinary day, by a consent that covers the day ``on``."""
        return id not in self.alone and self.later.get(id, date.min) >= on

    def lapsed(self, on: date) -> tuple[UUID, ...]:
        """Those whose consent, which alone kept them, has run out before the day ``on``, while a legal hold keeps them."""
        return tuple(id for id in self.alone if self.later[id] < on and (self.all_held or id in self.held))

    def going(self, on: date) -> tuple[UUID, ...]:
        """What is due on the day ``on``. Nothing goes that the office was not told of in time, but what a consent alone has
        kept: no notice makes that longer."""
        lapsed = {id for id in self.to_go if id in self.alone and self.later[id] < on}
        due = self.told if self.told_of is not None and on >= self.told_of else ()
        return tuple(id for id in self.to_go if id in lapsed or (id in due and id not in self.alone))

    def step(self, on: date) -> Step:
        """What is to be done on the day ``on``."""
        if self.going(on):
            return Step.CARRY_OUT
        if self.told or self._first is None:
            return Step.NOTHING
        return Step.TELL if on >= self._first - NOTICE else Step.NOTHING

    def last_of_worked(self, id: UUID) -> date | None:
        """The last day that the papers of whoever has been employed are kept; None where there is none yet."""
        day = self._day_of(id) if id in self.worked else None
        return day - timedelta(days=1) if day is not None else None

    def usual_day(self, on: date) -> date | None:
        """The same as `day`, had nothing been postponed."""
        return replace(self, postponed_to=None).day(on)

    def day(self, on: date) -> date | None:
        """The day that the office reads: the one it has been told of, or the first there is time to tell of."""
        if self._first is None or self.told:
            return self.told_of if self.told else None
        return self._first if self.only_later else max(self._first, on + NOTICE)

    def out_on(self, on: date) -> date | None:
        """When the time is out, where the office's two weeks make the day a later one; else None."""
        day, first = self.day(on), self._first
        return first if day is not None and first is not None and day > first else None

    @property
    def _first(self) -> date | None:
        return min((day for id in self.to_go if (day := self._day_of(id)) is not None), default=None)

    def _day_of(self, id: UUID) -> date | None:
        if id in self.alone:
            return self.later[id] + timedelta(days=1)
        if id in self.worked:
            return self._day_of_worked(id)
        promised = self.promised.get(id)
        return self.due if self.due is None or promised is None else max(self.due, promised + timedelta(days=1))

    def _day_of_worked(self, id: UUID) -> date | None:
        """None while there is no day for somebody who was passed over, or such a one is kept past it."""
        stay = {*self.held, *self.asked_for}
        if self.sealed_waits or any(one in stay for one in self.left if one not in self.worked):
            return None
        days = [self._day_of(one) for one in self.left if not self.is_apart(one)]
        days += [self._day_after(self.worked[id]), self.postponed_to or date.min]
        if self.sealed_until is not None:
            days.append(self.sealed_until + timedelta(days=1))
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    def _day_after(self, start: date) -> date:
        return kept_until(start, self.months) + timedelta(days=1)
