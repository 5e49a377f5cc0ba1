"""Two of an office with one letterbox: no letter is said to need no answer unread, and none is answered twice unseen."""

from tests.forms import submit_page
from tests.interviews.meetings import Meetings
from tests.letterbox.test_letterbox import office_url
from tests.letterbox.writing import answer, ask, messages

THREAT = "Jag har fått hot. Kan ni gömma mitt namn?"


def test_a_letter_that_came_since_is_read_before_it_is_said_to_need_no_answer(meetings: Meetings) -> None:
    one, office = meetings.panel.sent[0], meetings.world.browser(meetings.world.kansli)
    where = office_url(meetings)
    ask(meetings.panel, one)
    old = office.get(where)
    ask(meetings.panel, one, THREAT)
    told = submit_page(office, old, where, button="Behöver inget svar")
    assert told.headers["Location"].endswith(where)
    assert [message.settled_at for message in messages(meetings.panel, one)] == [None, None]
    now = office.get(where)
    assert THREAT in now.get_data(as_text=True) and "Läs det först" in now.get_data(as_text=True)
    assert submit_page(office, now, where, button="Behöver inget svar").status_code == 303
    assert all(message.settled_at for message in messages(meetings.panel, one))


def test_an_answer_that_a_colleague_has_been_before_waits_until_it_is_seen(meetings: Meetings) -> None:
    one, office = meetings.panel.sent[0], meetings.world.browser(meetings.world.kansli)
    where = office_url(meetings)
    ask(meetings.panel, one)
    old = office.get(where)
    answer(meetings.panel, one, "Nej, det går inte.")
    asked = submit_page(office, old, where, {"text": "Ja, det går bra."}, "Skicka brevet")
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "Nej, det går inte." in page and "Ja, det går bra." in page
    assert len(messages(meetings.panel, one)) == 2
    for _press in range(2):
        assert submit_page(office, asked, where, {}, "Skicka brevet").status_code == 303
    assert len(messages(meetings.panel, one)) == 3
