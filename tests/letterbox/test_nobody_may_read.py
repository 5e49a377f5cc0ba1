"""A letter that none of the office may read is told of without a word of whose it is: a colleague is to be invited."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.review.shuffle import opaque_key
from tests.applicants import Sent
from tests.desk.test_start import page
from tests.forms import submit, submit_page
from tests.letterbox.writing import ask
from tests.membership import add_person
from tests.privacy.candidates import Clock
from tests.review.blind import make_blind
from tests.review.panel import Panel, panel_of
from tests.world import World

INVITE, ITEM = "Bjud in en kollega till kansliet", "ett brev väntar som ingen av er får läsa"
TITLE, WAITS = "Politisk sekreterare", "väntar på svar i brevlådan"


def start(panel: Panel, person: UUID | None = None) -> str:
    return page(panel.world, person or panel.world.kansli)


def boxes(panel: Panel, person: UUID | None = None) -> str:
    shown = page(panel.world, person or panel.world.kansli, f"{panel.url}/brev")
    return shown[shown.index("<h1>") :]


def has_jav(panel: Panel, sent: Sent) -> None:
    panel.answer_to_decide(panel.world.kansli, sent)


def say_jav(panel: Panel, colleague: UUID, sent: Sent) -> None:
    """A colleague of the office says on the page that they have jäv."""
    browser, key, url = panel.world.browser(colleague), opaque_key(colleague, sent.id), f"{panel.url}/jav"
    asked = submit(browser, url, {"conflict": [key]}, "Spara och gå vidare")
    assert submit_page(browser, asked, url, {f"ground-{key}": "ombud"}, "Spara och gå vidare").status_code == 303


def test_alone_with_jav_the_office_is_told_that_a_colleague_is_needed(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    ask(panel, panel.sent[0])
    assert WAITS in start(panel) and INVITE not in start(panel)
    has_jav(panel, panel.sent[0])
    shown = start(panel)
    assert INVITE in shown and ITEM in shown and "/arbete/personer" in shown
    assert WAITS not in shown and panel.sent[0].name not in shown
    about = shown[shown.index(INVITE) : shown.index(ITEM)]
    assert TITLE not in about, "not in which recruitment"
    assert ITEM not in start(panel, world.gunnel) + start(panel, world.rival_kansli)
    ulla, _membership = add_person(world, "ulla", "kansli", party=world.party)
    assert WAITS in start(panel, ulla)
    assert ITEM not in start(panel, ulla) + start(panel), "she reads it"


def test_the_page_never_says_that_nobody_has_written_to_whom_a_letter_may_be_hidden(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    assert "Ingen har skrivit än." in boxes(panel)
    has_jav(panel, panel.sent[0])
    before = boxes(panel)
    assert "Här finns inga brev som du kan läsa." in before and "Ingen har skrivit" not in before
    ask(panel, panel.sent[0])
    assert boxes(panel) == before, "nor whether the one they have jäv for has"


def test_alone_and_assessing_without_names_the_office_is_asked_for_nothing_it_cannot_do(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    make_blind(panel)
    ask(panel, panel.sent[0])
    shown = start(panel)
    assert ITEM in shown and WAITS not in shown
    assert "En kollega på kansliet kan svara" not in boxes(panel) and INVITE in boxes(panel)
    ulla, _membership = add_person(world, "ulla", "kansli", party=world.party)
    assert WAITS in start(panel, ulla) and ITEM not in start(panel, ulla) + start(panel)
    assert "En kollega på kansliet kan svara" in boxes(panel) and INVITE not in boxes(panel)
    say_jav(panel, ulla, panel.sent[0])
    assert ITEM in start(panel, ulla) and ITEM in start(panel)


@pytest.mark.parametrize("opened", ["called", "over"])
def test_whoever_assesses_without_names_reads_of_who_is_called_and_of_all_when_it_is_over(
    world: World, set_clock: Clock, opened: str
) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    make_blind(panel)
    ask(panel, panel.sent[0])
    with world.writing(scope.party(world.party)) as session:
        if opened == "over":
            session.get_one(Ad, panel.ad.id).state = "ended"
        else:
            session.get_one(Application, panel.sent[0].id).called_at = clock.now()
    assert WAITS in start(panel) and ITEM not in start(panel)
