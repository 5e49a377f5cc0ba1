"""The decision file as headings, paragraphs and tables for paper, in Swedish, with times in Stockholm. PURE."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from portal.ads.window import STOCKHOLM
from portal.decisions.decision_file import instant_in, is_sealed
from portal.decisions.outcomes import STATUS_WORDS, WORDS, Result, Status
from portal.review.steps import MATERIAL, words_of
from portal.review.wording import short_name
from portal.swedish_dates import swedish_day

Block = dict[str, Any]
File = Mapping[str, Any]

NOTHING: Final = "–"
_KINDS: Final = {"krav": "Krav", "merit": "Merit"}
_JUDGED: Final = {"skala": "skala 0–3", "finns": "ja eller nej"}
_AID: Final = (
    "Medelvärden och gemensam ordning är räknade ur bedömarnas egna siffror och ordningar, som ett stöd för samtalet. "
    "Ingen sökande har valts bort eller ordnats av ett system; människor har beslutat."
)


_SEALED: Final = (
    "Rekryteringen avslutades medan bedömningarna var förseglade. De öppnades inte för någon, och står därför inte här."
)


def title_of(file: File) -> str:
    """ "Beslutsakt: Politisk sekreterare" """
    return f"Beslutsakt: {file['recruitment']['title']}"


def blocks_of(file: File) -> list[Block]:
    """The whole file in the order of what happened."""
    names = {one["id"]: one["name"] for one in file["candidates"]}
    people = {one["id"]: one["name"] for one in file["panel"]}
    return [
        *_recruitment(file),
        *_requirements(file),
        *_panel(file),
        *_candidates(file),
        *_conflicts(file, names, people),
        *_scores(file, people),
        *_orders(file, names, people),
        *_joint(file, names),
        *_further(file),
        *_outcomes(file, names),
    ]


def _heading(text: str, level: int = 2) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """A table with a head; a sentence where there is no row."""
    if rows:
        yield {"kind": "table", "caption": caption, "head": list(head), "rows": [list(row) for row in rows]}
    else:
        yield _text("Inget är registrerat.")


def when(iso: str | None) -> str:
    """ "14 december 2026 kl. 10.00", which no line breaks before its figures"""
    if not iso:
        return NOTHING
    local = datetime.fromisoformat(iso).astimezone(STOCKHOLM)
    return f"{swedish_day(local.date())} kl.\u00a0{local:%H.%M}"


def _just_before(iso: str | None) -> str | None:
    """The last minute of what ends at midnight: "23.59" says which day it was."""
    return (datetime.fromisoformat(iso) - timedelta(minutes=1)).isoformat() if iso else None


def _recruitment(file: File) -> Iterator[Block]:
    one = file["recruitment"]
    employer = one["authority"] if one["employer"] == "authority" else one["party"]
    yield _text(f"Framtagen {when(file['made_at'])} för {file['made_for']}. Beslutsaktens version: {file['version']}.")
    rows = [
        ("Parti", one["party"]),
        ("Arbetsgivare", employer),
        ("Antal tjänster", str(one["posts"])),
        ("Annonsen publicerades", when(one["published_at"])),
        ("Sista stund att ansöka", when(_just_before(one["closes_at"]))),
        ("Bedömningen skulle vara inne", when(one["hand_in_by"])),
        ("Beslutar", one["decides"] or NOTHING),
        ("Rekryteringen avslutades", when(one["ended_at"])),
    ]
    yield _heading("Rekryteringen")
    yield from _table("Rekryteringens uppgifter", ("Uppgift", "Innehåll"), rows)


def _requirements(file: File) -> Iterator[Block]:
    rows = [
        (row["text"], _KINDS[row["kind"]], _JUDGED[row["judged"]], str(row["weight"]) if row["weight"] else NOTHING)
        for row in file["requirements"]
    ]
    yield _heading("Krav och meriter")
    yield from _table("Det som de sökande har bedömts efter", ("Krav eller merit", "Slag", "Bedöms", "Vikt"), rows)


def _panel(file: File) -> Iterator[Block]:
    rows = [
        (row["name"], row["role"], when(row["added_at"]), when(row["handed_in_at"]), when(row["removed_at"]))
        for row in file["panel"]
    ]
    yield _heading("Bedömare")
    yield from _table("Vilka som har bedömt, och när", ("Namn", "Roll", "Utsedd", "Lämnade in", "Slutade"), rows)


def _candidates(file: File) -> Iterator[Block]:
    rows = [
        (
            row["name"],
            when(row["arrived_at"]) + (" (sen)" if row["late"] else ""),
            row["state"],
            NOTHING if row["scores"] is None else str(row["scores"]),
        )
        for row in file["candidates"]
    ]
    yield _heading("Sökande")
    yield from _table("Alla som har sökt", ("Namn", "Kom in", "Ansökan", "Antal bedömningar"), rows)


def _conflicts(file: File, names: Mapping[str, str], people: Mapping[str, str]) -> Iterator[Block]:
    rows = [
        (
            people[row["assessor"]],
            names[row["candidate"]],
            f"Jäv: {row['ground_words']}" if row["conflict"] else "Inget jäv",
            when(row["answered_at"]),
        )
        for row in file["conflicts"]
    ]
    yield _heading("Svar om jäv")
    yield from _table("Vad var och en har svarat", ("Bedömare", "Sökande", "Svar", "När"), rows)


def _scores(file: File, people: Mapping[str, str]) -> Iterator[Block]:
    yield _heading("Bedömningar")
    if is_sealed(file):
        yield _text(_SEALED)
        return
    if not file["scores"]:
        yield _text("Inget är registrerat.")
        return
    requirements = {row["id"]: row for row in file["requirements"]}
    for candidate in file["candidates"]:
        own = [row for row in file["scores"] if row["candidate"] == candidate["id"]]
        if not own:
            continue
        yield _heading(candidate["name"], 3)
        rows = [_score(row, requirements[row["criterion"]], people) for row in sorted(own, key=_by(requirements))]
        head = ("Krav eller merit", "Bedömare", "Bedömning", "Sparad")
        yield from _table(f"Bedömningar av {candidate['name']}", head, rows)
        yield from _changes(own, requirements, people)


def _by(requirements: Mapping[str, Any]) -> Any:
    place = {id: n for n, id in enumerate(requirements)}
    return lambda row: (place[row["criterion"]], row["assessor"])


def _score(row: File, requirement: File, people: Mapping[str, str]) -> tuple[str, ...]:
    said = words_of(requirement["judged"], row["step"], row["present"])
    if material := row.get("material"):  # a file kept before it was asked does not have it
        said += f" (materialet säger {MATERIAL[material].lower()})"
    return (short_name(requirement["text"]), people[row["assessor"]], said, when(row["saved_at"]))


def _changes(own: Sequence[File], requirements: Mapping[str, Any], people: Mapping[str, str]) -> Iterator[Block]:
    rows = [
        (
            short_name(requirements[row["criterion"]]["text"]),
            people[row["assessor"]],
            words_of(requirements[row["criterion"]]["judged"], change["former_step"], change["former_present"]),
            when(change["changed_at"]),
            change["reason"] or "före inlämningen",
        )
        for row in own
        for change in row["changes"]
    ]
    if rows:
        head = ("Krav eller merit", "Bedömare", "Var förut", "Ändrad", "Skäl")
        yield from _table("Ändringar", head, rows)


def _orders(file: File, names: Mapping[str, str], people: Mapping[str, str]) -> Iterator[Block]:
    rows = [(people[row["assessor"]], _ordered(row["groups"], names)) for row in file["orders"]]
    yield _heading("Bedömarnas egna ordningar")
    yield from _table("Bäst först; lika inom parentes", ("Bedömare", "Ordning"), rows)


def _ordered(groups: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
    parts = [", ".join(names[one] for one in group) for group in groups]
    return ", ".join(f"({part})" if len(group) > 1 else part for part, group in zip(parts, groups, strict=True))


def _joint(file: File, names: Mapping[str, str]) -> Iterator[Block]:
    joint = file["joint"]
    rows = [
        (names[one["candidate"]], one["place"] or NOTHING, _decimal(one["weighted_mean"]))
        for one in joint["candidates"]
    ]
    yield _heading("Den gemensamma bilden")
    yield _text(_AID)
    yield from _table("Så vägde bedömningarna samman", ("Sökande", "Gemensam plats", "Viktat medelvärde"), rows)


def _decimal(fraction: str | None) -> str:
    if fraction is None:
        return NOTHING
    value = Fraction(fraction)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def _further(file: File) -> Iterator[Block]:
    for part in file["sections"]:
        yield _heading(part["heading"])
        shown = [[_shown(*one) for one in zip(part["columns"], row, strict=True)] for row in part["rows"]]
        yield from _table(part["heading"], part["columns"], shown)


def _shown(column: str, cell: str) -> str:
    """An instant in words, everything else as it stands."""
    return cell if instant_in(column, cell) is None else when(cell)


def _outcomes(file: File, names: Mapping[str, str]) -> Iterator[Block]:
    texts = {row["id"]: row["text"] for row in file["requirements"]}
    yield _heading("Utfall och skäl")
    rows = [
        (
            names[row["candidate"]],
            WORDS[Result(row["result"])],
            f"{row['reason']} (gäller: {short_name(texts[row['criterion']])})",
            f"{row['recorded_by']}, {when(row['recorded_at'])}",
        )
        for row in file["outcomes"]
    ]
    yield from _table("Vad som blev av var och en", ("Sökande", "Utfall", "Skäl", "Antecknat av"), rows)
    told = [(names[row["candidate"]], STATUS_WORDS[Status(row["status"])], *_told(row)) for row in file["outcomes"]]
    if told:
        yield from _table("Besked och svar", ("Sökande", "Läge", "Besked", "Svar"), told)
    yield from _words(file, names)


def _words(file: File, names: Mapping[str, str]) -> Iterator[Block]:
    """What each of them reads on their own page, once somebody has proof-read it."""
    for row in file["outcomes"]:
        if row["word"]:
            yield _heading(f"Beskedet till {names[row['candidate']]}", 3)
            yield from (_text(part.strip()) for part in row["word"].split("\n\n") if part.strip())
            yield _text(f"Korrekturläst av {row['proofread_by'] or NOTHING}, {when(row['proofread_at'])}.")


def _told(row: File) -> tuple[str, str]:
    said = f"tackade nej {when(row['declined_at'])}" if row["declined_at"] else NOTHING
    if row["accepted_at"] and not row["declined_at"]:
        said = f"tackade ja {when(row['accepted_at'])}"
    if row["declined_why"]:
        said += f": {row['declined_why']}"
    return when(row["told_at"]), said
