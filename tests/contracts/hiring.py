"""A recruitment with its candidate hired, ready for the employment to be recorded; and the form's page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide
from tests.forms import submit
from tests.steps import kept
from tests.world import Published, World

RECORD = "Registrera anställningen"
TERMS = {"decided": "2026-12-14", "starts": "2027-02-01", "ends": "2030-12-31", "extent_percent": "100"}


@kept
def hired(
    world: World, set_clock: Callable[[str], datetime], n: int = 1, hire: int = 1, **ad: Any
) -> tuple[Published, list[Sent]]:
    """``n`` candidates, the first ``hire`` of them with the outcome *anställs*."""
    published, sent = closed_recruitment(world, set_clock, n, **{"posts": hire, **ad})
    decide(world, published, sent[:hire], HIRED)
    return published, sent


def place(published: Published, one: Sent) -> str:
    """The form's address."""
    return address(published, f"anstall/{one.id}")


def fill(browser: FlaskClient, published: Published, one: Sent, button: str = RECORD, **changes: Any) -> TestResponse:
    """Fill the form in and press a button."""
    return submit(browser, place(published, one), {**TERMS, **changes}, button)
