"""Whoever opened page one before midnight has the quarter of an hour, though their draft begins with its first button."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.applications.states import State
from tests.applications.paper import DETAILS, applications_in, base, page_two, send
from tests.forms import fields_of, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
OPENED, IN_GRACE, LAST, OVER = "2026-12-11T23:59:50", "2026-12-12T00:05", "2026-12-12T00:14:30", "2026-12-12T00:15:00"
CLOSED = "Ansökningstiden har gått ut"


def closing(world: World, employer: str = "party") -> Published:
    return publish_ad(world, employer=employer, deadline=date(2026, 12, 11))


def press(client: FlaskClient, ad: Published, page: TestResponse, **typed: Any) -> TestResponse:
    """Page one filled in, and its button pressed."""
    if "consent" in fields_of(page) or 'name="consent"' in page.get_data(as_text=True):
        typed["consent"] = True
    return submit_page(client, page, base(ad), {**DETAILS, **typed}, "Fortsätt")


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_page_one_opened_in_time_is_taken_for_a_quarter_of_an_hour_and_the_rest_with_it(
    world: World, client: FlaskClient, set_clock: Clock, employer: str
) -> None:
    ad = closing(world, employer)
    set_clock(OPENED)
    page = client.get(base(ad))
    set_clock(IN_GRACE)
    assert press(client, ad, page).status_code == 303
    assert page_two(client, ad).status_code == 303
    set_clock(LAST)
    assert send(client, ad).status_code == 303
    assert [row.state for row in applications_in(world, ad)] == [State.SENT]


def test_what_is_put_right_on_it_after_midnight_was_opened_when_it_was(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = closing(world)
    set_clock(OPENED)
    page = client.get(base(ad))
    set_clock("2026-12-12T00:00:10")
    faulty = press(client, ad, page, name="")
    assert faulty.status_code == 422 and "Skriv ditt namn." in faulty.get_data(as_text=True)
    set_clock(IN_GRACE)
    assert press(client, ad, faulty).status_code == 303


def test_after_the_quarter_a_party_takes_nothing_and_shows_what_was_typed(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = closing(world)
    set_clock(OPENED)
    page = client.get(base(ad))
    set_clock(OVER)
    answer = press(client, ad, page, name="Alma Sent")
    assert answer.status_code == 422
    assert CLOSED in answer.get_data(as_text=True) and "Alma Sent" in answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["none", "forged", "another ad's", "another time", "hostile", "huge"])
def test_an_instant_that_the_page_did_not_say_gives_no_grace(
    world: World, client: FlaskClient, set_clock: Clock, kind: str
) -> None:
    ad, other = closing(world), closing(world)
    set_clock(OPENED)
    page = client.get(base(ad))
    fields: dict[str, Any] = {name: values[0] for name, values in fields_of(page).items()}
    signed = fields["opened"]
    assert "2026-" in signed
    made = {
        "none": "",
        "forged": signed[:-3] + "abc",
        "another ad's": fields_of(client.get(base(other)))["opened"][0],
        "another time": signed.replace("2026-", "2025-", 1),
        "hostile": "\x00' OR 1=1 \ud83d",
        "huge": "å" * 20_000,
    }[kind]
    set_clock("2026-12-12T00:00:05")
    answer = client.post(
        base(ad), data={**fields, **DETAILS, "consent": "y", "opened": made.encode("utf-8", "replace")}
    )
    assert answer.status_code == 422 and CLOSED in answer.get_data(as_text=True)


def test_a_page_that_was_opened_after_midnight_is_late_or_refused(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    party, authority = closing(world), closing(world, "authority")
    set_clock("2026-12-12T00:00:00")
    assert CLOSED in client.get(base(party)).get_data(as_text=True)
    page = client.get(base(authority))
    assert "Sen ansökan" in page.get_data(as_text=True)
    assert press(client, authority, page).status_code == 303


def test_a_page_shown_by_a_clock_that_was_ahead_was_opened_when_it_was_sent(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = closing(world, "authority")
    set_clock(IN_GRACE)
    page = client.get(base(ad))
    set_clock("2026-12-11T23:50")
    assert press(client, ad, page).status_code == 303
    assert page_two(client, ad).status_code == 303
    set_clock(IN_GRACE)
    assert send(client, ad).status_code == 303
    assert [row.state for row in applications_in(world, ad)] == [State.SENT]
