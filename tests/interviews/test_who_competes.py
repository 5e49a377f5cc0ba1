"""Whoever of the panel has applied to the ad themselves meets nobody with whom they compete."""

import pytest

from portal.interviews.refusals import NobodyTakesPart
from tests.applicants import send_applications
from tests.forms import fields_of, submit
from tests.interviews.meetings import Meetings
from tests.interviews.test_arranging import fields


@pytest.fixture
def competing(meetings: Meetings) -> Meetings:
    """Elof has applied, late."""
    send_applications(meetings.world, meetings.panel.ad, 1, start=7, late=True, emails=("elof@example.se",))
    return meetings


def test_who_has_applied_is_not_among_those_who_can_take_part(competing: Meetings) -> None:
    gunnel, elof = (competing.member(one) for one in competing.panel.people)
    office = competing.world.browser(competing.world.kansli)
    page = office.get(competing.url)
    assert fields_of(page)["members"] == [str(gunnel)] and "Elof Rehnström" not in page.get_data(as_text=True)
    assert submit(office, competing.url, fields(competing, members=[str(elof)]), "Lägg upp tiderna").status_code == 422
    assert competing.slots() == []
    assert (
        submit(office, competing.url, fields(competing, members=[str(gunnel)]), "Lägg upp tiderna").status_code == 303
    )
    assert len(competing.slots()) == 3


def test_by_no_other_way_either(competing: Meetings) -> None:
    with pytest.raises(NobodyTakesPart):
        competing.make(competing.world.elof)
    assert competing.slots() == []


def test_everybody_else_is_ticked_from_the_beginning(meetings: Meetings) -> None:
    page = meetings.world.browser(meetings.world.kansli).get(meetings.url)
    assert fields_of(page)["members"] == [str(meetings.member(one)) for one in meetings.panel.people]
