"""What is done by hand on a page: rows dragged into an order, boxes drawn and moved, targets that a thumb can hit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portal.documents.masks import Box
from portal.review.blind.mask_boxes import boxes_of
from portal.review.queries.scores import own_order
from tests.applicants import Sent, send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.desk import small_targets
from tests.review.blind import SUGGESTED, make_blind, note_machine, page_url, pages_of
from tests.review.panel import CLOSED, Panel
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Open = Callable[..., "Page"]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def panel(portal: Portal) -> Panel:
    """Four candidates of a closed ad, and Gunnel, who has not answered anything yet."""
    world = portal.world
    portal.stop_worker()  # what it would do is said by the test
    ad = publish_ad(world)
    made = Panel(world, ad, send_applications(world, ad, 4), portal.set_clock)
    portal.set_clock(CLOSED)
    made.name(world.gunnel)
    return made


# The own order


def kept_order(panel: Panel) -> list[list[str]]:
    """The groups of names as they are saved, best first."""
    names = {one.id: one.name for one in panel.sent}
    with panel.as_person(panel.world.gunnel) as (session, case):
        assert case.member is not None
        return [sorted(names[one] for one in group) for group in own_order(session, case.member, list(names)) or ()]


def row_of(page: "Page", name: str) -> "Locator":
    return page.locator("tr[data-row]").filter(has_text=name)


def grip_of(page: "Page", name: str) -> "Locator":
    return row_of(page, name).locator(".grip")


def drag(page: "Page", name: str, onto: str, part: float, *, drop: bool = True) -> None:
    """Take a row by its grip and carry it to that part of another's height; Escape instead of letting go without ``drop``."""
    grip_of(page, name).hover()
    page.mouse.down()
    place = row_of(page, onto).bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 20, place["y"] + part * place["height"], steps=6)
    if not drop:
        page.keyboard.press("Escape")
    page.mouse.up()


def shown(page: "Page") -> list[str]:
    return [row.inner_text().strip() for row in page.locator("tr[data-row] th").all()]


def places(page: "Page") -> list[str]:
    return [field.input_value() for field in page.locator("tr[data-row] input").all()]


def test_rows_are_dragged_before_after_and_onto_each_other(panel: Panel, open_browser: Open) -> None:
    panel.declare(panel.world.gunnel)
    panel.score_all(panel.world.gunnel, {one.id: (3 - n, 3 - n, 3 - n) for n, one in enumerate(panel.sent)})
    page = open_browser(panel.world.gunnel, **DESKTOP)
    page.goto(f"{panel.url}/ordning")
    first, second, third, fourth = shown(page)
    drag(page, fourth, first, 0.1)
    expect(page.locator("main [data-saved]")).to_contain_text("Sparat")
    assert shown(page) == [fourth, first, second, third]
    drag(page, first, third, 0.9)
    assert shown(page) == [fourth, second, third, first] and places(page) == ["1", "2", "3", "4"]
    page.set_viewport_size({"width": 360, "height": 1400})  # the rows are cards now
    drag(page, first, second, 0.5)
    assert places(page) == ["1", "2", "2", "4"]
    drag(page, third, fourth, 0.1, drop=False)
    assert places(page) == ["1", "2", "2", "4"], "let go of by Escape"
    expect(page.locator("main [data-saved]")).to_contain_text("Sparat")
    page.reload()
    assert shown(page)[0] == fourth and shown(page)[3] == third
    assert kept_order(panel) == [[fourth], sorted([first, second]), [third]]


# Boxes over what tells of a person


@pytest.fixture
def masked(panel: Panel) -> Sent:
    """The first candidate's file, looked at by the machine: one box on each page."""
    make_blind(panel)
    note_machine(panel, panel.sent[0])
    return panel.sent[0]


def boxes(panel: Panel, sent: Sent) -> list[Box]:
    return boxes_of(pages_of(panel, sent)[0].boxes)


def test_boxes_are_drawn_typed_moved_and_taken_away(panel: Panel, masked: Sent, open_browser: Open) -> None:
    page = open_browser(panel.world.kansli, viewport={"width": 1280, "height": 1600})
    page.goto(page_url(panel, masked))
    assert boxes(panel, masked) == [SUGGESTED]
    _with_the_mouse(page, panel, masked)
    _with_the_keys(page, panel, masked)


def _with_the_mouse(page: "Page", panel: Panel, masked: Sent) -> None:
    drawn = Box(0.2, 0.4, 0.5, 0.55)
    page.mouse.move(*_at(page, drawn.left, drawn.top))
    page.mouse.down()
    page.mouse.move(*_at(page, drawn.right, drawn.bottom), steps=5)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.get_by_role("heading", name="Två rutor")).to_be_visible()
    _same(boxes(panel, masked)[1], drawn)
    page.mouse.click(*_at(page, 0.9, 0.9))  # where no box is
    with page.expect_navigation():
        page.mouse.click(*_at(page, 0.3, 0.5))
    expect(page.get_by_role("heading", name="En ruta")).to_be_visible()
    assert boxes(panel, masked) == [SUGGESTED]


def _with_the_keys(page: "Page", panel: Panel, masked: Sent) -> None:
    for side, typed in (("left", "10"), ("right", "30"), ("top", "60"), ("bottom", "64,5")):
        page.locator(f"#{side}").focus()
        page.keyboard.type(typed)
    drawing = page.locator("rect.drawing")
    expect(drawing).to_have_attribute("visibility", "visible")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#bottom")).to_have_value("70,5")
    page.locator("#left").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#left")).to_have_value("9")
    assert float(drawing.get_attribute("x") or 0) == pytest.approx(0.09)
    assert float(drawing.get_attribute("height") or 0) == pytest.approx(0.105)
    page.get_by_role("button", name="Lägg till rutan").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _same(boxes(panel, masked)[1], Box(0.09, 0.6, 0.3, 0.705))
    page.get_by_role("button", name="Ta bort rutan").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(boxes(panel, masked)) == 1 and SUGGESTED not in boxes(panel, masked)


def _at(page: "Page", left: float, top: float) -> tuple[float, float]:
    """A place on the page's picture, in pixels of the window."""
    picture = page.locator("[data-masks]")
    picture.scroll_into_view_if_needed()
    place = picture.bounding_box()
    assert place is not None
    return place["x"] + left * place["width"], place["y"] + top * place["height"]


def _same(found: Box, wanted: Box) -> None:
    for side in ("left", "top", "right", "bottom"):
        assert getattr(found, side) == pytest.approx(getattr(wanted, side), abs=0.006)


# A thumb


def test_every_target_of_the_desk_is_large_enough_for_a_thumb(panel: Panel, open_browser: Open) -> None:
    page = open_browser(panel.world.gunnel, **steps.PHONE)
    page.goto(f"{panel.url}/jav")
    assert small_targets(page, "main .choice, main .btn") == []
    panel.declare(panel.world.gunnel)
    for criterion in (0, 2):  # the scale; there or not
        page.goto(panel.score_url(panel.sent[0], criterion))
        assert page.locator("#dock input[type=radio]").count() >= 3
        assert small_targets(page, "#dock .step, #dock .mini label, #dock .btn") == []
    panel.score_all(panel.world.gunnel)
    page.goto(f"{panel.url}/ordning")
    assert small_targets(page, ".grip, tr[data-row] .btn, tr[data-row] .input, main .btn") == []
