"""What employment decisions put on the office's to-do list, each on its day. The ad is named, whoever is employed never."""

from collections.abc import Iterable, Iterator
from typing import Protocol
from uuid import UUID

from portal.contracts.acts.kinds import DECISIONS, Kind
from portal.contracts.decision.stages import Stage, ToDo
from portal.desk.agenda import Item
from portal.swedish_dates import shown_day

TEXTS = {
    Stage.UNWRITTEN: "Skriv in %s",
    Stage.UNREPORTED: "Anmäl %s till styrelsen",
    Stage.UNANNOUNCED: "Skriv in när justeringen anslogs",
    Stage.APPEALABLE: "Bekräfta att %s inte är överklagat",
    Stage.UNCONFIRMED: "Bekräfta att %s inte är överklagat",
}
WHY = {
    Stage.UNWRITTEN: "vem som beslutade, och när",
    Stage.UNREPORTED: "tiden för överklagande börjar inte före anslaget",
    Stage.UNANNOUNCED: "därifrån räknas tiden för överklagande",
    Stage.UNCONFIRMED: "tiden för överklagande har gått ut",
}


class Waiting(Protocol):
    """One decision that awaits something: an employment's, or that of the change with this number and of this kind."""

    @property
    def employment_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def to_do(self) -> ToDo: ...
    @property
    def act(self) -> int: ...
    @property
    def kind(self) -> Kind | None: ...


def decision_items(waiting: Iterable[Waiting]) -> Iterator[Item]:
    """What the office does about each decision. What cannot be done before its day says so."""
    for one in waiting:
        stage, day = one.to_do.stage, one.to_do.day
        why = WHY.get(stage, f"går från och med {shown_day(day)}")
        about = f"{one.title} · {why}" if one.title else why
        values = {"employment_id": one.employment_id, **({"number": one.act} if one.act else {})}
        yield Item(day, TEXTS[stage].replace("%s", _named(one)), about, "contracts.decision", values)


def _named(one: Waiting) -> str:
    return f"beslutet om {DECISIONS[one.kind]}" if one.kind else "anställningsbeslutet"
