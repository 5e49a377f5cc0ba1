"""A CV with a name on it: its reader alone sees it, covers what tells, and hands over pictures; before that nobody has it."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.documents.engines.reader import read_document
from portal.documents.masks import WHOLE_PAGE, Box, Origin
from portal.jobs.tasks import run_rounds
from portal.organisations.models import Party
from portal.protection.paper_masks import (
    PageMasks,
    as_text,
    boxes_by_page,
    doubts_of,
    pages_in,
    print_of_pages,
    with_box,
    without_box,
)
from portal.protection.queries import handed_over
from portal.review.blind.mask_boxes import Drawn
from portal.review.refusals import BoxUnknown
from portal.vault.services import open_application_key, the_vault
from tests.applicants import send_applications
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.protection.applying import TYPED, identities, name_as_reader, way_in
from tests.review.panel import CLOSED, Panel
from tests.stage import add_person
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
BOX = Box(0.1, 0.1, 0.5, 0.2)
PAPER = "Meritförteckning\n\nGralarka Hemligström\n\nTio år som utredare i en nämnd."


def test_boxes_are_kept_added_and_taken_away() -> None:
    pages = [PageMasks(1, (Drawn(BOX, Origin.machine),), ("picture_text",)), PageMasks(2)]
    assert pages_in(as_text(pages), "") == pages
    more = with_box(pages, 2, WHOLE_PAGE)
    assert boxes_by_page(more) == {1: [BOX], 2: [WHOLE_PAGE]}
    assert without_box(more, 2, 1) == pages and print_of_pages(more) != print_of_pages(pages)
    assert doubts_of(pages) == ["1:picture_text"]
    for number, which in ((1, 2), (2, 1), (3, 1), (1, 0)):
        with pytest.raises(BoxUnknown):
            without_box(pages, number, which)


@pytest.fixture
def applied(world: World, set_clock: Clock) -> tuple[Panel, UUID]:
    """Somebody under a code name has left a CV with their name and is opened by the reader, and Gunnel assesses."""
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    sent = submit(
        own_browser(world), way_in(ad), TYPED, "Skicka ansökan", {"paper": (PAPER.encode(), "hemligstrom.txt")}
    )
    assert sent.status_code == 303
    (identity,) = identities(world)
    set_clock(CLOSED)
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    run_rounds(world.app)
    page = f"{panel.url}/skyddad/{identity.application_id}"
    assert submit(world.browser(world.kansli), page, {"reason": "Täcka CV:t"}, "Öppna").status_code == 200
    return panel, identity.application_id


def press(browser: FlaskClient, page: str, button: str, **data: Any) -> str:
    """Press a button on the reader's page: where it leads, shown."""
    answer = submit(browser, page, data, button, follow_redirects=True)
    return answer.get_data(as_text=True)


def test_who_assesses_gets_the_cv_when_its_reader_has_covered_it_and_never_before(applied: tuple[Panel, UUID]) -> None:
    panel, id = applied
    world, reader = panel.world, panel.world.browser(panel.world.kansli)
    assessor, mask = world.browser(world.gunnel), f"{panel.url}/skyddad/{id}/maskera"
    papers = f"{panel.url}/sokande/{id}"
    assert "Finns det ett CV får du det när" in assessor.get(papers).get_data(as_text=True)
    shown = press(reader, mask, "Leta efter det som röjer")
    assert "Lämna till dem som bedömer" in shown and "<rect" in shown
    assert reader.get(f"{mask}/1/bild").mimetype == "image/png"
    assert "Finns det ett CV får du det när" in assessor.get(papers).get_data(as_text=True), "found is not handed over"
    seen = re.findall(r'name="seen" value="([^"]+)"', shown)
    told = press(reader, mask, "Lämna till dem som bedömer", **({"seen": seen} if seen else {}))
    assert "De som bedömer har CV:t" in told
    run_rounds(world.app)
    assert "Bilaga" in assessor.get(papers).get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        (document,) = handed_over(session, id)
        key = open_application_key(session, application_id=id, controller_id=document.controller_id)
        data = key.open_document("document", document.blob)
    words = read_document(data, name="cv.pdf").text
    assert b"Gralarka" not in data and "Hemligstr" not in words and words.strip() == ""
    assert "ser inte CV:t längre" in press(reader, mask, "Ta tillbaka CV:t")
    with world.app.app_context():
        assert document.blob not in set(the_vault().blobs.names()), "what was not covered in it is nobody's to read"
    assert "Finns det ett CV får du det när" in assessor.get(papers).get_data(as_text=True)


def test_nobody_else_comes_to_the_pages_or_the_pictures(applied: tuple[Panel, UUID]) -> None:
    panel, id = applied
    world, mask = panel.world, f"{panel.url}/skyddad/{id}/maskera"
    press(world.browser(world.kansli), mask, "Leta efter det som röjer")
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    for person in (colleague, world.gunnel, world.region, world.rival_kansli, world.drift):
        for url in (mask, f"{mask}/1", f"{mask}/1/bild"):
            assert world.browser(person).get(url).status_code == 404
    reader = world.browser(world.kansli)
    for url in (f"{mask}/2", f"{mask}/2/bild", f"{panel.url}/skyddad/{uuid4()}/maskera"):
        assert reader.get(url).status_code == 404


def test_a_box_is_added_and_removed_and_an_old_page_hands_nothing_over(applied: tuple[Panel, UUID]) -> None:
    panel, id = applied
    world, mask = panel.world, f"{panel.url}/skyddad/{id}/maskera"
    reader = world.browser(world.kansli)
    press(reader, mask, "Leta efter det som röjer")
    old = reader.get(mask)
    before = reader.get(f"{mask}/1").get_data(as_text=True).count("<rect")
    sides = {"left": "10", "right": "50", "top": "70", "bottom": "80"}
    assert press(reader, f"{mask}/1", "Lägg till rutan", **sides).count("<rect") == before + 1
    wrong = submit(reader, f"{mask}/1", {**sides, "left": "x"}, "Lägg till rutan")
    assert wrong.status_code == 422 and "Skriv var rutan börjar" in wrong.get_data(as_text=True)
    refused = submit_page(reader, old, mask, {}, "Lämna till dem som bedömer")
    assert refused.status_code in (409, 422)
    with world.acting(scope.party(world.party)) as session:
        assert handed_over(session, id) == []
    assert "<rect" in press(reader, f"{mask}/1", "Täck hela sidan")


@pytest.mark.parametrize("do", ["remove-" + "9" * 5000, "remove-x", "remove-", "inget"])
def test_a_box_that_cannot_be_is_no_fault(applied: tuple[Panel, UUID], do: str) -> None:
    panel, id = applied
    reader, mask = panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    press(reader, mask, "Leta efter det som röjer")
    token = fields_of(reader.get(f"{mask}/1"))["csrf_token"][0]
    assert reader.post(f"{mask}/1", data={"csrf_token": token, "do": do}).status_code < 500


def test_a_form_that_names_nobody_and_does_not_say_so_changes_no_reader(applied: tuple[Panel, UUID]) -> None:
    world = applied[0].world
    reader = world.browser(world.kansli)
    token = fields_of(reader.get("/arbete/skyddad-identitet"))["csrf_token"][0]
    assert reader.post("/arbete/skyddad-identitet", data={"csrf_token": token}).status_code == 422
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(Party, world.party).identity_reader_id == world.kansli
