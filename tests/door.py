"""A private link opened as its reader does: the button, the code out of the mail, and then the page behind the door."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.routes.door import ROOTS, cookie_name
from portal.links.models import Link, Purpose
from portal.links.services import begin_visit, follow_link, handle_of, let_in
from tests.applications.paper import letters
from tests.forms import submit
from tests.pages import CheckedClient
from tests.world import World

TOKEN_PLACE = re.compile(r"(/ansokan/(?:fraga/)?)(\w{30}|[\w-]{24})(?=[/?]|$)")
BUTTON, OPEN, AGAIN, LEAVE = "Fortsätt", "Öppna", "Mejla en ny kod", "Logga ut här"


def press(browser: FlaskClient, link: str) -> str:
    """Press the button behind a link: the address one is led to, where the code is asked for."""
    answer = submit(browser, link)
    assert answer.status_code == 303, answer.status_code
    return str(answer.headers["Location"])


def codes(world: World) -> list[str]:
    """Every code that was mailed, oldest first."""
    return [re.findall(r"^\d{6}$", letter.body, re.M)[0] for letter in letters(world, "code:")]


def type_code(browser: FlaskClient, place: str, code: str) -> TestResponse:
    """Type a code where it is asked for."""
    return submit(browser, place, {"code": code, "door": "code"})


def through(world: World, browser: FlaskClient, link: str) -> str:
    """Open a private link through its door, page by page: the address of the page behind it."""
    place = press(browser, link)
    answer = type_code(browser, place, codes(world)[-1])
    assert answer.status_code == 303, answer.status_code
    return str(answer.headers["Location"])


def inside(world: World, browser: FlaskClient, link: str) -> str:
    """The same at once, for tests of what is behind the door: the browser is let in, and the address has the handle."""
    path, _, query = link.partition("?")
    found = re.fullmatch(r"(/ansokan/(?:fraga/)?)(\w{30}|[\w-]{24})(?![\w-])(.*)", path)
    assert found, link
    purpose = Purpose.PROPOSAL if "/fraga/" in found[1] else Purpose.APPLICATION
    cookie, handle = let_in_by(world, found[2], purpose)
    set_visit(world, browser, purpose, handle, cookie)
    return f"{found[1]}{handle}{found[3]}" + (f"?{query}" if query else "")


def let_in_by(world: World, token: str, purpose: Purpose = Purpose.APPLICATION) -> tuple[str, str]:
    """A browser's cookie with which the door of this token is open from now on, and the handle."""
    at = clock.now()
    with world.writing(scope.PLATFORM) as session:
        link = follow_link(session, token, purpose=purpose, at=at)
        assert link is not None, "the link is not in force"
        visit, cookie = begin_visit(session, link_id=link.id, at=at)
        let_in(visit, at=at)
        return cookie, handle_of(link)


def set_visit(world: World, browser: FlaskClient, purpose: Purpose, handle: str, cookie: str) -> None:
    """Put the cookie into a browser."""
    with world.app.test_request_context():
        browser.set_cookie(cookie_name(), cookie, path=url_for(ROOTS[purpose], token=handle))


def show(world: World, link: str) -> TestResponse:
    """What a browser that has been let in is shown at a link."""
    browser = world.browser()
    return browser.get(inside(world, browser, link))


def submit_inside(
    world: World, link: str, data: Mapping[str, Any] | None = None, button: str | None = None, **more: Any
) -> TestResponse:
    """Fill in a form behind a link's door, in a browser that has been let in (see `tests.forms.submit`)."""
    browser = world.browser()
    return submit(browser, inside(world, browser, link), data, button, **more)


def behind(world: World, token: str) -> str:
    """Where the pages behind the door of a token lie, whoever may come there."""
    return f"/ansokan/{handle(world, token)}"


def handle(world: World, token: str) -> str:
    """What stands in the token's place behind its door."""
    with world.acting(scope.PLATFORM) as session:
        link = session.scalars(select(Link).where(Link.token_hash == sha256(token.encode()).digest())).one()
        return handle_of(link)


def where_it_leads(world: World, browser: FlaskClient, link: str) -> str:
    """Where somebody would be who came through the door; a link that opens nothing leads nowhere."""
    return inside(world, browser, link) if browser.get(link).status_code == 200 else f"{link}/"


class LetIn(CheckedClient):
    """A browser that is let in at the door of whatever private link it opens: for tests of what is behind it."""

    world: World

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Open an address; where it has a link's token, behind the door at once."""
        if args and isinstance(args[0], str) and TOKEN_PLACE.search(args[0]):
            args = (self._behind(args[0]), *args[1:])
        return super().open(*args, **kwargs)

    def _behind(self, link: str) -> str:
        found = TOKEN_PLACE.search(link)
        assert found is not None
        purpose = Purpose.PROPOSAL if "/fraga/" in found[1] else Purpose.APPLICATION
        with self.world.acting(scope.PLATFORM) as session:
            in_force = follow_link(session, found[2], purpose=purpose, at=clock.now()) is not None
        return inside(self.world, self, link[found.start() :]) if in_force else link


def own_browser(world: World) -> FlaskClient:
    """Of a candidate, who has the code of every link."""
    browser = LetIn(world.app, world.app.response_class, use_cookies=True)
    browser.world = world
    return browser
