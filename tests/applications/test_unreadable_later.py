"""A file that nobody had time to read when it came, and that turns out later not to be readable: its candidate is told."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.documents.engines.reader import read_document
from portal.documents.kinds import Kind, shown_name
from portal.documents.reading import Reading, Verdict
from portal.jobs.tasks import run_rounds
from tests.applications.paper import CV, applications_in, base, letters, page_one, page_two, private_link, send
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.world import Published, World, publish_ad

LOCKED = {"CV": (hostile.locked("hemligt"), "alma-cv.pdf")}


@pytest.fixture
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every child is busy while a file is taken in."""

    def waits(_data: bytes, *, name: str, **_how: Any) -> Reading:
        return Reading(Verdict.waiting, shown_name(name), Kind.PDF)

    monkeypatch.setattr("portal.documents.services.storing.read_document", waits)
    return monkeypatch


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_whoever_has_sent_it_gets_one_neutral_mail_and_the_page_says_which_file(
    world: World,
    client: FlaskClient,
    nobody_reads: pytest.MonkeyPatch,
    set_clock: Callable[[str], datetime],
    employer: str,
) -> None:
    ad = publish_ad(world, employer=employer)
    page_one(client, ad)
    assert page_two(client, ad, files=LOCKED).status_code == 303
    link = private_link(_sent(client, ad))
    nobody_reads.setattr("portal.documents.services.storing.read_document", read_document)
    run_rounds(world.app)
    run_rounds(world.app)
    (mail,) = letters(world, "unreadable:")
    assert mail.to == "alma@example.se" and link in mail.body and mail.subject == "En fil gick inte att läsa"
    for word in ("Närvårdspartiet", "Politisk sekreterare", "Alma", "alma-cv"):
        assert word not in mail.subject + mail.body
    page = own_browser(world).get(link).get_data(as_text=True)
    assert "alma-cv.pdf" in page and "lösenord" in page
    assert _told_first(page) == "/andra/handlingar"
    set_clock("2026-12-14T10:00")
    assert _told_first(own_browser(world).get(link).get_data(as_text=True)) == "/brev", (
        "nothing is changed there any more"
    )


def test_nobody_is_mailed_of_a_draft_of_a_file_that_was_replaced_or_of_what_was_taken_back(
    world: World, client: FlaskClient, nobody_reads: pytest.MonkeyPatch
) -> None:
    """A draft says so on its own page, and is not sent with it."""
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad, files=LOCKED)
    for address, change in (("bo@example.se", True), ("cia@example.se", False)):
        browser = own_browser(world)
        page_one(browser, ad, **{"E-post": address})
        page_two(browser, ad, files=LOCKED)
        link = private_link(_sent(browser, ad))
        if change:
            with nobody_reads.context() as reads:
                reads.setattr("portal.documents.services.storing.read_document", read_document)
                assert submit(browser, f"{link}/andra/handlingar", {}, "Spara CV", CV).status_code == 303
        else:
            assert submit(browser, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303
    nobody_reads.undo()
    run_rounds(world.app)
    run_rounds(world.app)
    assert letters(world, "unreadable:") == []
    refused = client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)
    assert "Lägg till ditt CV." in refused


def test_what_is_read_while_its_candidate_checks_is_shown_before_it_is_sent(
    world: World, client: FlaskClient, nobody_reads: pytest.MonkeyPatch
) -> None:
    """The page said that the file is being read: by the time it is sent it is known that it cannot be."""
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(
        client, ad, {"attachment_kind": "betyg"}, {"Bilaga": (hostile.locked("hemligt"), "betyg.pdf")}, "Spara bilagan"
    )
    nobody_reads.undo()
    page_two(client, ad)
    check = f"{base(ad)}/kontrollera"
    opened = client.get(check)
    assert "Filen läses" in opened.get_data(as_text=True)
    run_rounds(world.app)
    run_rounds(world.app)
    told = submit_page(client, opened, check, {}, "Skicka ansökan")
    assert told.status_code == 409 and "lösenord" in told.get_data(as_text=True)
    assert applications_in(world, ad) == []
    assert submit_page(client, told, check, {}, "Skicka ansökan").status_code == 303, "it may be sent all the same"
    run_rounds(world.app)
    assert letters(world, "unreadable:") == []


def _told_first(page: str) -> str:
    """Where the sentence about the file leads, before everything that was sent."""
    notice = page[: page.index("Vad som händer när")].rpartition('class="notice')[2]
    assert "lösenord" in notice
    return "/" + notice.partition('href="/ansokan/')[2].partition('"')[0].partition("/")[2]


def _sent(client: FlaskClient, ad: Published) -> TestResponse:
    assert send(client, ad).status_code == 303
    return client.get(f"{base(ad)}/kvitto")


@pytest.mark.parametrize(
    ("when", "said"),
    [("2026-12-11T23:59:40", "hur du skickar den på nytt"), ("2026-12-12T00:05", "ansökan inte går att ändra längre")],
)
def test_after_the_last_day_the_mail_and_the_page_promise_no_change(
    world: World, client: FlaskClient, nobody_reads: pytest.MonkeyPatch, set_clock: Callable[[str], datetime], when: str,
    said: str,
) -> None:  # fmt: skip
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-11T23:58")
    page_one(client, ad)
    page_two(client, ad, files=LOCKED)
    link = private_link(_sent(client, ad))
    nobody_reads.setattr("portal.documents.services.storing.read_document", read_document)
    set_clock(when)
    for _ in range(2):
        run_rounds(world.app)
    (mail,) = letters(world, "unreadable:")
    assert said in mail.body
    page = own_browser(world).get(link).get_data(as_text=True)
    assert ("Nu går den inte att byta ut" in page) == ("längre" in said)
