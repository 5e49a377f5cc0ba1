"""A booked time is taken away: the mail asks for another only where there is one, and the page says what has become of it."""

from uuid import UUID

from portal import clock
from portal.interviews import services
from tests.interviews.meetings import Meetings
from tests.pages import XHTML, parse

CHOOSE, LATER = "Välj en ny tid på din egen sida", "Du får ett brev när det finns nya tider att välja på"
GONE = "Tiden som du hade bokat gäller inte längre."


def take_away(meetings: Meetings, slot: UUID) -> None:
    with meetings.panel.as_person(meetings.world.kansli) as (session, case):
        actor = meetings.panel.actor(meetings.world.kansli)
        services.remove_time(session, case=case, actor=actor, slot_id=slot, at=clock.now())


def told(meetings: Meetings) -> tuple[str, str]:
    """The mail, and the page that it leads to."""
    one = meetings.panel.sent[0]
    (letter,) = meetings.letters(one.email, "Din tid är inställd")
    return letter.body, meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)


def test_the_only_time_is_taken_away_and_nobody_is_asked_to_choose_among_none(meetings: Meetings) -> None:
    (only,) = meetings.make(count=1)
    meetings.book(meetings.panel.sent[0], only)
    take_away(meetings, only)
    mail, page = told(meetings)
    assert LATER in mail and CHOOSE not in mail
    assert GONE in page and "Just nu finns det ingen ledig tid." in page


def test_where_another_time_is_free_the_mail_asks_for_it(meetings: Meetings) -> None:
    first, *_ = meetings.make(count=2)
    meetings.book(meetings.panel.sent[0], first)
    take_away(meetings, first)
    mail, page = told(meetings)
    assert CHOOSE in mail and LATER not in mail
    assert GONE in page and "Välj en av tiderna." in page


def test_a_booked_time_is_asked_about_before_it_is_taken_away_and_a_free_one_is_not(meetings: Meetings) -> None:
    booked, _free = meetings.make(count=2)
    meetings.book(meetings.panel.sent[0], booked)
    page = parse(meetings.world.browser(meetings.world.kansli).get(meetings.url).get_data(as_text=True))
    asked = [one for one in page.iter(f"{XHTML}details") if one.find(f"{XHTML}summary") is not None]
    (question,) = [" ".join("".join(one.itertext()).split()) for one in asked if "Ta bort" in "".join(one.itertext())]
    assert f"{meetings.panel.sent[0].name} har bokat tiden och får ett brev om att den är inställd." in question
    inside = [form.get("action") for one in asked for form in one.iter(f"{XHTML}form")]
    removes = [form.get("action") for form in page.iter(f"{XHTML}form") if "ta-bort" in form.get("action", "")]
    assert len(removes) == 2 and [one for one in removes if one in inside] == [f"{meetings.url}/tid/{booked}/ta-bort"]
