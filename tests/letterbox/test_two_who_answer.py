"""Two of an office with one letterbox: no letter is said to need no answer unread, and none is answered twice unseen."""

from datetime import date

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.withdrawing import end_application
from portal.applications.states import State
from tests.applicants import send_applications
from tests.at_once import taking_back
from tests.door import own_browser
from tests.forms import fields_of, submit_page
from tests.interviews.meetings import Meetings
from tests.letterbox.test_letterbox import office_url
from tests.letterbox.writing import answer, ask, messages
from tests.world import publish_ad

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


def test_a_letter_to_whoever_takes_their_application_back_meanwhile_is_shown_to_be_copied(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    office, where = meetings.world.browser(meetings.world.kansli), office_url(meetings)
    old = office.get(where)
    with taking_back(meetings.world, one.id):
        pass
    late = submit_page(office, old, where, {"text": "Ditt CV kom fram."}, "Skicka brevet")
    assert late.status_code == 409 and "Ditt CV kom fram." in late.get_data(as_text=True)
    assert office.get(where).status_code == 404
    (elsewhere,) = send_applications(meetings.world, publish_ad(meetings.world, deadline=date(2027, 2, 1)), 1, start=9)
    with taking_back(meetings.world, elsewhere.id):
        pass
    rival = meetings.world.browser(meetings.world.rival_kansli)
    for browser, place in ((rival, where), (office, where.replace(str(one.id), str(elsewhere.id)))):
        token = {"csrf_token": fields_of(browser.get("/arbete/byt"))["csrf_token"][0]}
        assert browser.post(place, data={**token, "text": "x"}).status_code == 404


def test_a_letter_to_whoever_sends_another_application_meanwhile_is_shown_to_be_copied(meetings: Meetings) -> None:
    one, office, where = meetings.panel.sent[0], meetings.world.browser(meetings.world.kansli), office_url(meetings)
    old = office.get(where)
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        end_application(session, session.get_one(Application, one.id), State.REPLACED, at=clock.now())
    late = submit_page(office, old, where, {"text": "Ditt CV kom fram."}, "Skicka brevet")
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "Ditt CV kom fram." in page and "Skriv till hen från den nya." in page


def test_a_candidates_letter_is_shown_when_it_can_no_longer_be_sent(meetings: Meetings) -> None:
    one, candidate = meetings.panel.sent[0], own_browser(meetings.world)
    where = f"/ansokan/{meetings.tokens[one.id]}/brev"
    old = candidate.get(where)
    with meetings.world.writing(scope.candidate(one.id)) as session:
        session.get_one(Application, one.id).state = State.WITHDRAWN
    late = submit_page(candidate, old, where, {"text": "Jag <i>undrar</i>."}, "Skicka brevet")
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "Jag &lt;i&gt;undrar&lt;/i&gt;." in page
    assert "Ditt brev är inte skickat" in page and "Det som är ifyllt är kvar" not in page
