"""A booked time is taken away: the mail asks for another only where there is one, and the page says what has become of it."""

from uuid import UUID

from portal import clock, scope
from portal.applications.models import Application
from portal.interviews import services
from tests.forms import post_forms, values_of
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


GETS_A_LETTER = "Den som hade bokat den får ett brev, om det finns en adress"


def said(meetings: Meetings, slot: UUID) -> str:
    """What the office reads once it has taken a time away."""
    office, remove = meetings.world.browser(meetings.world.kansli), f"{meetings.url}/tid/{slot}/ta-bort"
    forms = post_forms(parse(office.get(meetings.url).get_data(as_text=True)))
    (form,) = [one for one in forms if one.get("action") == remove]
    answer = office.post(remove, data=values_of(form), follow_redirects=True)
    return " ".join(answer.get_data(as_text=True).split())


def test_the_office_is_told_whether_there_is_another_time_to_choose(meetings: Meetings) -> None:
    first, second = meetings.make(count=2)
    meetings.book(meetings.panel.sent[0], first)
    assert f"{GETS_A_LETTER}, och kan välja en ny." in said(meetings, first)
    meetings.book(meetings.panel.sent[0], second)
    shown = said(meetings, second)
    assert (
        f"{GETS_A_LETTER}. Lägg till nya tider, så får hen välja bland dem." in shown and "kan välja en ny" not in shown
    )


def test_whoever_has_their_word_is_not_said_to_choose_another(meetings: Meetings) -> None:
    one, (first, _other) = meetings.panel.sent[0], meetings.make(count=2)
    meetings.book(one, first)
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        session.get_one(Application, one.id).decided_at = clock.now()
    shown = said(meetings, first)
    assert f"{GETS_A_LETTER}, och ska inte välja någon ny." in shown
    mail, _page = told(meetings)
    assert CHOOSE not in mail and LATER not in mail
