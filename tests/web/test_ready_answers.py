"""Public answers repeated before Flask: the same to the byte, never past their time, never after news."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from itertools import product

import pytest
from flask import Response
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.routes.ready import ReadyPage, ReadyPages
from portal.ads.services.publishing import withdraw_ad
from portal.factory import create_app
from portal.web.ready_answers import NotReady, ReadyAnswers, only_what_is_ready
from tests.ads.test_public_pages import PUBLIC
from tests.conftest import close_stores
from tests.counting import statements
from tests.web.cold_browser import Fetched, visit
from tests.world import Published, World, publish_ad

SetClock = Callable[[str], datetime]
REFERENCE = "deadbeef"


@pytest.fixture
def layer(world: World) -> ReadyAnswers:
    """The application's own, which does not age while a slow machine runs a test."""
    held: ReadyAnswers = world.app.extensions["ready_answers"]
    held.seconds = 3600
    return held


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A browser that takes what comes: pages are checked as HTML elsewhere, and here they are compressed."""
    return FlaskClient(world.app, Response)


@pytest.fixture
def ad(world: World) -> Published:
    return publish_ad(world, reference=REFERENCE)


def ask(
    client: FlaskClient, path: str, method: str = "GET", **headers: str
) -> tuple[str, list[tuple[str, str]], bytes]:
    answer = client.open(path, method=method, headers=headers)
    return answer.status, list(answer.headers), answer.data


@pytest.mark.parametrize("path", PUBLIC)
def test_a_repeated_answer_is_flasks_own_to_the_byte(
    layer: ReadyAnswers, ad: Published, client: FlaskClient, path: str
) -> None:
    path = path.replace("%s", ad.reference)
    tag = dict(ask(client, path, **{"Accept-Encoding": "br"})[1])["ETag"]
    wishes = product(("GET", "HEAD"), ("br", "gzip", "gzip;q=0.5, br", "identity"), ("", tag, '"another"', "*"))
    for method, coding, known in wishes:
        headers = {"Accept-Encoding": coding} | ({"If-None-Match": known} if known else {})
        layer.forget()
        first, before = ask(client, path, method, **headers), layer.repeated
        again = ask(client, path, method, **headers)
        assert layer.repeated == before + 1, (method, headers)
        assert again == first, (method, headers)


def test_answers_to_those_who_ask_differently_are_kept_apart(
    layer: ReadyAnswers, ad: Published, client: FlaskClient
) -> None:
    codings = ("br", "gzip", "identity")
    first = [ask(client, "/", **{"Accept-Encoding": coding}) for coding in codings]
    assert len({body for _, _, body in first}) == 3
    assert [ask(client, "/", **{"Accept-Encoding": coding}) for coding in codings] == first
    assert layer.repeated == 3


def test_one_asks_anew_while_others_get_what_there_was_for_as_long_again(
    layer: ReadyAnswers, ad: Published, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer.seconds, running, reached = 0.5, [100.0], []
    monkeypatch.setattr(clock, "monotonic", lambda: running[0])
    client.get("/")
    real = layer.application

    def slow(environ: dict[str, object], start_response: object) -> object:
        reached.append(environ["PATH_INFO"])
        if len(reached) == 1:  # meanwhile another one asks, and is not sent here too
            assert client.get("/").status_code == 200
            running[0] += 0.5
            client.get("/")  # but nobody waits for ever
        return real(environ, start_response)  # type: ignore[arg-type]

    layer.application = slow  # type: ignore[assignment]
    running[0] += 0.5
    client.get("/")
    assert (len(reached), layer.repeated) == (2, 1)


def test_one_who_asks_for_only_what_is_ready_takes_nobodys_turn_to_ask_anew(
    layer: ReadyAnswers, ad: Published, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer.seconds, running = 0.5, [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: running[0])
    client.get("/")
    running[0] += 0.5
    for _ in range(2):
        mark = only_what_is_ready.set(True)
        with pytest.raises(NotReady):
            client.get("/")
        only_what_is_ready.reset(mark)
    client.get("/")
    assert layer.repeated == 0, "the first who can wait asks anew"
    only_what_is_ready.set(True)
    assert client.get("/").status_code == 200
    assert layer.repeated == 1
    with pytest.raises(NotReady):
        client.get("/annonser.atom")
    only_what_is_ready.set(False)


def test_a_page_that_many_ask_for_at_once_is_made_once() -> None:
    pages, made = ReadyPages(), []

    def make() -> ReadyPage:
        time.sleep(0.02)
        made.append(1)
        return ReadyPage.of("hej")

    with ThreadPoolExecutor(8) as hands:
        got = list(hands.map(lambda _: pages.get("key", make), range(8)))
    assert (len(made), len(set(map(id, got)))) == (1, 1)


def test_a_repeated_answer_asks_the_database_nothing(layer: ReadyAnswers, ad: Published, client: FlaskClient) -> None:
    for path in PUBLIC:
        client.get(path.replace("%s", ad.reference))
        with statements(client.application) as asked:
            client.get(path.replace("%s", ad.reference))
        assert asked == [], path


def test_an_ad_closes_to_the_instant_whatever_was_answered_before(
    layer: ReadyAnswers, world: World, client: FlaskClient, set_clock: SetClock
) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-11T23:59:58")
    for path in (f"/annonser/{ad.reference}", "/"):
        assert b"/ansok" in client.get(path).data or path == "/"
        assert ad.reference.encode() in client.get(path).data
    set_clock("2026-12-12T00:00:00")
    assert b"/ansok" not in client.get(f"/annonser/{ad.reference}").data
    assert ad.reference.encode() not in client.get("/").data


def test_a_clock_that_is_put_back_gets_no_answer_from_later(
    layer: ReadyAnswers, world: World, client: FlaskClient, set_clock: SetClock
) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-12T00:00:10")
    assert b"/ansok" not in client.get(f"/annonser/{ad.reference}").data
    set_clock("2026-12-11T23:00:00")
    assert b"/ansok" in client.get(f"/annonser/{ad.reference}").data


def test_news_of_this_process_is_shown_at_once(
    layer: ReadyAnswers, world: World, ad: Published, client: FlaskClient
) -> None:
    path = f"/annonser/{ad.reference}"
    assert client.get(path).status_code == 200
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    assert client.get(path).status_code == 410
    assert ad.reference.encode() not in client.get("/").data


def test_news_of_another_process_is_shown_half_a_second_later_at_the_most(
    layer: ReadyAnswers, world: World, ad: Published, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer.seconds, running = 0.5, [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: running[0])
    path = f"/annonser/{ad.reference}"
    assert client.get(path).status_code == 200
    neighbour = replace(world, app=create_app(world.app.config["SETTINGS"]))
    with neighbour.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    with neighbour.app.app_context():
        close_stores()
    running[0] += 0.49
    assert client.get(path).status_code == 200
    running[0] += 0.02
    assert client.get(path).status_code == 410


def test_an_answer_begun_before_the_news_is_not_kept_after_it(layer: ReadyAnswers, client: FlaskClient) -> None:
    real = layer.application

    def news_meanwhile(environ: object, start_response: object) -> object:
        body = real(environ, start_response)  # type: ignore[arg-type]
        layer.forget()
        return body

    layer.application = news_meanwhile  # type: ignore[assignment]
    client.get("/")
    client.get("/")
    assert layer.repeated == 0


def test_nothing_but_ready_bytes_is_repeated(layer: ReadyAnswers, ad: Published, world: World) -> None:
    browser = world.browser(world.kansli)
    for path in ("/arbete", "/logga-in", f"/annonser/{ad.reference}/ansok", "/annonser/none", "/healthz"):
        browser.get(path)
        browser.get(path)
    browser.post("/")
    assert layer.repeated == 0


def test_a_foreign_host_gets_nothing_that_was_made_for_the_right_one(
    layer: ReadyAnswers, world: World, client: FlaskClient
) -> None:
    world.app.config["TRUSTED_HOSTS"] = ["localhost"]
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert layer.repeated == 0


def test_however_many_ways_there_are_to_ask_so_many_answers_are_kept(layer: ReadyAnswers, client: FlaskClient) -> None:
    layer.kept = 3
    for number in range(10):
        client.get(f"/?lan={number}")
    assert len(layer._given) == 3


def test_a_cold_browser_needs_three_requests_and_twenty_kilobytes(ad: Published, client: FlaskClient) -> None:
    def fetch(path: str) -> Fetched:
        answer = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
        return Fetched(answer.headers, answer.data)

    seen = visit(fetch, f"/annonser/{ad.reference}")
    assert len(seen.paths) == 3, seen.paths
    assert seen.bytes <= 20_000
    assert seen.hosts == set()


@pytest.mark.parametrize("path", [*PUBLIC, "/sa-gar-det-till"])
def test_a_condition_on_a_date_asks_nothing_also_where_no_calendar_has_the_year(
    layer: ReadyAnswers, ad: Published, client: FlaskClient, path: str
) -> None:
    path = path.replace("%s", ad.reference)

    def told(**conditions: str) -> tuple[str, list[tuple[str, str]], bytes]:
        status, headers, body = ask(client, path, **conditions)
        return status, [one for one in headers if one[0] != "Date"], body  # the second at which it was made

    plain = told()
    assert plain[0] == "200 OK"
    days = ("Mon, 01 Jan 99999999999999 00:00:00 GMT", "Sat, 01 Jan 2000 00:00:00 GMT")
    for name, day in product(("If-Modified-Since", "If-Unmodified-Since", "If-Range"), days):
        assert told(**{name: day, "Range": "bytes=0-9"}) == plain, (name, day)
