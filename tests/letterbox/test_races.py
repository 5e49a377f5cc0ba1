"""An office that writes to a candidate who takes their application back at that moment."""

import pytest

from portal.refusal import Refusal
from tests.at_once import second, taking_back
from tests.interviews.meetings import Meetings
from tests.letterbox.writing import answer, messages


def test_nothing_is_written_to_whoever_has_just_taken_their_application_back(meetings: Meetings) -> None:
    panel, one = meetings.panel, meetings.panel.sent[0]
    with second() as office:
        with taking_back(panel.world, one.id):
            office.begins(answer, panel, one)
        with pytest.raises(Refusal):
            office.ends()
    assert messages(panel, one) == []
