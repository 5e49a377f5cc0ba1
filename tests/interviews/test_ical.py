"""The file for a calendar, read as RFC 5545 has it: lines, zone, change and calling off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import STOCKHOLM
from portal.interviews.ical import TIME_ZONE, Meeting, calendar_of, escaped, folded, initials

AT = datetime(2026, 12, 14, 9, 30, 5, tzinfo=UTC)
MEETING = Meeting(
    uid="0a1b@portal.example.se", sequence=0, changed_at=AT, organizer="noreply@portal.example.se", title="Möte",
    starts_at=datetime(2026, 12, 17, 9, tzinfo=UTC), minutes=45, place="Rådhuset, rum 3; andra våningen",
    description="http://localhost/ansokan/abc/intervju", address="http://localhost/ansokan/abc/intervju",
)  # fmt: skip


def lines_of(file: bytes) -> list[str]:
    """The content lines, unfolded."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    return file.decode().replace("\r\n ", "").split("\r\n")[:-1]


def value(meeting: Meeting, name: str) -> str:
    (found,) = [line for line in lines_of(calendar_of(meeting)) if line.startswith(name)]
    return found.removeprefix(name)


def test_a_meeting_has_what_a_calendar_needs_and_nothing_twice() -> None:
    lines = lines_of(calendar_of(MEETING))
    assert lines[:5] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Politiska sekreterare//SV", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ]  # fmt: skip
    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "UID:0a1b@portal.example.se",
        "SEQUENCE:0",
        "DTSTAMP:20261214T093005Z",
        "ORGANIZER:mailto:noreply@portal.example.se",
        "DTSTART;TZID=Europe/Stockholm:20261217T100000",
        "DURATION:PT45M",
        "SUMMARY:Möte",
        "LOCATION:Rådhuset\\, rum 3\\; andra våningen",
        "DESCRIPTION:http://localhost/ansokan/abc/intervju",
        "URL:http://localhost/ansokan/abc/intervju",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_summer_and_winter_say_the_hour_that_the_clocks_show() -> None:
    summer = replace(MEETING, starts_at=datetime(2027, 6, 17, 8, tzinfo=UTC))
    assert value(summer, "DTSTART;TZID=Europe/Stockholm:") == "20270617T100000"


def test_a_meeting_called_off_is_cancelled_under_the_same_name_with_a_higher_number() -> None:
    off = replace(MEETING, starts_at=None, minutes=0, place="", sequence=1)
    lines = lines_of(calendar_of(off))
    assert "METHOD:CANCEL" in lines and "STATUS:CANCELLED" in lines and "SEQUENCE:1" in lines
    assert value(off, "UID:") == value(MEETING, "UID:")
    assert not any(line.startswith(("DTSTART", "DURATION", "LOCATION", "BEGIN:VTIMEZONE")) for line in lines)


def last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize("year", range(1997, 2051))
def test_the_zone_of_the_file_is_the_zone_of_the_world(year: int) -> None:
    """The rule as the file states it (last Sunday of March 02.00 +0100, of October 03.00 +0200) against the tz database."""
    text = "\n".join(TIME_ZONE)
    for name, month, before, after in (("DAYLIGHT", 3, 1, 2), ("STANDARD", 10, 2, 1)):
        part = text.split(f"BEGIN:{name}\n")[1].split(f"\nEND:{name}")[0].splitlines()
        said = dict(line.split(":", 1) for line in part)
        assert said["RRULE"] == f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU"
        assert (said["TZOFFSETFROM"], said["TZOFFSETTO"]) == (f"+0{before}00", f"+0{after}00")
        hour = int(said["DTSTART"].split("T")[1][:2])
        first = datetime.strptime(said["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        assert first.date() == last_sunday(first.year, month).date()
        change = last_sunday(year, month) + timedelta(hours=hour - before)
        for instant, offset in ((change - timedelta(seconds=1), before), (change, after)):
            assert instant.astimezone(STOCKHOLM).utcoffset() == timedelta(hours=offset)


@given(st.text(max_size=400))
def test_no_line_is_over_75_octets_and_none_is_cut_inside_a_letter(text: str) -> None:
    line = f"LOCATION:{escaped(text)}"
    pieces = list(folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") and len(piece) > 1 for piece in pieces[1:])


def test_a_place_cannot_smuggle_in_lines_of_its_own() -> None:
    hostile = replace(MEETING, place="Rum 3\r\nEND:VEVENT\nATTENDEE:mailto:x@example.se\x00\u202e\\,")
    lines = lines_of(calendar_of(hostile))
    assert "LOCATION:Rum 3\\nEND:VEVENT\\nATTENDEE:mailto:x@example.se\\\\\\," in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert lines.count("END:VEVENT") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Elin Forsvik", "E.F."), ("Elin Maria af Forsvik-Åberg", "E.M.F-Å."), ("björn", "b."), ("  ", ""),
        ("Sten Björn Lind", "S.B.L."),
    ],
)  # fmt: skip
def test_initials_are_all_that_a_calendar_is_told_of_a_name(name: str, said: str) -> None:
    assert initials(name) == said
