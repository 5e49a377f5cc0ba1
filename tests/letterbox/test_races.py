"""An office that writes to a candidate who takes their application back at that moment."""

import pytest

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.refusal import Refusal
from tests.at_once import second
from tests.interviews.meetings import Meetings
from tests.letterbox.writing import answer, messages


def test_nothing_is_written_to_whoever_has_just_taken_their_application_back(meetings: Meetings) -> None:
    panel, one = meetings.panel, meetings.panel.sent[0]
    with second() as office:
        with panel.world.writing(scope.candidate(one.id)) as session:
            withdraw_application(session, application_id=one.id, at=clock.now())
            session.flush()
            office.begins(answer, panel, one)
        with pytest.raises(Refusal):
            office.ends()
    assert messages(panel, one) == []
