"""Who is ticked as present: the button that ends the meeting takes the ticks along, and no old page takes anybody away."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal.review.meeting.states import Step
from portal.web.filters import clock_time
from tests.forms import buttons_of, post_forms, submit, submit_page, values_of
from tests.pages import parse
from tests.review.meetings import all_handed_in, page_of, posted, start, state_of, step, there
from tests.review.panel import Panel
from tests.review.test_minutes import read
from tests.review.test_stays import stays

END = "Avsluta mötet"


@pytest.fixture
def met(panel: Panel) -> Panel:
    """A meeting that began at 14.00, with nobody noted; it is 14.30 now."""
    all_handed_in(panel)
    panel.set_clock("2026-12-15T14:00")
    start(panel)
    panel.set_clock("2026-12-15T14:30")
    return panel


def pressed(panel: Panel, button: str, *people: UUID) -> TestResponse:
    """The leader opens the page, ticks these and nobody else, and presses."""
    return submit(panel.world.browser(panel.world.gunnel), f"{panel.url}/mote", {"people": people}, button)


def opened(panel: Panel) -> Callable[..., TestResponse]:
    """The page as it stands in a window of the leader's, to be ticked and pressed on when it has been open for a while."""
    browser, url = panel.world.browser(panel.world.gunnel), f"{panel.url}/mote"
    page = browser.get(url)
    return lambda button, *people: submit_page(browser, page, url, {"people": people}, button)


def ticked(answer: TestResponse) -> set[str]:
    """Whose boxes are ticked on a page."""
    forms = post_forms(parse(answer.get_data(as_text=True)))
    return {person for form in forms for person in values_of(form).getlist("people")}


def test_who_is_ticked_when_the_meeting_is_ended_was_there(met: Panel) -> None:
    gunnel, elof = met.world.gunnel, met.world.elof
    assert pressed(met, END, gunnel, elof).status_code == 303
    assert state_of(met) == "ended"
    minutes = read(met, gunnel)
    assert "Gunnel Sundvall 14.00–14.30" in minutes and "Elof Rehnström 14.00–14.30" in minutes


def test_who_is_ticked_after_the_others_were_saved_is_in_the_minutes_from_then(met: Panel) -> None:
    gunnel, elof, samira = met.world.gunnel, met.world.elof, met.world.kansli
    there(met, gunnel, elof)
    met.set_clock("2026-12-15T14:50")
    assert pressed(met, END, gunnel, elof, samira).status_code == 303
    minutes = read(met, gunnel)
    assert "Samira Hedvall 14.50–14.50" in minutes and "Elof Rehnström 14.00–14.50" in minutes


def test_who_is_unticked_when_the_meeting_is_ended_left_then_and_was_there(met: Panel) -> None:
    there(met, met.world.gunnel, met.world.elof)
    met.set_clock("2026-12-15T14:50")
    assert pressed(met, END, met.world.gunnel).status_code == 303
    assert stays(met, met.world.elof) == [("13.00", "13.50")]


def test_with_nobody_ticked_it_does_not_end(met: Panel) -> None:
    refused = pressed(met, END)
    assert refused.status_code == 422 and state_of(met) == "open"
    assert "Kryssa för vilka som är med innan mötet avslutas." in refused.get_data(as_text=True)
    assert ticked(refused) == set()


def test_what_cannot_be_done_gives_the_ticks_back_as_they_were(met: Panel) -> None:
    gunnel, elof = met.world.gunnel, met.world.elof
    there(met, gunnel)
    refused = posted(met, gunnel, "/avsluta", people=str(elof), shown=str(gunnel), reason="x" * 501)
    assert refused.status_code == 422 and ticked(refused) == {str(elof)}
    assert stays(met, elof) == [] and stays(met, gunnel) == [("13.00", "")], "nothing is noted of what was refused"


def test_nobody_is_noted_as_there_by_a_form_that_names_strangers(met: Panel) -> None:
    stranger = str(met.world.rival_kansli)
    refused = posted(met, met.world.gunnel, "/avsluta", people=stranger, shown=f"{stranger} x")
    assert refused.status_code == 422 and stays(met, met.world.rival_kansli) == []


