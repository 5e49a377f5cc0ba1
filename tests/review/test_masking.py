"""The office masks: suggested by the machine, approved page by page, burnt, taken back; and everything that can go wrong."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from portal import clock, scope
from portal.applications.services.withdrawing import finish_erasure, withdraw_application
from portal.documents.masks import WHOLE_PAGE, Box, Doubt
from portal.documents.queries import named_blobs
from portal.documents.reading import Verdict
from portal.review import services
from portal.review.blind.mask_boxes import boxes_of
from portal.review.queries.case import case_of
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.review.blind import (
    SUGGESTED,
    approve_all,
    approve_pages,
    approve_texts,
    blind_panel,
    code_name,
    listed,
    machine_says,
    make_blind,
    page_url,
    pages_of,
    picture_with,
    post,
    work,
)
from tests.review.panel import Panel, panel_of
from tests.world import World


def test_an_application_is_read_blind_only_when_everything_of_it_is_approved_and_burnt(looked_at: Panel) -> None:
    first, *_others = looked_at.sent
    looked_at.declare(looked_at.people[0])
    assert listed(looked_at) == set()
    approve_pages(looked_at, first)
    work(looked_at)
    assert listed(looked_at) == set()
    approve_texts(looked_at, first)
    assert listed(looked_at) == {first.id}


def test_what_is_approved_and_not_burnt_waits(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    looked_at.declare(looked_at.people[0])
    approve_pages(looked_at, first)
    approve_texts(looked_at, first)
    assert listed(looked_at) == set()
    assert "Täcks över" in looked_at.world.browser(looked_at.world.kansli).get(page_url(looked_at, first)).get_data(
        as_text=True
    )
    work(looked_at)
    assert listed(looked_at) == {first.id}


def test_the_office_goes_from_page_to_page_by_plain_forms(looked_at: Panel) -> None:
    browser, first = looked_at.world.browser(looked_at.world.kansli), looked_at.sent[0]
    status, _ = post(browser, page_url(looked_at, first), do="add", left="10", top="50,5", right="40", bottom="60")
    assert status == 303
    assert boxes_of(pages_of(looked_at, first)[0].boxes) == [SUGGESTED, Box(0.1, 0.505, 0.4, 0.6)]
    post(browser, page_url(looked_at, first), do="remove-1")
    assert boxes_of(pages_of(looked_at, first)[0].boxes) == [Box(0.1, 0.505, 0.4, 0.6)]
    for number in (1, 2):
        assert post(browser, page_url(looked_at, first, number), do="approve")[0] == 303
    assert post(browser, f"{looked_at.url}/maskera/{first.id}/text")[0] == 303
    work(looked_at)
    page = browser.get(f"{looked_at.url}/maskera").get_data(as_text=True)
    assert "1 av 3 är klara" in page
    assert first.name in page and code_name(looked_at, first) in page


def test_a_page_covered_from_edge_to_edge_needs_no_reading_of_its_file(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_says(monkeypatch, suggested=Verdict.stuck, burnt=Verdict.damaged)
    make_blind(panel)
    work(panel)
    first, browser = panel.sent[0], panel.world.browser(panel.world.kansli)
    assert [page.doubts for page in pages_of(panel, first)] == [[Doubt.UNREADABLE.value]] * 2
    assert post(browser, page_url(panel, first), do="approve", seen="1:unreadable")[0] == 303
    work(panel)
    assert "Gick inte att täcka" in browser.get(f"{panel.url}/maskera").get_data(as_text=True)
    assert pages_of(panel, first)[0].approved_at is None
    for number in (1, 2):
        post(browser, page_url(panel, first, number), do="cover")
        assert WHOLE_PAGE in boxes_of(pages_of(panel, first)[number - 1].boxes)
    approve_all(panel, first)
    panel.declare(panel.people[0])
    assert listed(panel) == {first.id}
    picture = panel.world.browser(panel.people[0]).get(f"{panel.url}/sokande/{first.id}/sida/{first.document}/1").data
    assert len(Image.open(BytesIO(picture)).getcolors() or []) == 1


def test_the_picture_served_covers_every_box(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_panel(panel, monkeypatch)
    first, elof = panel.sent[0], panel.world.browser(panel.world.elof)
    for number in (1, 2):
        answer = elof.get(f"{panel.url}/sokande/{first.id}/sida/{first.document}/{number}")
        image = Image.open(BytesIO(answer.data))
        for box in boxes_of(pages_of(panel, first)[number - 1].boxes):
            inside = [
                box.left * image.width,
                box.top * image.height,
                box.right * image.width,
                box.bottom * image.height,
            ]
            assert image.crop(tuple(map(round, inside))).getextrema() == (0, 0)
        assert answer.data == picture_with([SUGGESTED])


def test_the_office_may_rewrite_a_typed_text_beside_the_original(looked_at: Panel) -> None:
    first = looked_at.sent[0]
    question = looked_at.ad.criteria[0]
    browser = looked_at.world.browser(looked_at.world.kansli)
    url = f"{looked_at.url}/maskera/{first.id}/text"
    assert first.letter.split("\n")[0] in browser.get(url).get_data(as_text=True)
    post(browser, url, **{f"text-{question}": "Så har jag gjort på min arbetsplats.", "text-okand": "intrång"})
    approve_pages(looked_at, first)
    work(looked_at)
    looked_at.declare(looked_at.people[0])
    page = looked_at.world.browser(looked_at.people[0]).get(looked_at.score_url(first)).get_data(as_text=True)
    assert "Så har jag gjort på min arbetsplats." in page
    assert first.answers[question] not in page


def test_taking_back_leaves_the_queue_and_lets_the_burnt_pages_go(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(panel, monkeypatch)
    first, browser = panel.sent[0], panel.world.browser(panel.world.kansli)
    burnt = {page.blob for page in pages_of(panel, first)}
    assert first.id in listed(panel)
    assert post(browser, f"{panel.url}/maskera/{first.id}")[0] == 303
    assert first.id not in listed(panel)
    with panel.world.app.app_context():
        assert not burnt & {name for name, _ in the_vault().blobs.names()}
    assert panel.world.browser(panel.people[0]).get(panel.score_url(first)).status_code == 404
    approve_all(panel, first)
    assert first.id in listed(panel)


@pytest.mark.parametrize(("applications", "ticked"), [(7, False), (8, True)])
def test_blind_is_proposed_from_eight_applications_on(
    world: World, set_clock: Callable[[str], datetime], applications: int, ticked: bool
) -> None:
    panel = panel_of(world, set_clock, applications=applications)
    page = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    box = re.search(r'<input[^>]*name="blind"[^>]*>', page)
    assert box and ("checked" in box[0]) is ticked


def test_an_office_person_who_also_assesses_is_told_so(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    make_blind(panel)
    browser = world.browser(world.kansli)
    assert "Samira Hedvall är både kansli och bedömare" in browser.get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "Du är också bedömare" in browser.get(f"{panel.url}/maskera").get_data(as_text=True)


def test_a_late_application_is_looked_at_and_gets_a_code_name_of_its_own(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind_panel(panel, monkeypatch)
    late = send_applications(panel.world, panel.ad, 1, start=3, late=True)[0]
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        case = case_of(session, panel.ad.id)
        assert case is not None
        services.blinding.want_masks(session, case=case, at=clock.now())
    work(panel)
    panel.sent.append(late)
    assert len({code_name(panel, one) for one in panel.sent}) == 4
    panel.declare(panel.people[0])
    assert late.id not in listed(panel)
    approve_all(panel, late)
    assert late.id in listed(panel)


def test_a_candidate_who_withdraws_takes_masks_and_texts_along(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, employer="party")
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    first = panel.sent[0]
    approve_pages(panel, first)  # and before it is burnt, the candidate takes it back
    with world.writing(scope.candidate(first.id)) as session:
        withdraw_application(session, application_id=first.id, at=clock.now())
    with world.acting(scope.party(panel.ad.party_id)):
        finish_erasure(first.id)
    work(panel)
    assert pages_of(panel, first) == []
    with world.acting(scope.party(panel.ad.party_id)) as session:
        assert first.id not in {blob.application_id for blob in named_blobs(session)}
