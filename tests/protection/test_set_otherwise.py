"""A CV is set as pages anew each time: boxes from before a release that sets it otherwise cover and hand over nothing."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.documents.engines.layout import layout
from portal.documents.masks import WHOLE_PAGE, Box, Origin
from portal.protection.paper_masks import PageMasks, as_text, pages_in
from portal.protection.queries import handed_over, identity_key, masks_of, place_of
from portal.protection.services.masking import keep_found, look_through
from portal.review.blind.mask_boxes import Drawn
from tests.decisions.recruiting import office
from tests.documents import hostile
from tests.forms import submit_page
from tests.protection.applying import identity_for, paper_for, stage_protected
from tests.protection.test_masks import applied, press  # noqa: F401
from tests.review.panel import Panel
from tests.world import World, publish_ad

HAND_OVER, LOOK, TAKE_BACK = "Lämna till dem som bedömer", "Leta efter det som röjer", "Ta tillbaka CV:t"
BEFORE = '[[1, [[0.1, 0.1, 0.5, 0.2, "hand"]], []]]'  # as they were sealed once, without how the pages were set


def sets_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that moves words on the pages of a file."""
    for place in ("queries", "services.masking"):
        monkeypatch.setattr(f"portal.protection.{place}.layout", lambda: "another", raising=False)


def test_boxes_from_before_are_not_burnt_on_other_pages_and_the_cv_is_looked_through_again(
    applied: tuple[Panel, UUID],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel, id = applied
    world, mask = panel.world, f"{panel.url}/skyddad/{id}/maskera"
    reader = world.browser(world.kansli)
    press(reader, mask, LOOK)
    old, one = reader.get(mask), reader.get(f"{mask}/1")
    sets_otherwise(monkeypatch)
    refused = submit_page(reader, old, mask, {}, HAND_OVER)
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert LOOK in page and HAND_OVER not in page and "<rect" not in page and "Rutorna är som de var" not in page
    assert "gåtts igenom" in page and "lägg till dina rutor igen" in page
    late = submit_page(reader, one, f"{mask}/1", {}, "Täck hela sidan")
    assert (late.status_code, late.location) == (303, mask) and reader.get(f"{mask}/1").location == mask
    with world.acting(scope.party(world.party)) as session:
        assert handed_over(session, id) == []
    again = press(reader, mask, LOOK)
    assert "<rect" in again and HAND_OVER in again
    assert "De som bedömer har CV:t" in press(reader, mask, HAND_OVER)


def test_what_was_handed_over_can_be_taken_back_though_its_pages_are_set_otherwise_now(
    applied: tuple[Panel, UUID],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel, id = applied
    reader, mask = panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    press(reader, mask, LOOK)
    press(reader, mask, HAND_OVER)
    sets_otherwise(monkeypatch)
    shown = reader.get(mask).get_data(as_text=True)
    assert TAKE_BACK in shown and LOOK not in shown and "täckt som nedan" not in shown
    assert LOOK in press(reader, mask, TAKE_BACK)


def test_masks_that_do_not_say_how_the_pages_were_set_are_none(world: World) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    with world.writing(scope.party(world.party)) as session:
        identity = identity_for(session, ad, id)
        key = identity_key(session, identity, reader_id=world.kansli)
        identity.masks_sealed = key.seal_text(place_of("masks"), BEFORE)
        assert masks_of(session, identity, reader_id=world.kansli) == []
        pages = [PageMasks(1, (Drawn(WHOLE_PAGE, Origin.hand),))]
        keep_found(session, identity=identity, actor=office(world, world.party), pages=pages, at=clock.now())
        assert masks_of(session, identity, reader_id=world.kansli) == pages


def test_a_pdf_has_its_own_pages_whatever_sets_the_others(world: World) -> None:
    ad = publish_ad(world)
    paper = paper_for(world, ad, stage_protected(world, ad))
    text = paper._replace(name="cv.txt", data=b"Handlaggare")
    assert [one.setting for one in look_through(text)] == [layout()]
    assert [one.setting for one in look_through(paper._replace(data=hostile.plain()))] == [""]
    pages = [PageMasks(1), PageMasks(2, (Drawn(Box(0.1, 0.1, 0.5, 0.2), Origin.hand),), (), "then")]
    assert pages_in(as_text(pages), "then") == pages and pages_in(as_text(pages), "now") == []