@pytest.mark.parametrize("button", ["Spara närvaron", END, "Pausa"])
def test_an_old_page_takes_nobody_away_whom_another_window_has_noted_since(met: Panel, button: str) -> None:
    gunnel, elof, samira = met.world.gunnel, met.world.elof, met.world.kansli
    there(met, gunnel)
    old = opened(met)
    there(met, gunnel, samira)
    assert old(button, gunnel, elof).status_code == 303
    assert [stays(met, one) for one in (gunnel, samira, elof)] == [[("13.00", "")], [("13.30", "")], [("13.30", "")]]


def test_an_old_page_brings_nobody_back_whom_another_window_has_seen_leave(met: Panel) -> None:
    gunnel, elof = met.world.gunnel, met.world.elof
    there(met, gunnel, elof)
    old = opened(met)
    met.set_clock("2026-12-15T14:40")
    there(met, gunnel)
    met.set_clock("2026-12-15T14:50")
    assert old(END, gunnel, elof).status_code == 303
    assert stays(met, elof) == [("13.00", "13.40")]


def test_ended_twice_with_the_same_ticks_is_ended_and_with_one_more_it_says_that_the_minutes_stand(met: Panel) -> None:
    gunnel, samira = met.world.gunnel, met.world.kansli
    old = opened(met)
    assert old(END, gunnel).status_code == old(END, gunnel).status_code == 303
    late = old(END, gunnel, samira)
    assert late.status_code == 409 and "Mötet är avslutat, så protokollet står fast." in late.get_data(as_text=True)
    assert stays(met, samira) == []


def test_what_is_ticked_while_another_window_has_paused_is_not_noted_and_said_not_to_be(met: Panel) -> None:
    gunnel, samira = met.world.gunnel, met.world.kansli
    there(met, gunnel)
    old = opened(met)
    step(met, Step.PAUSE)
    late = old(END, gunnel, samira)
    assert late.status_code == 409 and "Mötet är inte i gång" in late.get_data(as_text=True)
    assert state_of(met) == "paused" and stays(met, samira) == []


def test_a_paused_meeting_at_which_nobody_is_noted_is_gone_on_with_before_anybody_is_ticked(met: Panel) -> None:
    step(met, Step.PAUSE)
    refused = submit(met.world.browser(met.world.gunnel), f"{met.url}/mote", button=END)
    assert refused.status_code == 422
    assert "Fortsätt mötet och kryssa för vilka som är med." in refused.get_data(as_text=True)


def test_the_first_who_are_noted_were_there_from_the_beginning_and_the_page_says_so(met: Panel) -> None:
    gunnel, elof = met.world.gunnel, met.world.elof
    assert "De som kryssas för först räknas som med från att mötet började." in page_of(met, gunnel)
    assert pressed(met, "Spara närvaron", gunnel).status_code == 303
    assert "Den som kryssas för nu räknas som med från nu." in page_of(met, gunnel)
    assert pressed(met, "Spara närvaron", gunnel, elof).status_code == 303
    assert stays(met, gunnel) == [("13.00", "")] and stays(met, elof) == [("13.30", "")]


def test_where_all_have_left_who_comes_then_was_not_there_from_the_beginning(met: Panel) -> None:
    there(met, met.world.gunnel)
    there(met)
    there(met, met.world.elof)
    assert stays(met, met.world.elof) == [("13.30", "")]


def test_when_it_is_opened_again_the_first_count_from_then(met: Panel) -> None:
    gunnel = met.world.gunnel
    there(met, gunnel)
    step(met, Step.END)
    again = met.set_clock("2026-12-15T16:00")
    step(met, Step.REOPEN, "Ett fel i ordningen.")
    assert "räknas som med från att mötet öppnades igen." in page_of(met, gunnel)
    met.set_clock("2026-12-15T16:10")
    assert pressed(met, END, gunnel).status_code == 303
    assert f"14.00–14.30, {clock_time(again)}–{clock_time(again + timedelta(minutes=10))}" in read(met, gunnel)


def test_enter_in_the_boxes_saves_and_does_not_end_the_meeting(met: Panel) -> None:
    tree = parse(page_of(met, met.world.gunnel))
    form = next(one for one in post_forms(tree) if "shown" in values_of(one))
    owned = buttons_of(tree, form)
    assert len(owned) == 4 and owned[0].get("formaction") is None  # a browser presses the form's first
