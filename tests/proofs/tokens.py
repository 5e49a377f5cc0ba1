"""One token of every purpose, each got as its holder gets it, and used up as its holder would."""

import re

from flask.testing import FlaskClient

from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from tests.accounts.people import PASSWORD, code_now, give_account, secret_on
from tests.applications.paper import PAPERS, base, letters, page_one, page_two, private_link, send
from tests.door import submit_inside
from tests.forms import submit, submit_page
from tests.world import Published, World

ANOTHER = "gurka tofs lampa å 9"
Tokens = dict[Purpose, str]


def one_of_each(world: World, ad: Published) -> Tokens:
    """Somebody applies, somebody else in the same name; a colleague is invited; one of the office wants a new password."""
    client = world.browser()
    apply_without_files(client, ad)
    private = private_link(client.get(f"{base(ad)}/kvitto"))
    cookie = client.get_cookie("draft", path=base(ad))
    assert cookie is not None
    apply_without_files(world.browser(), ad)
    invited = {"Namn": "Ny Person", "E-post": "ny@example.se", "role": "ledamot"}
    assert submit(world.browser(world.kansli), "/arbete/personer", invited).status_code == 303
    assert submit(world.browser(), "/losenord", {"E-post": give_account(world, world.gunnel)}).status_code == 303
    run_rounds(world.app)
    mailed = {
        Purpose.PROPOSAL: "proposal:",
        Purpose.INVITATION: "invitation:",
        Purpose.PASSWORD: "password:",
    }
    return {
        Purpose.APPLICATION: private.rpartition("/")[2],
        Purpose.DRAFT: cookie.value,
        **{purpose: _token_in(letters(world, kind)[-1].body) for purpose, kind in mailed.items()},
    }


def apply_without_files(client: FlaskClient, ad: Published, **changes: str) -> None:
    """All three pages of an ad that asks for no papers."""
    assert page_one(client, ad, **changes).status_code == 303
    assert page_two(client, ad, PAPERS, {}).status_code == 303
    assert send(client, ad).status_code == 303


def use_up(world: World, tokens: Tokens) -> None:
    """Answer the question, take the application back, accept the invitation, choose the password. The draft's token lasts
    as long as its application."""
    client = world.browser()
    answered = submit_inside(world, f"/ansokan/fraga/{tokens[Purpose.PROPOSAL]}", {}, "Behåll den första")
    taken_back = submit_inside(world, f"/ansokan/{tokens[Purpose.APPLICATION]}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    chosen = submit(client, f"/losenord/{tokens[Purpose.PASSWORD]}", {"Nytt lösenord": ANOTHER})
    place = f"/inbjudan/{tokens[Purpose.INVITATION]}"
    enrolled = submit(client, place, {"Namn": "Nina Ny", "Välj ett lösenord": PASSWORD})
    page = client.get(f"{place}/kod")
    confirmed = submit_page(client, page, f"{place}/kod", {"code": code_now(secret_on(page))})
    statuses = [answer.status_code for answer in (answered, taken_back, chosen, enrolled, confirmed)]
    assert statuses == [303] * 5, statuses


def _token_in(body: str) -> str:
    found = re.search(r"http://localhost/\S*/(\w{30})(?:\s|\?)", body)
    assert found, body
    return found[1]
