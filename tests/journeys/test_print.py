"""What people print: the ad, on at most two sheets."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from portal.demo.services.ads import CRITERIA, FULL_TIME
from tests import world
from tests.journeys.conftest import Portal

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMETABLE = [["14–17 dec", "Bedömning"], ["11–15 jan", "Intervjuer i Härnösand"], ["25 jan", "Alla har fått besked"]]
INTRO = "Var med där besluten om sjukvård, kollektivtrafik och kultur tas fram. " * 4


def test_the_ad_prints_on_two_sheets_of_a4_with_all_that_it_says(
    portal: Portal, open_browser: Callable[..., "Page"], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(kind, judged, text, weight) for kind, judged, text, _why, weight in CRITERIA]
    monkeypatch.setattr(world, "CRITERIA", rows)
    more = {"hours": "Oreglerad arbetstid, kvällar och helger förekommer", "collective_agreement": "AB i delar"}
    ad = world.publish_ad(portal.world, tasks=FULL_TIME["tasks"], timetable=TIMETABLE, intro=INTRO, **more)
    page = open_browser()
    page.goto(f"/annonser/{ad.reference}")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(printed) <= 2
    for sheet in printed:
        assert sheet.get_size() == pytest.approx((595.3, 841.9), abs=1)
    words = " ".join(sheet.get_textpage().get_text_range() for sheet in printed)
    for said in ("11 december 2026", "B-körkort", "070-174 06 12", "Närvårdspartiet", "partiets utvecklingsarbete"):
        assert said in " ".join(words.split()), said
