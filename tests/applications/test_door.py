"""The door before a private link: GET shows, POST mails a code, and only the browser that asked for it comes in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application
from portal.links.door import new_code, typed_code
from portal.links.models import Link, Purpose, Visit
from portal.mail.models import OutgoingMail
from tests.applications.paper import DETAILS, PAPERS, applications_in, apply, base, letters, page_one, private_link
from tests.counting import statements
from tests.door import AGAIN, BUTTON, LEAVE, behind, codes, inside, press, through, type_code
from tests.forms import fields_of, submit, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
SAID = "Koden stämmer inte, eller så har den gått ut."
HERE = {"Sec-Fetch-Site": "same-origin"}
SECRETS = ("Närvårdspartiet", "Politisk sekreterare", "Mottagen", "Alma", "alma@example.se")


@pytest.fixture
def ad(world: World) -> Published:
    """An open ad."""
    return publish_ad(world)


@pytest.fixture
def link(world: World, client: FlaskClient) -> str:
    """The private link of what Alma has sent."""
    return private_link(apply(client, publish_ad(world)))


def counted(world: World) -> tuple[int, ...]:
    """Links, browsers at their doors, and mails."""
    with world.acting(scope.PLATFORM) as session:
        return tuple(session.scalar(select(func.count(table.id))) or 0 for table in (Link, Visit, OutgoingMail))


def shape(answer: TestResponse) -> tuple[int, int, list[tuple[str, str]]]:
    """Status, length and headers."""
    return answer.status_code, len(answer.data), [(k, v) for k, v in answer.headers if k != "Set-Cookie"]


def another(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_opening_a_link_however_often_tells_nothing_changes_nothing_and_mails_nothing(world: World, link: str) -> None:
    before = counted(world)
    scanner = world.browser()
    for path in (link, f"{link}/ta-tillbaka", f"{link}/intervju", behind(world, link.rpartition("/")[2])):
        for method in ("HEAD", "GET", "GET", "GET"):
            page = scanner.open(path, method=method)
            assert page.headers["Referrer-Policy"] == "no-referrer"
            assert page.headers["Cache-Control"] == "no-store"
            assert [word for word in SECRETS if word in page.get_data(as_text=True)] == []
    assert counted(world) == before


def test_the_button_the_code_and_then_the_token_has_left_the_address(world: World, link: str) -> None:
    browser, token = world.browser(), link.rpartition("/")[2]
    place = press(browser, f"{link}/ta-tillbaka")
    asked = browser.get(place).get_data(as_text=True)
    assert token not in place + asked and [word for word in SECRETS if word in asked] == []
    (code,) = codes(world)
    answer = type_code(browser, place, f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    page = browser.get(place).get_data(as_text=True)
    assert "Ta tillbaka ansökan?" in page and token not in page
    assert "till kl. 12.00" in page
    with world.acting(scope.PLATFORM) as session:
        visit = session.scalars(select(Visit)).one()
        assert visit.code_hash is None
    assert letters(world, "code:")[0].subject == "Din kod"


def test_the_cookie_is_shut_to_scripts_bound_to_the_page_and_names_nothing(world: World, link: str) -> None:
    browser = world.browser()
    answer = submit(browser, link, {}, BUTTON)
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("link="))
    assert f"Path={answer.headers['Location']};" in cookie
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    with world.acting(scope.PLATFORM) as session:
        visit = session.scalars(select(Visit)).one()
        value = re.findall(r"link=([^;]+)", cookie)[0]
        for kept in (visit.cookie_hash, visit.code_hash or b""):
            assert value.encode() not in kept and codes(world)[0].encode() not in kept


def test_a_wrong_code_a_late_one_a_used_one_and_one_of_another_browser_are_answered_alike(
    world: World, link: str, set_clock: Clock
) -> None:
    first, other, late = world.browser(), world.browser(), world.browser()
    places = [press(one, link) for one in (first, other, late)]
    assert len(set(places)) == 1, "the handle is the link's, and worth nothing without a cookie"
    one, two, three = codes(world)
    assert len({one, two, three}) > 1
    shapes = [shape(type_code(other, places[0], one)), shape(type_code(first, places[0], another(one)))]
    assert type_code(other, places[0], two).status_code == 303
    first_page = first.get(places[0])
    assert "Mottagen" not in first_page.get_data(as_text=True)
    set_clock("2026-11-23T10:12")
    shapes.append(shape(type_code(late, places[0], three)))
    shapes.append(shape(type_code(late, places[0], another(three))))
    assert len({repr(one) for one in shapes}) == 1, shapes
    assert shapes[0][0] == 422


def test_a_code_is_good_once(world: World, link: str) -> None:
    browser = world.browser()
    place = press(browser, link)
    page = browser.get(place)
    (code,) = codes(world)
    assert submit_page(browser, page, place, {"Kod": code}, "Öppna").status_code == 303
    submit(browser, place, {}, LEAVE)
    fresh = world.browser()
    press(fresh, link)
    assert type_code(fresh, place, code).status_code == 422 or codes(world)[-1] == code


def test_pressing_twice_mails_one_code_and_whoever_is_in_is_not_asked_again(world: World, link: str) -> None:
    browser = world.browser()
    place = press(browser, link)
    assert press(browser, link) == place
    assert len(codes(world)) == 1
    type_code(browser, place, codes(world)[0])
    assert press(browser, f"{link}/ta-tillbaka") == f"{place}/ta-tillbaka"
    assert "Ta tillbaka ansökan?" in browser.get(f"{place}/ta-tillbaka").get_data(as_text=True)
    assert len(codes(world)) == 1


def test_it_is_open_for_two_hours_and_then_a_code_is_asked_for_anew(world: World, link: str, set_clock: Clock) -> None:
    browser = world.browser()
    place = through(world, browser, link)
    set_clock("2026-11-23T11:59")
    assert "Mottagen" in browser.get(place).get_data(as_text=True)
    set_clock("2026-11-23T12:05")
    shut = browser.get(place)
    assert "Sidan är stängd här." in shut.get_data(as_text=True) and "Mottagen" not in shut.get_data(as_text=True)
    submit(browser, place, {}, AGAIN)
    assert type_code(browser, place, codes(world)[-1]).status_code == 303


def test_logged_out_the_browser_is_shut_out_and_a_copied_cookie_too(world: World, link: str) -> None:
    browser, thief = world.browser(), world.browser()
    place = through(world, browser, link)
    cookie = browser.get_cookie("link", path=place)
    assert cookie is not None
    thief.set_cookie("link", cookie.value, path=place)
    assert "Mottagen" in thief.get(place).get_data(as_text=True)
    out = submit(browser, place, {}, LEAVE, follow_redirects=True)
    assert "Du är utloggad här" in out.get_data(as_text=True)
    nowhere = world.browser().get("/ansokan/" + "x" * 12)
    for one in (browser, thief):
        shut = one.get(place)
        assert (shut.status_code, shut.data.replace(place.encode(), b"/ansokan/" + b"x" * 12)) == (404, nowhere.data)


def test_the_cookie_of_one_application_opens_no_other(world: World, client: FlaskClient, link: str) -> None:
    bo = private_link(apply(world.browser(), publish_ad(world), **{"E-post": "bo@example.se"}))
    browser = world.browser()
    own = inside(world, browser, link)
    cookie = browser.get_cookie("link", path=own)
    assert cookie is not None
    theirs = behind(world, bo.rpartition("/")[2])
    browser.set_cookie("link", cookie.value, path=theirs)
    assert browser.get(theirs).status_code == 404


def test_what_was_typed_outlives_a_door_that_has_shut(world: World, link: str, set_clock: Clock) -> None:
    """A private page with a form stood open over the night."""
    browser = world.browser()
    place = through(world, browser, f"{link}/ta-tillbaka")
    page = browser.get(place)
    set_clock("2026-11-24T18:00")
    token = fields_of(page)["csrf_token"][0]
    shut = browser.post(place, data={"csrf_token": token, "letter": "Ett långt brev."}, headers=HERE)
    assert (shut.status_code, "Det du skrev finns kvar." in shut.get_data(as_text=True)) == (401, True)
    root = place.removesuffix("/ta-tillbaka")
    again = submit_page(browser, shut, root, {}, AGAIN)
    back = submit_page(browser, again, root, {"Kod": codes(world)[-1]}, "Öppna").get_data(as_text=True)
    assert "Ett långt brev." in back and f'action="{place}"' in back


def test_a_letter_typed_for_more_than_a_day_comes_back_to_be_sent_again(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    page_one(client, ad)
    place = f"{base(ad)}/handlingar"
    client.get(place)
    set_clock("2026-11-25T10:00")
    client.delete_cookie("portal")
    late = client.post(place, data={"csrf_token": "gone", "letter": "Brevet.\n\nDet är långt."}, headers=HERE)
    assert late.status_code == 400 and "Det är långt." in late.get_data(as_text=True)
    assert submit_page(client, late, place, {}, "Fortsätt").status_code in (303, 422)
    assert "Det är långt." in client.get(place).get_data(as_text=True)
    foreign = client.post(place, data={"letter": "Utifrån"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400 and "Utifrån" not in foreign.get_data(as_text=True)


def test_the_back_button_after_sending_leads_to_the_receipt(world: World, client: FlaskClient, ad: Published) -> None:
    apply(client, ad)
    token = fields_of(client.get(f"{base(ad)}/kvitto"))["csrf_token"][0]
    for page, data in (
        ("", {"name": DETAILS["Namn"]}),
        ("/handlingar", {"letter": PAPERS["Personligt brev"]}),
        ("/kontrollera", {}),
    ):
        answer = client.post(base(ad) + page, data={"csrf_token": token, **data})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{base(ad)}/kvitto")
    assert len(applications_in(world, ad)) == len(letters(world, "receipt")) == 1


def test_codes_are_mailed_five_times_a_quarter_and_the_page_says_when_to_try_again(world: World, link: str) -> None:
    for _ in range(5):
        assert submit(world.browser(), link, {}, BUTTON).status_code == 303
    browser = world.browser()
    stopped = submit(browser, link, {}, BUTTON)
    assert (stopped.status_code, len(codes(world))) == (429, 5)
    assert "Försök igen efter kl. 10.16." in stopped.get_data(as_text=True)


def test_the_code_goes_away_with_the_application(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world, employer="party")))
    browser = world.browser()
    place = through(world, browser, f"{link}/ta-tillbaka")
    assert submit(browser, place, {}, "Ta tillbaka ansökan").status_code == 303
    assert codes(world) == []
    assert browser.get(place).status_code == 404


@pytest.mark.parametrize("how", ["expired", "ended"])
def test_a_browser_that_was_let_in_is_out_when_the_link_is_over(world: World, link: str, how: str) -> None:
    browser = world.browser()
    place = inside(world, browser, link)
    assert browser.get(place).status_code == 200
    with world.writing(scope.PLATFORM) as session:
        for row in session.scalars(select(Link).where(Link.purpose == Purpose.APPLICATION)):
            if how == "expired":
                row.expires_at = clock.now() - timedelta(seconds=1)
            else:
                row.ended_at = clock.now()
    for address in (link, place, f"{place}/ta-tillbaka"):
        assert browser.get(address).status_code == 404, address


@pytest.mark.counts
def test_the_private_page_asks_no_more_than_it_did_before_there_was_a_door(world: World, link: str) -> None:
    browser = world.browser()
    place = inside(world, browser, link)
    browser.get(place)
    with statements(world.app) as asked:
        browser.get(place)
    assert [one for one in asked if "link" in one and "JOIN link_visit" not in one] == []


@pytest.mark.parametrize(
    ("changes", "broken"),
    [({"tries": 6}, "five_tries_of_a_code"), ({"code_hash": b"x"}, "code_has_its_end")],
)
def test_the_database_too_refuses_a_sixth_try_and_a_code_without_an_end(
    world: World, link: str, changes: dict[str, object], broken: str
) -> None:
    inside(world, world.browser(), link)
    with pytest.raises(IntegrityError, match=broken), world.writing(scope.PLATFORM) as session:
        for name, value in changes.items():
            setattr(session.scalars(select(Visit)).one(), name, value)


def test_who_has_no_address_is_let_in_by_the_link_alone(world: World, client: FlaskClient, link: str) -> None:
    """As whoever was handed the link on paper: no code can come."""
    with world.writing(scope.party(world.party)) as session:
        session.scalars(select(Application)).one().email_sealed = None
    browser = world.browser()
    assert "till kl. 12.00" in browser.get(press(browser, link)).get_data(as_text=True)
    assert codes(world) == []


@pytest.mark.parametrize("typed", ["123456", " 123 456", "123-456", "123\u00a0456"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert typed_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "1" * 9000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert typed_code(typed) == ""


def test_a_code_has_six_digits_zeros_too() -> None:
    assert all(re.fullmatch(r"\d{6}", new_code()) for _ in range(200))
