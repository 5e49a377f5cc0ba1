"""A meeting as iCalendar (RFC 5545): one event, told or called off, in Stockholm's time in both halves of the year.

Written here and not with a library: it is one event of a dozen lines, and the library brings two others along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from portal.clock import STOCKHOLM

OCTETS: Final = 75  # of a line, its end not counted (RFC 5545 3.1)
TZID: Final = "Europe/Stockholm"
# The rule that has held since 1996: directive 2000/84/EC, lagen (1979:434) and förordningen (2001:127) om sommartid.
TIME_ZONE: Final = (
    "BEGIN:VTIMEZONE",
    f"TZID:{TZID}",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a calendar is told. ``uid`` stays the same through every change, and ``sequence`` grows with each.

    ``starts_at`` is None where the meeting is called off.
    """

    uid: str
    sequence: int
    changed_at: datetime
    organizer: str
    title: str
    starts_at: datetime | None
    minutes: int = 0
    place: str = ""
    description: str = ""
    address: str = ""


def calendar_of(meeting: Meeting) -> bytes:
    """The file, ready to be sent: PUBLISH where there is a time, CANCEL where there is none any more (RFC 5546)."""
    return "".join(f"{line}\r\n" for content in _content(meeting) for line in folded(content)).encode()


def _content(meeting: Meeting) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Politiska sekreterare//SV", "CALSCALE:GREGORIAN")
    yield f"METHOD:{'CANCEL' if meeting.starts_at is None else 'PUBLISH'}"
    if meeting.starts_at is not None:
        yield from TIME_ZONE
    yield from ("BEGIN:VEVENT", f"UID:{escaped(meeting.uid)}", f"SEQUENCE:{meeting.sequence}")
    yield f"DTSTAMP:{meeting.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"ORGANIZER:mailto:{meeting.organizer}"
    if meeting.starts_at is not None:
        yield f"DTSTART;TZID={TZID}:{meeting.starts_at.astimezone(STOCKHOLM):%Y%m%dT%H%M%S}"
        yield f"DURATION:PT{meeting.minutes}M"
    yield f"SUMMARY:{escaped(meeting.title)}"
    for name, text in (("LOCATION", meeting.place), ("DESCRIPTION", meeting.description)):
        if text:
            yield f"{name}:{escaped(text)}"
    if meeting.address:
        yield f"URL:{meeting.address}"
    yield f"STATUS:{'CANCELLED' if meeting.starts_at is None else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def escaped(text: str) -> str:
    """Text as a value (RFC 5545 3.3.11), without what a calendar cannot hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in plain if sign == "\n" or sign.isprintable() or sign == "\u00a0")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, none of which ends inside a letter; each but the first begins with a blank."""
    piece, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > OCTETS:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + sign, octets + size
    yield piece


def initials(name: str) -> str:
    """ "Elin Maria af Forsvik-Åberg" becomes "E.M.F-Å.": who a meeting is with, for whoever knows already."""
    words = [word for word in name.split() if word[:1].isupper()] or name.split()
    return "".join(f"{'-'.join(part[:1] for part in word.split('-') if part)}." for word in words)
