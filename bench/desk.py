"""The assessor's desk in Chromium: from the press on *Nästa* until the next candidate is drawn, few and many in the queue."""

import os
import shutil
from collections.abc import Iterator
from statistics import median

from bench.servers import Running
from bench.trials import Figure
from tests.journeys.conftest import CHROMIUM_ARGUMENTS
from tests.journeys.desk import moments_to_next

TIMES = 8
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def next_candidate(portal: Running) -> Iterator[Figure]:
    """The median and the worst of some candidates in a row. Nothing where the machine has no Chromium."""
    path, house = next(filter(None, map(shutil.which, CHROMIUM)), None), portal.house
    if path is None or house is None:
        return
    from playwright.sync_api import sync_playwright

    cookie = house.cookie(house.world.gunnel)["Cookie"].removeprefix(
        "portal="
    )  # before a browser's event loop runs here
    arguments = CHROMIUM_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        context = browser.new_context(base_url=portal.address, locale="sv-SE")
        context.add_cookies([{"name": "portal", "value": cookie, "url": portal.address, "httpOnly": True}])
        page = context.new_page()
        for size, ad in house.desks.items():
            page.goto(f"/arbete/rekryteringar/{ad.id}/bedom")
            moments_to_next(page, 1)  # the first page of a browser has its own costs
            took = moments_to_next(page, TIMES)
            yield Figure(f"next.{size}.p50", median(took))
            yield Figure(f"next.{size}.most", max(took))
        browser.close()
