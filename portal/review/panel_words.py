"""The words of a panel: beside a name (bedömer, leder, beslutar, ersättare), and of two who chose otherwise at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from portal.clock import STOCKHOLM
from portal.review.panel_choices import PanelChoices
from portal.review.visibility import Sharing
from portal.swedish_dates import in_words, swedish_day

_ORDINALS: Final = ("första", "andra", "tredje")


def words_of_seat(leads: bool, decides: bool, deputy: int, called: int) -> str:
    """ "bedömer, leder och beslutar". ``deputy`` is the place among the deputies, 0 for an assessor; ``called`` what a
    deputy is called in for."""
    if deputy:
        place = f"{_ORDINALS[deputy - 1]} ersättare" if deputy <= len(_ORDINALS) else "ersättare"
        words = [f"{place}, inkallad för {in_words(called)}" if called else f"{place}, inte inkallad"]
    else:
        words = ["bedömer"]
    words += ["leder"] if leads else []
    words += ["beslutar"] if decides else []
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that is chosen otherwise than it is saved, both in words. ``name`` is the choice's own."""

    name: str
    label: str
    saved: str
    mine: str


def beside_words(mine: PanelChoices, saved: PanelChoices, names: Mapping[UUID, str]) -> list[Beside]:
    """What a page that was overtaken shows side by side. ``names`` are those of the party's people."""
    ours, theirs = _words_of(mine, names), _words_of(saved, names)
    return [Beside(name, _LABELS[name], theirs[name], ours[name]) for name in mine.differences(saved)]


_LABELS: Final = {
    "people": "Bedömare",
    "leader": "Vem leder",
    "deputies": "Ersättare, i ordning",
    "decider": "Vem beslutar",
    "hand_in_by": "Sista minuten att lämna in",
    "sharing": "Vad bedömarna ser av varandra",
    "blind": "Blind bedömning",
}


def _words_of(choices: PanelChoices, names: Mapping[UUID, str]) -> Mapping[str, str]:
    def called(*people: UUID | None) -> str:
        return ", ".join(names.get(one, "någon som inte är kvar") for one in people if one is not None) or "Ingen"

    local = choices.hand_in_by.astimezone(STOCKHOLM) if choices.hand_in_by else None
    return {
        "people": called(*sorted(choices.people, key=lambda one: names.get(one, ""))),
        "leader": called(choices.leader),
        "deputies": called(*choices.deputies),
        "decider": called(choices.decider) if choices.decider else "Den som leder",
        "hand_in_by": f"{swedish_day(local.date())} kl. {local:%H.%M}" if local else "Ingen",
        "sharing": _sharing_words(choices.sharing),
        "blind": "Ja" if choices.blind else "Nej",
    }


def _sharing_words(sharing: Sharing | None) -> str:
    if sharing is None:
        return ""
    scores, notes = (
        "när alla har lämnat in" if waits else "när båda har lämnat in"
        for waits in (sharing.scores_wait_for_all, sharing.notes_wait_for_all)
    )
    return f"Poäng {scores}, anteckningar {notes}"
