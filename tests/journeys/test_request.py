"""Somebody calls and asks for an application: the registrar answers, by real clicks, to the masked file and the decision."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from playwright.sync_api import expect

from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_registrar_answers_a_request(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    world = portal.world
    sent = send_applications(world, publish_ad(world), 2)[0]
    hidden = send_applications(world, publish_ad(world, employer="party"), 1, start=8)[0]
    page = open_browser(world.region)
    faults = []

    page.goto("/arbete/inkomna")
    faults += _faults_of(page)
    steps.follow(page, "Begäran om handlingar")
    steps.follow(page, "Ny begäran")
    page.get_by_label("Telefon").check()
    page.get_by_label("Vad som begärs").fill(f"Ansökan från {sent.name}")
    faults += _faults_of(page)
    steps.press(page, "Spara och välj handlingar")
    assert hidden.name not in page.content()
    page.get_by_label(f"1 Ansökan, {sent.name}").check()
    faults += _faults_of(page)
    steps.press(page, "Spara urvalet")
    steps.follow(page, "Ansökan")
    faults += _faults_of(page)
    steps.follow(page, "Sida 1")
    for _ in range(40):  # the machine looks in the worker
        if page.get_by_label("Grund för förslagen").is_visible():
            break
        page.wait_for_timeout(250)
        page.reload()
    suggested = page.locator("rect.machine").count()
    assert suggested >= 1 and page.locator("rect.hand").count() == 0
    _draw(page)
    expect(page.get_by_role("alert")).to_contain_text("Välj vilken paragraf")
    expect(page.locator("rect.drawing")).to_have_attribute("visibility", "visible")  # what was drawn stands there still
    page.get_by_label("Grund", exact=True).select_option("osl-21-3")
    steps.press(page, "Lägg till rutan")
    expect(page.locator("rect.hand")).to_have_count(1)
    page.get_by_label("Grund för förslagen").select_option("osl-21-3")
    faults += _faults_of(page)
    steps.press(page, "Godkänn och visa nästa")
    page.get_by_label("Lämnas ut maskad").check()
    steps.press(page, "Spara prövningen")
    with page.expect_download() as got:
        steps.follow(page, "Hämta nummer 1 (PDF)")
    handed_out = pypdfium2.PdfDocument(Path(got.value.path()).read_bytes())
    assert handed_out[0].get_textpage().get_text_bounded() == ""
    steps.follow(page, "Skriv beslutet")
    expect(page.get_by_label("Beslutet")).to_have_value(re.compile("21 kap. 3 § OSL"))
    faults += _faults_of(page)
    text = page.get_by_label("Beslutet").input_value()
    page.get_by_label("Beslutet").fill(text.replace("…", "kanslichefen", 1).replace("…", "delegationsordningen"))
    steps.press(page, "Ta beslutet")
    faults += _faults_of(page)
    steps.press(page, "Svaret är lämnat")
    expect(page.get_by_text("Begäran är besvarad.")).to_be_visible()
    assert faults == []


def _draw(page: "Page") -> None:
    box = page.locator("[data-masks]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"], box["y"] + 0.1 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.3 * box["height"], steps=4)
    page.mouse.up()
