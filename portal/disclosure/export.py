"""The register to take away: a table, and the same as XML with each file's name and checksum (docs/register.md). PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from portal.clock import STOCKHOLM
from portal.register.kinds import Kind

NAMESPACE: Final = "urn:politiska-sekreterare:register:1"
COLUMNS: Final = (
    "Nummer", "Handling", "Inkommen eller upprättad", "Tidpunkt", "Sökande", "Ärende", "Diarienummer", "Parti", "Status",
    "Fil", "SHA-256",
)  # fmt: skip
FOLDER: Final = "handlingar"
_NO_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True, slots=True)
class Taken:
    """One record of the export. ``status`` is empty, sen or tillbakatagen."""

    id: UUID
    number: int
    kind: Kind
    entered_at: datetime
    name: str
    case: str
    diary_number: str
    party: str
    status: str
    disposed_on: date | None = None
    by_day: bool = False  # of when it came the day alone is known


@dataclass(frozen=True, slots=True)
class File:
    """Where a record's file lies in the folder, and the SHA-256 of its bytes."""

    path: str
    checksum: str


def path_of(number: int, kind: Kind, ending: str) -> str:
    """handlingar/00012-cv.pdf: no name of a person in it."""
    return f"{FOLDER}/{number:05d}-{kind.value}.{ending}"


def rows_of(taken: Sequence[Taken], files: Mapping[UUID, File]) -> list[tuple[str, ...]]:
    """The table, one row a record."""
    rows: list[tuple[str, ...]] = []
    for one in taken:
        file = files.get(one.id)
        rows.append(
            (
                str(one.number), one.kind.word, "upprättad" if one.kind.made else "inkommen", _when(one),
                one.name, one.case, one.diary_number, one.party, _status(one), file.path if file else "",
                file.checksum if file else "",
            )
        )  # fmt: skip
    return rows


def xml_of(authority: str, taken: Sequence[Taken], files: Mapping[UUID, File], *, at: datetime) -> bytes:
    """The register as XML, in UTF-8."""
    root = Element("register", {"xmlns": NAMESPACE, "myndighet": _plain(authority), "uttaget": when(at)})
    for one in taken:
        record = SubElement(root, "handling", {"nummer": str(one.number), "typ": one.kind.value})
        texts = {
            "upprattad" if one.kind.made else "inkommendag" if one.by_day else "inkommen": _when(one),
            "sokande": one.name,
            "arende": one.case,
            "diarienummer": one.diary_number,
            "parti": one.party,
            "status": one.status,
            "gallrad": one.disposed_on.isoformat() if one.disposed_on else "",
        }
        for name, text in texts.items():
            if text:
                SubElement(record, name).text = _plain(text)
        if file := files.get(one.id):
            SubElement(record, "fil", {"sha256": file.checksum}).text = file.path
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _status(one: Taken) -> str:
    return f"gallrad {one.disposed_on.isoformat()}" if one.disposed_on else one.status


def _when(one: Taken) -> str:
    return one.entered_at.astimezone(STOCKHOLM).date().isoformat() if one.by_day else when(one.entered_at)


def when(at: datetime) -> str:
    """2026-11-26T14:03:05+01:00, in Stockholm."""
    return at.astimezone(STOCKHOLM).isoformat(timespec="seconds")


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return text.translate(_NO_XML)
