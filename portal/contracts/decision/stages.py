"""Where an employment decision stands, and what is to be done about it next, on which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol

from portal.contracts.decision.appeal import final_after
from portal.contracts.decision.deciders import Decider, decides_by_delegation

# No law says when a decision is reported. JO asks that it is done without delay; the next meeting is the office's to say.
REPORT_WITHIN: Final = timedelta(days=14)
# KL 5:69 (6:35): justerat within 14 days of the meeting. KL 8:12: announced by the second day after that.
ANNOUNCE_WITHIN: Final = timedelta(days=16)


class Stage(StrEnum):
    """How far an authority's decision has come."""

    UNWRITTEN = "unwritten"
    UNREPORTED = "unreported"
    UNANNOUNCED = "unannounced"
    APPEALABLE = "appealable"
    UNCONFIRMED = "unconfirmed"  # the last day has passed, and nobody has said that no appeal came
    APPEALED = "appealed"
    FINAL = "final"  # laga kraft
    SET_ASIDE = "set_aside"  # by a court, and its judgment is final


STANDINGS: Final = {
    Stage.UNWRITTEN: "inte inskrivet",
    Stage.UNREPORTED: "inte anmält till styrelsen",
    Stage.UNANNOUNCED: "justeringen inte anslagen",
    Stage.APPEALABLE: "kan överklagas",
    Stage.UNCONFIRMED: "tiden för överklagande har gått ut",
    Stage.APPEALED: "överklagat",
    Stage.FINAL: "har vunnit laga kraft",
    Stage.SET_ASIDE: "upphävt av domstol",
}


class Written(Protocol):
    """What is written down of one decision."""

    decider: str
    decided_on: date
    report_by: date | None
    minuted_apart: bool
    reported_on: date | None
    announced_on: date | None
    last_appeal_on: date | None
    appealed_on: date | None
    final_on: date | None
    set_aside: bool


@dataclass(frozen=True, slots=True)
class ToDo:
    """The next thing for the office, on its day. Late when the day has passed."""

    stage: Stage
    day: date


def stage_of(written: Written | None, *, on: date) -> Stage:
    """Where it stands on the day ``on``."""
    if written is None:
        return Stage.UNWRITTEN
    if written.final_on is not None:
        return Stage.SET_ASIDE if written.set_aside else Stage.FINAL
    if written.appealed_on is not None:
        return Stage.APPEALED
    if written.last_appeal_on is not None:
        return Stage.APPEALABLE if on <= written.last_appeal_on else Stage.UNCONFIRMED
    delegated = decides_by_delegation(Decider(written.decider))
    if delegated and not written.minuted_apart and written.reported_on is None:
        return Stage.UNREPORTED
    return Stage.UNANNOUNCED


def to_do(written: Written | None, *, decided: date, on: date) -> ToDo | None:
    """What is to be done next and when; None where there is nothing, or it is the court's turn.

    ``decided`` is the employment's decision day. The report of a decision stands on the day that the office has named,
    else two weeks after it was taken.
    """
    stage = stage_of(written, on=on)
    if written is None:
        return ToDo(stage, decided)
    if stage is Stage.UNREPORTED:
        return ToDo(stage, written.report_by or decided + REPORT_WITHIN)
    if stage is Stage.UNANNOUNCED:
        return ToDo(stage, (written.reported_on or decided) + ANNOUNCE_WITHIN)
    if written.last_appeal_on is not None and stage in (Stage.APPEALABLE, Stage.UNCONFIRMED):
        return ToDo(stage, final_after(written.last_appeal_on))
    return None
