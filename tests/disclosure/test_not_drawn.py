"""While nothing can be drawn (every limited child is at work) the pages of a record say so, and nothing typed is lost."""

import re
from types import SimpleNamespace

import pytest

from portal import clock, scope
from portal.disclosure.requests import Answer
from portal.disclosure.services import burning
from portal.disclosure.services.burning import NotDrawn, NothingLeft
from portal.disclosure.services.marking import review_record
from portal.documents.reading import Verdict
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import mark, prepared, registrar, shown
from tests.forms import submit_page
from tests.privacy.candidates import Clock
from tests.world import World

DESK = "/arbete/utlamnande"
TYPED = {"left": "10", "top": "20", "right": "30", "bottom": "40", "reason": "Hälsan, i andra stycket"}


@pytest.fixture
def record(world: World, set_clock: Clock) -> str:
    """The address of a form that somebody asks for: its pages are drawn each time they are read."""
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    request, (covered,) = prepared(world, sent, "application")
    return f"{DESK}/{request}/handlingar/{covered}"


def nothing_is_drawn(patch: pytest.MonkeyPatch) -> None:
    busy = SimpleNamespace(verdict=Verdict.waiting, pages=(), page_count=0)
    patch.setattr(burning, "burn_masks", lambda *_args, **_how: busy)


def test_a_page_that_cannot_be_drawn_now_is_said_to_be_so(
    world: World, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(world.region)
    assert browser.get(f"{record}/1").status_code == 200
    nothing_is_drawn(monkeypatch)
    for address in (record, f"{record}/1"):
        assert NotDrawn.text in browser.get(address).get_data(as_text=True), address
    assert browser.get(f"{record}/1.png").status_code == 503
    assert browser.get(f"{record}/{10**9}").status_code == 404


def test_what_was_typed_meanwhile_stands_there_to_be_sent_again(
    world: World, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(world.region)
    shown = browser.get(f"{record}/1")
    with monkeypatch.context() as patch:
        nothing_is_drawn(patch)
        answer = submit_page(browser, shown, f"{record}/1", {**TYPED, "ground": "osl-39-5a"}, "Lägg till rutan")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, NotDrawn.text in page) == (503, True)
    assert all(f'value="{text}"' in page for text in TYPED.values())
    place = "20–40 % uppifrån, 10–30 % från vänster"
    assert place not in page, "nothing is kept of a page that nobody saw"
    assert submit_page(browser, answer, f"{record}/1", button="Lägg till rutan").status_code == 303
    assert place in browser.get(f"{record}/1").get_data(as_text=True)


def test_a_record_whose_pages_are_not_drawn_is_handed_out_in_no_way_but_can_be_withheld(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    request, (covered,) = prepared(world, sent, "application")
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, covered)
    browser, address = world.browser(world.region), f"{DESK}/{request}/handlingar/{covered}"
    page = browser.get(address)
    with monkeypatch.context() as patch:
        nothing_is_drawn(patch)
        for answer in (Answer.MASKED, Answer.OPEN):
            said = submit_page(browser, page, address, {"answer": answer.value}, "Spara prövningen")
            text = said.get_data(as_text=True)
            assert (said.status_code, NotDrawn.text in text) == (503, True), answer
            assert re.search(rf'checked[^>]*value="{answer}"', text), "what was chosen stands there"
        assert browser.get(f"{address}.pdf").status_code == 404, "nobody has reviewed it"
        withheld = {"answer": "hemlig", "ground": "osl-39-5a"}
        assert submit_page(browser, page, address, withheld, "Spara prövningen").status_code == 303


def test_of_a_record_with_no_pages_nothing_is_handed_out(world: World, set_clock: Clock) -> None:
    _ad, (sent,) = closed_recruitment(world, set_clock, 1)
    request, (covered,) = prepared(world, sent, "application")
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, covered)
    for answer in (Answer.MASKED, Answer.OPEN):
        with pytest.raises(NothingLeft), world.writing(scope.authority(world.authority)) as session:
            review_record(
                session, actor=registrar(world), request_id=request, record_id=covered, shown=shown(session, covered),
                answer=answer, protected=False, ground="", reason="", pages=0, at=clock.now(),
            )  # fmt: skip
