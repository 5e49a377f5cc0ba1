"""Whoever has left no e-mail address is promised no mail, and the office sees that it has to tell them itself. Under a code
name nothing is said of what nobody knows."""

import pytest
from sqlalchemy import update

from portal import scope
from portal.applications.models import Application
from portal.interviews.routes import meeting
from tests.applicants import Sent
from tests.interviews.meetings import Meetings, meetings_of
from tests.privacy.candidates import Clock
from tests.world import World

NOTHING = {"email_sealed": None, "phone_sealed": None, "address_print": None}
NONE_SENT = "Du har ingen e-postadress i ansökan, så inget mejl skickas. Titta här då och då."
SOMETHING = "När det finns något nytt får du ett mejl om att något väntar. Det säger inget mer och har ingen länk."


@pytest.fixture
def meetings(world: World, set_clock: Clock) -> Meetings:
    return meetings_of(world, set_clock)


def left_none(meetings: Meetings, one: Sent, *, protected: bool = False) -> None:
    """The application has no address; of one under a code name nothing of the kind ever stands in it."""
    with meetings.world.writing(scope.party(meetings.panel.ad.party_id)) as session:
        row = update(Application).where(Application.id == one.id)
        session.execute(row.values(**NOTHING, protected=protected))


def plain(page: str) -> str:
    """Without what keeps a line whole."""
    return page.replace("\xa0", " ")


def own(meetings: Meetings, one: Sent) -> str:
    return plain(meetings.browser().get(meetings.own_url(one)).get_data(as_text=True))


def office(meetings: Meetings) -> str:
    return plain(meetings.world.browser(meetings.world.kansli).get(meetings.url).get_data(as_text=True))


def test_whoever_waits_for_a_time_is_promised_a_letter_only_where_there_is_an_address(meetings: Meetings) -> None:
    one, other = meetings.panel.sent[:2]
    left_none(meetings, one)
    assert NONE_SENT in own(meetings, one) and "får ett brev" not in own(meetings, one)
    assert "Du får ett brev när det finns tider att välja på." in own(meetings, other)


@pytest.mark.parametrize(("hears", "told", "not_told"), [(True, SOMETHING, NONE_SENT), (False, NONE_SENT, SOMETHING)])
def test_under_a_code_name_a_mail_is_promised_as_it_is_sent(
    meetings: Meetings, monkeypatch: pytest.MonkeyPatch, hears: bool, told: str, not_told: str
) -> None:
    one = meetings.panel.sent[0]
    left_none(meetings, one, protected=True)
    monkeypatch.setattr(meeting, "hears_that_something_waits", lambda *_: hears)
    page = own(meetings, one)
    assert told in page and not_told not in page and "får ett brev" not in page


def test_after_the_meeting_no_mail_about_the_word_is_promised_where_none_is_sent(
    meetings: Meetings, set_clock: Clock
) -> None:
    one, other = meetings.panel.sent[:2]
    first, second, _third = meetings.make()
    meetings.book(one, first)
    meetings.book(other, second)
    left_none(meetings, one)
    set_clock("2026-12-18T10:00")
    assert f"Tiden har varit. {NONE_SENT}" in own(meetings, one)
    assert "Tiden har varit. Du får ett mejl när det finns ett besked." in own(meetings, other)


def test_the_office_sees_whom_it_has_to_tell_itself_where_it_takes_a_time_away(meetings: Meetings) -> None:
    one, other = meetings.panel.sent[:2]
    first, second, _third = meetings.make()
    meetings.book(one, first)
    meetings.book(other, second)
    left_none(meetings, one)
    page = office(meetings)
    assert f"{one.name} har bokat tiden och har ingen e-postadress: ring eller skriv att den är inställd." in page
    assert f"{one.name} har ingen e-postadress, så inga mejl går ut: ring eller skriv." in page
    assert f"{other.name} har bokat tiden och får ett brev om att den är inställd." in page
    assert f"{other.name} har ingen" not in page


def test_the_office_is_told_nothing_of_addresses_under_a_code_name(meetings: Meetings) -> None:
    one, first = meetings.panel.sent[0], meetings.make()[0]
    meetings.book(one, first)
    left_none(meetings, one, protected=True)
    page = office(meetings)
    assert "har bokat tiden och ser på sin egen sida att den är inställd." in page
    assert "ingen e-postadress" not in page
