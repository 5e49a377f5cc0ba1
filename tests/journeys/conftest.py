"""A living portal for the journeys: web server and worker as processes of their own, Chromium in front of them."""

import asyncio
import contextvars
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from portal.config import Settings
from portal.factory import create_app
from portal.vault.services import the_vault
from tests.database import Databases, required
from tests.proofs.living import living
from tests.proofs.several import several
from tests.world import World, build_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey is a long run."""
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.slow)


@dataclass
class Portal:
    """The living portal: its address, its world and its clock."""

    address: str
    world: World
    set_clock: Callable[[str], Any]
    stop_worker: Callable[[], None]


@pytest.fixture(autouse=True)
def awaited_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test use the application while Playwright's event loop runs in its thread: await in another one."""

    def async_to_sync(_app: Flask, func: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            here = contextvars.copy_context()
            with ThreadPoolExecutor(1) as other:
                return other.submit(here.run, lambda: asyncio.run(func(*args))).result()

        return run

    monkeypatch.setattr(Flask, "async_to_sync", async_to_sync)


@pytest.fixture
def there_after_a_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click is over when the page it led to is there. Playwright's own ends as soon as the answer begins to come, and
    what is read at once then (a count, a list, a width) is read on a page that has nothing on it yet."""
    from playwright.sync_api import Locator

    click = Locator.click

    def click_and_arrive(self: Locator, **options: Any) -> None:
        click(self, **options)
        self.page.wait_for_load_state("domcontentloaded")

    monkeypatch.setattr(Locator, "click", click_and_arrive)


@pytest.fixture
def portal(
    request: pytest.FixtureRequest, settings: Settings, databases: Databases, set_clock: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Portal]:  # fmt: skip
    """A portal of its own for one journey, with the world in it and nothing published. Parametrised with ``several``
    it is two web servers behind one address and two workers."""
    if getattr(request, "param", "") == "several":
        with several(settings, databases, monkeypatch) as made:
            made.app.extensions["wake"] = lambda *_: None
            world = build_world(made.app)
            made.start_workers()
            yield Portal(made.running.address, world, set_clock, made.stop_workers)
            assert min(made.forwarder.connections.values()) > 1, "the journey went by one web server alone"
        return
    with living(settings) as running:
        app = create_app(Settings.from_environment(running.environment))
        with app.app_context():
            the_vault().key_store.create_tables()
        app.extensions["wake"] = lambda *_: None
        world = build_world(app)
        running.start_web()
        running.start_worker()
        yield Portal(running.address, world, set_clock, lambda: running.stop("worker"))


@pytest.fixture(scope="package")
def chromium() -> Iterator["Browser"]:
    """The machine's own Chromium; nothing is downloaded. It ends with the journeys: its event loop would stop other tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        required("Playwright is not installed (extra: e2e)")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        required("Chromium is not installed")
    arguments = CHROMIUM_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: "Browser", there_after_a_click: None, portal: Portal) -> Iterator[Callable[..., "Page"]]:
    """Open a browser of its own on the portal; ``person`` logs in. Dialogs and console errors fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def unforeseen_dialog(dialog: Any) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def opened(person: Any = None, **options: Any) -> "Page":
        context = chromium.new_context(base_url=portal.address, locale="sv-SE", **options)
        contexts.append(context)
        if person is not None:
            cookie = portal.world.browser_cookie(person)
            context.add_cookies([{"name": "portal", "value": cookie, "url": portal.address, "httpOnly": True}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("dialog", unforeseen_dialog)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    foreseen = ("status of 4", "ERR_INTERNET_DISCONNECTED")  # refusals, and a connection that a journey has dropped
    unforeseen = [fault for fault in faults if not any(words in fault for words in foreseen)]
    assert unforeseen == []
