"""An office that writes to a candidate who takes their application back just then, and one that reads while they write."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask, template_rendered

from portal.refusal import Refusal
from tests.at_once import second, taking_back
from tests.interviews.meetings import Meetings
from tests.letterbox.writing import answer, ask, messages


def test_nothing_is_written_to_whoever_has_just_taken_their_application_back(meetings: Meetings) -> None:
    panel, one = meetings.panel, meetings.panel.sent[0]
    with second() as office:
        with taking_back(panel.world, one.id):
            office.begins(answer, panel, one)
        with pytest.raises(Refusal):
            office.ends()
    assert messages(panel, one) == []


def test_a_letter_that_comes_while_the_page_is_made_is_not_said_to_be_read(meetings: Meetings) -> None:
    panel, one = meetings.panel, meetings.panel.sent[0]
    ask(panel, one, "Det första.")
    office, page = panel.world.browser(panel.world.kansli), f"{panel.url}/brev/{one.id}"

    with ThreadPoolExecutor() as elsewhere:

        def write(_sender: Flask, **_more: Any) -> None:
            elsewhere.submit(ask, panel, one, "Det andra, som ingen har sett.").result(timeout=20)

        with template_rendered.connected_to(write, panel.world.app):
            shown = office.get(page).get_data(as_text=True)
    assert "Det första." in shown and "Det andra" not in shown
    assert [letter.opened_at is not None for letter in messages(panel, one)] == [True, False]
    assert "Oläst" in office.get(f"{panel.url}/brev").get_data(as_text=True)
    assert "Det andra" in office.get(page).get_data(as_text=True)
    assert all(letter.opened_at for letter in messages(panel, one))
