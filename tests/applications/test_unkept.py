"""What is typed on a page that is too late, because the application was sent or the ad closed, is shown and not lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.applications.routes import papers
from tests.applications.paper import CV, DETAILS, PAPERS, SALARY, apply, base, page_one, page_two, private_link, send
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
LETTER = "Personligt brev"
LATER = {LETTER: "Skrivet <i>efteråt</i>.", SALARY: "inget tal", "När kan du börja?": "1 mars 2027"}
LOST = "Det här är inte sparat"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ad(world: World, client: FlaskClient) -> Published:
    """An open ad, for which page one is filled in."""
    ad = publish_ad(world)
    page_one(client, ad)
    return ad


def words(page: TestResponse) -> str:
    """What the page says."""
    return page.get_data(as_text=True)


def sent_meanwhile(client: FlaskClient, ad: Published) -> TestResponse:
    """Page two as it was opened before the application was sent."""
    page_two(client, ad)
    page = client.get(f"{base(ad)}/handlingar")
    assert send(client, ad).status_code == 303
    return page


def test_what_a_tab_saves_after_the_sending_is_shown_with_the_way_to_add_it(client: FlaskClient, ad: Published) -> None:
    page, where = sent_meanwhile(client, ad), f"{base(ad)}/handlingar"
    answer = submit_page(client, page, where, LATER, "Fortsätt", {"CV": (hostile.turned(), "nytt-cv.pdf")})
    told = words(answer)
    assert answer.status_code == 409
    assert "Ansökan är redan skickad" in told and LOST in told and "Ändra ansökan" in told
    for text in ("Skrivet &lt;i&gt;efteråt&lt;/i&gt;.", "inget tal", "1 mars 2027", "nytt-cv.pdf"):
        assert text in told
    link = private_link(client.get(f"{base(ad)}/kvitto"))
    assert f'href="{link}/andra/handlingar"' in told
    sent = words(client.get(f"{base(ad)}/kvitto"))
    assert "Jag skriver väl." in sent and "efteråt" not in sent


def test_the_same_pressed_again_after_the_sending_with_the_same_file_leads_to_the_receipt(
    client: FlaskClient, ad: Published
) -> None:
    page = client.get(f"{base(ad)}/handlingar")
    sent_meanwhile(client, ad)
    again = submit_page(client, page, f"{base(ad)}/handlingar", PAPERS, "Fortsätt", CV)
    assert (again.status_code, again.headers["Location"]) == (303, f"{base(ad)}/kvitto")


def test_what_a_page_was_only_opened_with_is_nothing_that_anybody_typed(client: FlaskClient, ad: Published) -> None:
    page_two(client, ad, {**PAPERS, LETTER: "Det första brevet."})
    page, where = client.get(f"{base(ad)}/handlingar"), f"{base(ad)}/handlingar"
    page_two(client, ad, {LETTER: "Det andra brevet."}, {})
    assert send(client, ad).status_code == 303
    again = submit_page(client, page, where, {}, "Fortsätt")
    assert (again.status_code, again.headers["Location"]) == (303, f"{base(ad)}/kvitto")
    told = words(submit_page(client, page, where, {"När kan du börja?": "genast"}, "Fortsätt"))
    assert "genast" in told and "Det första brevet." not in told


def test_page_one_too_shows_what_was_typed_after_the_sending(client: FlaskClient, ad: Published) -> None:
    page = client.get(base(ad))
    sent_meanwhile(client, ad)
    told = submit_page(client, page, base(ad), {"Namn": "Alma E. Ekdahl"}, "Fortsätt")
    assert told.status_code == 409 and "Alma E. Ekdahl" in words(told)
    assert "alma@example.se" not in words(told) and "/andra/uppgifter" in words(told)


def test_once_the_last_day_is_over_it_says_where_one_can_still_write(
    client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    set_clock("2026-12-11T20:00")
    page = sent_meanwhile(client, ad)
    set_clock("2026-12-12T10:00")
    told = words(submit_page(client, page, f"{base(ad)}/handlingar", LATER, "Fortsätt"))
    assert "1 mars 2027" in told and "går inte att ändra längre" in told and "Ändra ansökan" not in told


def test_a_draft_pressed_after_the_last_day_shows_what_it_cannot_keep(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    page_one(client, ad)
    page_two(client, ad)
    page, where = client.get(f"{base(ad)}/handlingar"), f"{base(ad)}/handlingar"
    set_clock("2026-12-14T09:00")
    told = submit_page(client, page, where, {**LATER, LETTER: "å" * 20_001}, "Fortsätt", {"CV": (b"no cv", "fel.pdf")})
    assert told.status_code == 422 and LOST in words(told)
    lost = words(told).partition(LOST)[2].partition("</section>")[0]
    assert "inget tal" in lost and "å" * 20_001 in lost and "fel.pdf" in lost
    assert "1 mars 2027" not in lost and "1 mars 2027" in words(told)  # kept, and read back below


def test_a_change_of_what_was_sent_that_comes_too_late_is_shown(world: World, set_clock: Clock) -> None:
    ad, browser = publish_ad(world), own_browser(world)
    link = private_link(apply(browser, ad))
    documents, details = browser.get(f"{link}/andra/handlingar"), browser.get(f"{link}/andra/uppgifter")
    set_clock("2026-12-12T10:00")
    late = submit_page(browser, documents, f"{link}/andra/handlingar", {LETTER: "För sent."}, "Spara ändringarna")
    assert late.status_code == 409 and LOST in words(late) and "För sent." in words(late)
    named = submit_page(browser, details, f"{link}/andra/uppgifter", {"Namn": "Alma Sen"}, "Spara ändringarna")
    assert named.status_code == 409 and "Alma Sen" in words(named)
    assert LOST not in words(browser.get(f"{link}/andra/handlingar"))


def test_an_address_typed_otherwise_than_it_is_kept_was_sent_all_the_same(client: FlaskClient, ad: Published) -> None:
    page = client.get(base(ad))
    page_one(client, ad, **{"E-post": "alma@Example.SE"})
    sent_meanwhile(client, ad)
    again = submit_page(client, page, base(ad), {**DETAILS, "E-post": "alma@Example.SE"}, "Fortsätt")
    assert (again.status_code, again.headers["Location"]) == (303, f"{base(ad)}/kvitto")


@pytest.mark.parametrize("closed", ["before page two", "after page two"])
def test_a_letter_of_a_lost_draft_is_shown_also_where_nobody_can_apply_any_more(
    world: World, client: FlaskClient, set_clock: Clock, closed: str
) -> None:
    ad = publish_ad(world, employer="party")
    page_one(client, ad)
    set_clock("2026-12-11T23:00")
    page, where = client.get(f"{base(ad)}/handlingar"), f"{base(ad)}/handlingar"
    client.delete_cookie("draft", path=base(ad))
    if closed == "before page two":
        set_clock("2026-12-12T00:30")
        told = submit_page(client, page, where, LATER, "Fortsätt", headers=HERE)
    else:
        again = submit_page(client, page, where, LATER, "Fortsätt", headers=HERE)
        assert again.status_code == 409
        set_clock("2026-12-12T00:30")
        told = submit_page(client, again, base(ad), DETAILS, "Fortsätt")
    assert told.status_code == 422 and LOST in words(told) and "Skrivet &lt;i&gt;efteråt" in words(told)


def test_a_draft_that_is_deleted_while_its_page_is_read_gives_back_what_was_typed(
    world: World, client: FlaskClient, ad: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, other, read = client.get(f"{base(ad)}/handlingar"), world.browser(), papers.take_in
    other._cookies = dict(client._cookies)

    def deleted_meanwhile(*files: Any, **named: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:  # a request, and so a session, of its own
            assert pool.submit(submit, other, f"{base(ad)}/ta-bort").result().status_code == 303
        return read(*files, **named)

    monkeypatch.setattr(papers, "take_in", deleted_meanwhile)
    told = submit_page(client, page, f"{base(ad)}/handlingar", LATER, "Fortsätt", CV)
    assert told.status_code == 409 and "Skrivet &lt;i&gt;efteråt" in words(told)


def test_a_page_that_saves_by_itself_is_told_that_the_time_is_over(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    page_one(client, ad)
    fields = fields_of(client.get(f"{base(ad)}/handlingar"))
    set_clock("2026-12-12T01:00")
    sent = {name: fields[name][0] for name in ("csrf_token", "version", "marks")} | {"letter": "Ett sent brev."}
    told = client.post(f"{base(ad)}/handlingar", data=sent, headers={"Accept": "application/json"})
    assert told.status_code == 410 and told.get_json()["fault"].startswith("Ansökningstiden har gått ut")
    assert told.get_json()["at"] == f"{base(ad)}/handlingar"
