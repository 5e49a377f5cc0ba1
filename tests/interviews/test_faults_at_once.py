"""The form of times tells all that is wrong with it at once, as every other form does."""

import re

import pytest

from tests.forms import submit
from tests.interviews.meetings import Meetings
from tests.interviews.test_arranging import fields


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"day": "2026-12-13", "hour": "25.70"}, ["day", "hour"]),
        ({"day": "2026-12-13", "hour": "25.70", "minutes": "5", "place": ""}, ["day", "hour", "minutes", "place"]),
        ({"day": "2029-12-13", "hour": "", "count": "0"}, ["day", "hour", "count"]),
        ({"day": "2026-12-14", "hour": "09.59", "place": ""}, ["day", "place"]),
        ({"day": "2026-12-14", "hour": "25.70"}, ["hour"]),
        ({"day": "2027-03-28", "hour": "02.30", "place": ""}, ["hour", "place"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once(meetings: Meetings, changes: dict[str, str], ids: list[str]) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    answer = submit(office, meetings.url, fields(meetings, **changes), "Lägg upp tiderna")
    summary = answer.get_data(as_text=True).split("data-error-summary")[1].split("</ul>")[0]
    assert (answer.status_code, re.findall('href="#(.*?)"', summary)) == (422, ids)
    assert meetings.slots() == []


def test_no_line_gives_a_day_that_would_be_refused_and_each_says_which_field_it_is_of(meetings: Meetings) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    wrong = fields(meetings, day="", minutes="5", count="tre", pause="900")
    answer = submit(office, meetings.url, wrong, "Lägg upp tiderna")
    summary = answer.get_data(as_text=True).replace("\xa0", " ").split("data-error-summary")[1].split("</ul>")[0]
    assert re.findall('href="#.*?">(.*?)</a>', summary) == [
        "Välj dagen.",
        "Skriv ett tal från 15 till 180 i ”Hur länge” (minuter).",
        "Skriv ett helt tal med siffror i ”Antal tider”.",
        "Skriv ett tal från 0 till 120 i ”Paus mellan tiderna” (minuter).",
    ]
