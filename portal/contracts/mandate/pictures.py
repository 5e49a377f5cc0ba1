"""The sentences and rows of the pages of a change of mandate.

PURE.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from portal.contracts.mandate.change import Change, Phase
from portal.contracts.mandate.fates import Fate, Held
from portal.contracts.mandate.room import Room, Side, Turn
from portal.elections.board import election_of_board
from portal.posts.ledger import Standing
from portal.posts.pictures import sizes_of
from portal.swedish_dates import in_words, shown_day
from portal.web.register_picture import comma

SIDES: Final = {
    Side.IN: ("Nytt i fördelningen", "good"),
    Side.OUT: ("Inga tjänster efter skiftet", "stop"),
    Side.MISSING: ("Inte med i något beslut efter skiftet", "warn"),
}


@dataclass(frozen=True, slots=True)
class Board:
    """What is known of the new board's first day. ``day`` None: nobody has told, or what was told is of another term."""

    day: date | None
    source: str


def board_of(change: Change, told: date | None, source: str | None) -> Board:
    """The day that the authority has told, if it is this change's."""
    election = election_of_board(told) if told else None
    if election is None or election.year != change.election.year:
        return Board(None, "")
    return Board(told, source or "")


def heading(change: Change, leaving: int, *, on: date) -> str:
    """What happens when, in one sentence."""
    who = "ingen anställning" if not leaving else counted(leaving)
    if change.phase(on) is Phase.OVER:
        return f"{shown_day(change.last)} slutade {who} utan att förnyas."
    left = change.days_left(on)
    when = {0: "I dag", 1: "I morgon"}.get(left, f"Om {left} dagar")
    return f"{when}, {shown_day(change.last)}, slutar {who}."


def counted(number: int) -> str:
    """ "Sju anställningar", in the middle of a sentence."""
    return "en anställning" if number == 1 else f"{in_words(number)} anställningar"


def fate_words(held: Held, fate: Fate, *, on: date) -> str:
    """What becomes of one employment; or what became of it, looking back."""
    ends = shown_day(held.ends) if held.ends else "tills vidare"
    is_over = held.ends is not None and held.ends < on
    if held.lasts_from is not None and fate in (Fate.LEAVES, Fate.EARLIER):
        goes_on = "Tog inte slut" if is_over else "Slutar inte"
        return f"{goes_on} av sig själv {ends}: tillsvidareanställning från {shown_day(held.lasts_from)}"
    if is_over and fate is not Fate.RENEWED:
        return f"Uppsagd, slutade {ends}" if fate is Fate.NOTICE else f"Slutade {ends}"
    if fate is Fate.RENEWED and held.renewed is not None:
        starts, last = held.renewed
        return f"Förnyad {shown_day(starts)} {f'till {shown_day(last)}' if last else 'tills vidare'}"
    return {
        Fate.LEAVES: f"Slutar {ends}",
        Fate.EARLIER: f"Slutar redan {ends}",
        Fate.NOTICE: f"Uppsagd, slutar {ends}",
        Fate.STAYS: "Fortsätter tills vidare" if held.ends is None else f"Fortsätter till {ends}",
        Fate.NEW: f"Ny, {'började' if held.starts < on else 'börjar'} {shown_day(held.starts)}",
    }.get(fate, "")


def days_of_room(room: Room, change: Change, leaving: int) -> list[dict[str, str]]:
    """The party's posts on the days that matter, as rows of a table."""
    rows = [(shown_day(change.last), room.before), (shown_day(change.first), room.after)]
    if leaving:
        rows.append((f"{shown_day(change.first)}, om {counted(leaving)} förnyas", room.if_all))
    return [{"days": words, **sizes_of(standing)} for words, standing in rows]


def over_sentence(room: Room) -> str:
    """Where too much is filled for the new room, with the sums; empty where it is not."""
    if room.worst is None:
        return ""
    standing = room.worst.standing
    return (
        f"Från {shown_day(room.worst.starts)} är {comma(standing.over)} heltider mer än utrymmet: "
        f"{_sums(standing)}. Det som redan är avtalat rubbas inte av sig självt."
    )


def if_all_sentence(room: Room, leaving: int) -> str:
    """What comes of it if all who leave are renewed, with the sums; empty where nobody leaves or nothing is decided."""
    if not leaving or room.after.room is None:
        return ""
    both = "båda" if leaving == 2 else f"alla {in_words(leaving)}"
    who = "Om den som slutar förnyas" if leaving == 1 else f"Om {both} som slutar förnyas"
    if room.if_all.over:
        return f"{who} blir det {comma(room.if_all.over)} heltider för mycket: {_sums(room.if_all)}."
    if (later := room.worst_if_all) is None:
        return f"{who} ryms alla: {_sums(room.if_all)}."
    too_much = f"{comma(later.standing.over)} heltider för mycket: {_sums(later.standing)}"
    return (
        f"{who} ryms alla till att börja med: {_sums(room.if_all)}. Från {shown_day(later.starts)} blir det {too_much}."
    )


def lasting_sentence(going: Iterable[Held]) -> str:
    """Those who go on whatever their papers say, and are counted among the posts. Empty where there are none."""
    sizes = [one.percent for one in going if one.lasts_from is not None]
    if not sizes:
        return ""
    whole = comma(Decimal(sum(sizes)).scaleb(-2))
    who, whom = ("den", "den") if len(sizes) == 1 else ("de", "dem")
    return (
        f"{counted(len(sizes)).capitalize()}, {whole} heltider, går över i tillsvidare om ingen avslutar {whom}. Tills "
        f"någon gör det räknas {who} bland tjänsterna."
    )


def _sums(standing: Standing) -> str:
    shown = sizes_of(standing)
    advertised = f" och {shown['advertised']} reserverat" if standing.advertised else ""
    return f"{shown['filled']} tillsatt{advertised} mot {shown['room']}"


def turn_words(turn: Turn) -> str:
    """What changes on that day, and what it leaves."""
    before, after = (sizes_of(one)["room"] for one in (turn.before, turn.after))
    said = []
    if turn.coalition_ends:
        said.append("Samverkans gemensamma tjänster upphör för partiet.")
    if turn.coalition_begins:
        said.append("Partiet får del i en samverkans gemensamma tjänster.")
    if turn.leaves:
        said.append(f"Partiet har inga tjänster längre (före: {before}).")
    elif turn.runs_out:
        said.append(f"Beslutet om {before} heltider upphör, och inget nytt är inlagt.")
    elif turn.begins:
        said.append(f"Partiet får {after} heltider.")
    else:
        said.append(f"Utrymmet går från {before} till {after} heltider.")
    if turn.after.over:
        said.append(f"{comma(turn.after.over)} heltider är då över.")
    return " ".join(said)


def party_line(name: str, room: Room) -> dict[str, Any]:
    """One party's row on the authority's page: sizes, nobody's name."""
    before, after = sizes_of(room.before), sizes_of(room.after)
    worst = room.worst
    over = f"{comma(worst.standing.over)} från {shown_day(worst.starts)}" if worst else "–"
    return {
        "name": name,
        "before": before["room"],
        "before_filled": before["filled"],
        "room": after["room"],
        "filled": after["filled"],
        "fresh": comma(room.fresh),
        "free": after["free"],
        "over": over,
        "tag": SIDES.get(room.side),
    }
