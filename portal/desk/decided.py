"""What employment decisions put on the office's to-do list, each on its day. The ad is named, whoever is employed never."""

from collections.abc import Iterable, Iterator
from typing import Protocol
from uuid import UUID

from portal.contracts.decision.stages import Stage, ToDo
from portal.desk.agenda import Item
from portal.swedish_dates import swedish_day

TEXTS = {
    Stage.UNWRITTEN: "Skriv in anställningsbeslutet",
    Stage.UNREPORTED: "Anmäl anställningsbeslutet till styrelsen",
    Stage.UNANNOUNCED: "Skriv in när justeringen anslogs",
    Stage.APPEALABLE: "Bekräfta att anställningsbeslutet inte är överklagat",
    Stage.UNCONFIRMED: "Bekräfta att anställningsbeslutet inte är överklagat",
}
WHY = {
    Stage.UNWRITTEN: "vem som beslutade, och när",
    Stage.UNREPORTED: "tiden för överklagande börjar inte före anslaget",
    Stage.UNANNOUNCED: "därifrån räknas tiden för överklagande",
    Stage.UNCONFIRMED: "tiden för överklagande har gått ut",
}


class Waiting(Protocol):
    """One employment whose decision awaits something."""

    @property
    def employment_id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def to_do(self) -> ToDo: ...


def decision_items(waiting: Iterable[Waiting]) -> Iterator[Item]:
    """What the office does about each decision. What cannot be done before its day says so."""
    for one in waiting:
        stage, day = one.to_do.stage, one.to_do.day
        why = WHY.get(stage, f"går från och med {swedish_day(day)}")
        about = f"{one.title} · {why}" if one.title else why
        yield Item(day, TEXTS[stage], about, "contracts.decision", {"employment_id": one.employment_id})
