"""Of whom the office's only person has jäv somebody else writes and reads: the page says who that is, and where nobody is
yet, how there comes to be one. Whoever decides reads words too."""

from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import scope
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer
from portal.review.shuffle import opaque_key
from tests.applicants import send_applications
from tests.decisions.recruiting import NOT_FURTHER, decide, proofread
from tests.forms import submit, submit_page
from tests.membership import add_person
from tests.review.panel import Panel

INVITE = '<a href="/arbete/personer">Bjud in en kollega till kansliet</a>'


def shown(panel: Panel, page: str, person: UUID | None = None) -> str:
    answer = panel.world.browser(person or panel.world.kansli).get(f"{panel.url}/{page}")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def all_have_an_outcome(panel: Panel) -> None:
    """Everybody has an outcome of which no word is read."""
    decide(panel.world, panel.ad, panel.sent, NOT_FURTHER)


def say_jav(panel: Panel, model: type[DecidingAnswer] | type[ConflictAnswer] = DecidingAnswer, many: int = 1) -> None:
    """Whoever answered as such says that they have jäv for the first, or for so many."""
    with panel.world.writing(scope.party(panel.world.party)) as session:
        for row in session.query(model).filter(model.application_id.in_([one.id for one in panel.sent[:many]])):
            row.has_conflict, row.ground = True, "narstaende"


def ticked(panel: Panel, person: UUID, browser: FlaskClient) -> TestResponse:
    """The page that asks why, before anything is saved."""
    key = {"conflict": [opaque_key(person, panel.sent[0].id)]}
    return submit(browser, f"{panel.url}/jav", key, "Spara och gå vidare")


def test_whoever_decides_reads_the_word_that_the_office_may_not(panel: Panel) -> None:
    all_have_an_outcome(panel)
    say_jav(panel)
    proofread(panel.world, panel.ad)
    assert "Ett besked läser Gunnel Sundvall, som beslutar, eftersom du har jäv." in shown(panel, "besked")
    leader = panel.world.browser(panel.world.gunnel)
    assert f'href="{panel.url}/besked#b-{panel.sent[0].id}"' in shown(panel, "beslut", panel.world.gunnel)
    assert f'href="{panel.url}/besked"' in shown(panel, "utfall", panel.world.gunnel)
    read = submit(leader, f"{panel.url}/besked", button="Jag har läst alla")
    assert read.status_code == 303
    assert "Allt är klart" in shown(panel, "beslut")
    assert panel.world.browser(panel.world.elof).get(f"{panel.url}/besked").status_code == 404, "who assesses alone"


def test_the_outcome_says_who_writes_it(panel: Panel) -> None:
    panel.answer_to_decide(panel.world.kansli, panel.sent[0])
    assert "Gunnel Sundvall, som beslutar, skriver det här utfallet." in shown(panel, "utfall")
    colleague, _ = add_person(panel.world, "sigge", "kansli", party=panel.world.party)
    assert "En kollega på kansliet skriver det här utfallet." in shown(panel, "utfall")
    ground = {f"ground-{opaque_key(colleague, panel.sent[0].id)}": "ombud"}
    browser = panel.world.browser(colleague)
    page = ticked(panel, colleague, browser)
    assert submit_page(browser, page, f"{panel.url}/jav", ground, "Spara och gå vidare").status_code == 303
    assert "Gunnel Sundvall, som beslutar, skriver det här utfallet." in shown(panel, "utfall")


def test_where_nobody_is_left_the_pages_lead_to_inviting_somebody(panel: Panel) -> None:
    panel.answer_to_decide(panel.world.kansli, panel.sent[0])
    say_jav(panel, ConflictAnswer)
    assert f"Ingen kan skriva det här utfallet än. {INVITE}, så skriver hen det." in shown(panel, "utfall")
    leader = shown(panel, "utfall", panel.world.gunnel)
    assert "Ingen kan skriva det här utfallet än. Be kansliet bjuda in en kollega." in leader


def test_so_with_a_word_that_nobody_may_read(panel: Panel) -> None:
    all_have_an_outcome(panel)
    say_jav(panel)
    say_jav(panel, ConflictAnswer)
    assert f"Ett besked kan ingen läsa än, eftersom du har jäv. {INVITE}, så läser hen det." in shown(panel, "besked")


def test_who_may_read_none_of_them_is_not_told_to_write_outcomes_that_are_written(panel: Panel) -> None:
    all_have_an_outcome(panel)
    say_jav(panel, many=len(panel.sent))
    page = shown(panel, "besked")
    assert "Här är inget besked som du kan läsa nu." in page and "Skriv utfallen först" not in page


def test_what_one_and_the_same_reads_is_told_in_one_line(panel: Panel) -> None:
    all_have_an_outcome(panel)
    add_person(panel.world, "sigge", "kansli", party=panel.world.party)
    say_jav(panel, many=2)
    say_jav(panel, ConflictAnswer)
    assert "<p>Två besked läser en kollega på kansliet, eftersom du har jäv.</p>" in shown(panel, "besked")


def test_a_word_waits_for_the_answer_about_jav_where_that_is_missing(panel: Panel) -> None:
    all_have_an_outcome(panel)
    late = send_applications(panel.world, panel.ad, 1, start=7, late=True)
    decide(panel.world, panel.ad, late)
    with panel.world.writing(scope.party(panel.world.party)) as session:
        session.query(ConflictAnswer).filter_by(application_id=late[0].id).delete()
    page = shown(panel, "besked", panel.world.gunnel)
    assert f'Ett besked öppnas när du har <a href="{panel.url}/jav">svarat om jäv</a>.' in page


def test_the_page_of_jav_says_beforehand_who_would_be_left(panel: Panel) -> None:
    world = panel.world

    def asked() -> str:
        return " ".join(ticked(panel, world.kansli, world.browser(world.kansli)).get_data(as_text=True).split())

    first = asked()
    assert "fråga kansliet först" not in first, "they are the office"
    assert "Det går inte att ta tillbaka. Utfallet och beskedet tar Gunnel Sundvall, som beslutar." in first
    say_jav(panel, ConflictAnswer)
    assert f"{INVITE} först: ingen annan kan skriva utfallet och läsa beskedet." in asked()
    add_person(world, "sigge", "kansli", party=world.party)
    assert "är du osäker, fråga en kollega på kansliet först" in asked()
