"""What a newcomer stumbled on: where a typed place landed, where the button leads, a path of one, a name in a note."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal import scope
from portal.review.blind.given_away import names_given_away
from portal.review.models import ScoreNote
from portal.review.own_order import landed
from tests.doors import csrf_token
from tests.forms import submit
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.meetings import JSON, page_of, posted, start
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]
A, B, C = (UUID(int=n) for n in (1, 2, 3))


def test_where_a_typed_place_lands_is_told_with_the_reason(panel: Panel) -> None:
    world, (first, second, third) = panel.world, panel.sent
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.order(world.gunnel, ((first.id,), (second.id,), (third.id,)))
    gunnel = world.browser(world.gunnel)
    typed = {f"place-{first.id}": "1", f"place-{second.id}": "1", f"place-{third.id}": "2"}
    page = submit(gunnel, f"{panel.url}/ordning", typed, "Spara ordningen", follow_redirects=True).get_data(
        as_text=True
    )
    assert f"Du skrev 2, men {third.name} står på plats 3: två står före." in page
    again = submit(gunnel, f"{panel.url}/ordning", {}, "Spara ordningen", follow_redirects=True).get_data(as_text=True)
    assert "Du skrev" not in again


def test_landing_says_only_what_was_typed_otherwise() -> None:
    assert landed({A: 1, B: 1, C: 2}, {A: 1, B: 2, C: 3}) == {C: (2, 3)}
    assert landed({A: 1, B: 1, C: 3}, {A: 1, B: 1, C: 3}) == {}
    assert landed({A: 1, B: 9}, {A: 1, B: 2}) == {B: (9, 2)}
    assert landed({A: 1, B: 5}, {A: 1, B: 5}) == {}, "as the page showed it"


def test_the_button_says_where_it_leads(panel: Panel) -> None:
    world = panel.world
    panel.declare(world.gunnel)
    browser = world.browser(world.gunnel)
    place = browser.get(f"{panel.url}/bedom").headers["Location"]
    said = []
    while "/bedom/" in place:
        page = browser.get(place).get_data(as_text=True)
        said.append(next(line for line in page.splitlines() if "data-send" in line).split("data-send")[-1])
        step = "yes" if 'value="yes"' in page else "2"
        place = submit(browser, place, {"step": step}).headers["Location"]
    words = [one.split(">")[1].split("<")[0] for one in said]
    assert words[:3] == ["Nästa sökande", "Nästa sökande", words[2]] and words[2].startswith("Nästa krav: ")
    assert words[-1] == "Till din bedömning"
    assert len(words) == len(panel.sent) * len(panel.ad.criteria)


@pytest.mark.parametrize("role", ["gunnel", "kansli"])
def test_one_who_assesses_alone_has_no_meeting_on_the_path_and_is_told_why(
    world: World, set_clock: Clock, role: str
) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    page = world.browser(getattr(world, role)).get(panel.url).get_data(as_text=True)
    assert "Håll mötet" not in page and "En person bedömer ensam. Därför finns inget möte" in page
    panel.name(world.gunnel, world.elof)
    two = world.browser(getattr(world, role)).get(panel.url).get_data(as_text=True)
    assert "Håll mötet" in two and "bedömer ensam" not in two


def blind(world: World, set_clock: Clock) -> Panel:
    panel = panel_of(world, set_clock, applications=2)
    make_blind(panel)
    for one in panel.sent:
        note_machine(panel, one)
        approve_pages(panel, one)
        burn_all(panel, one)
        approve_texts(panel, one)
    panel.name(world.gunnel, world.elof)
    panel.declare(world.gunnel)
    return panel


def notes(panel: Panel) -> int:
    with panel.world.acting(scope.party(panel.world.party)) as session:
        return session.scalar(select(func.count()).select_from(ScoreNote)) or 0


def write(browser: FlaskClient, url: str, text: str, **more: str) -> TestResponse:
    data = {"csrf_token": csrf_token("", browser), "note": text, **more}
    return browser.post(f"{url}/anteckning", data=data)


def test_a_name_in_a_blind_note_is_warned_of_before_it_is_saved_and_never_forbidden(
    world: World, set_clock: Clock
) -> None:
    panel = blind(world, set_clock)
    gunnel, url = world.browser(world.gunnel), panel.score_url(panel.sent[0])
    given = panel.sent[1].name.split()[0]
    warned = write(gunnel, url, f"Skriver som {given} brukar.")
    page = warned.get_data(as_text=True)
    assert warned.status_code == 409 and f"Anteckningen nämner {given}" in page and "Spara ändå" in page
    assert f"Skriver som {given} brukar." in page and notes(panel) == 0
    assert write(gunnel, url, f"Skriver som {given} brukar.", anyway="1").status_code == 303
    assert notes(panel) == 1


def test_a_script_is_told_the_same_with_a_button(world: World, set_clock: Clock) -> None:
    panel = blind(world, set_clock)
    gunnel, url = world.browser(world.gunnel), panel.score_url(panel.sent[0])
    token = gunnel.get(url).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "note": f"{panel.sent[0].name} skriver väl."}
    json = {"Accept": "application/json"}
    told = gunnel.post(f"{url}/anteckning", data=data, headers=json)
    assert (told.status_code, told.json and told.json["anyway"]) == (409, "Spara ändå")
    saved = gunnel.post(f"{url}/anteckning", data={**data, "anyway": "1"}, headers=json)
    assert saved.status_code == 200 and notes(panel) == 1


def test_where_names_are_open_nothing_is_warned_of(panel: Panel) -> None:
    panel.declare(panel.world.gunnel)
    url = panel.score_url(panel.sent[0])
    saved = write(panel.world.browser(panel.world.gunnel), url, f"{panel.sent[0].name} skriver väl.")
    assert saved.status_code == 303 and notes(panel) == 1


def test_what_counts_as_a_name() -> None:
    names = ["Elin Forsvik", "Björn Lind", "Anna-Karin von Essen"]
    assert names_given_away("Elins text är klar.", names) == ["Elins"]
    assert names_given_away("Tänker på Anna-Karin.", names) == ["Anna", "Karin"]
    assert names_given_away("En lind och en björn i parken, E.F. och A.K.", names) == []
    assert names_given_away("Skriver kort.", names) == []
    assert names_given_away("Skriver kort.", []) == []


def test_the_mails_link_leads_to_the_next_thing_to_do_after_logging_in(panel: Panel) -> None:
    browser = panel.world.browser()
    asked = browser.get(f"{panel.url}/bedom")
    assert asked.headers["Location"] == f"/logga-in?vidare={panel.url}/bedom"
    page = browser.get(asked.headers["Location"]).get_data(as_text=True)
    assert f'name="vidare" type="hidden" value="{panel.url}/bedom"' in page


def test_a_name_in_a_joint_text_of_a_blind_review_is_warned_of_too(world: World, set_clock: Clock) -> None:
    panel = blind(world, set_clock)
    panel.declare(world.elof)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    start(panel)
    one, other = panel.sent[:2]
    given, page = other.name.split()[0], f"/sokande/{one.id}"
    warned = posted(panel, world.gunnel, page, text=f"Skriver som {given}.", version="0")
    shown = warned.get_data(as_text=True)
    assert warned.status_code == 409 and f"Texten nämner {given}" in shown and "Spara ändå" in shown
    assert f"Skriver som {given}." in shown and "är inte sparad än" in shown
    told = posted(panel, world.gunnel, page, JSON, text=f"Skriver som {given}.", version="0")
    assert (told.status_code, told.json and told.json["anyway"]) == (409, "Spara ändå")
    assert f"Skriver som {given}." not in page_of(panel, world.gunnel, f"mote{page}")
    assert posted(panel, world.gunnel, page, text=f"Skriver som {given}.", version="0", anyway="1").status_code == 303
    assert f"Skriver som {given}." in page_of(panel, world.gunnel, f"mote{page}")
