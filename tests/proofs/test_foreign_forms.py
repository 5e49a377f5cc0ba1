"""A form that another page sends in somebody's name is refused, at every route that changes anything, and changes nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.config import Settings
from tests.database import Databases
from tests.doors import Values, address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
SAFE = {"GET", "HEAD", "OPTIONS"}
FIELDS = {"name": "Ny", "answer": "keep", "email": "a@example.se", "consent": "y", "step": "3"}
Way = tuple[Mapping[str, str], bool]  # headers, and whether the form carries the person's own good token
WAYS: dict[str, Way] = {
    "no token": ({}, False),
    "foreign Origin": ({"Origin": "https://ond.example"}, True),
    "foreign Origin, same ending": ({"Origin": "http://ondlocalhost"}, True),
    "sent by a foreign page": ({"Sec-Fetch-Site": "cross-site"}, True),
    "sent by a neighbour": ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, True),
    "foreign page with a foreign token": ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
}
# A token of ours tells in whose home its page was opened: whoever sends it is told that it is another's, or asked to log in.
REFUSED = {"another's token": (400, 401, 409)}


def whose(rule: Rule) -> tuple[str, str]:
    """A person that this route's form is for, and the place of the table where."""
    for place, persons in TABLE[rule.endpoint].posts.items():
        for person in persons:
            return person, place
    if "reference" in rule.arguments:
        return "candidate", "open"
    if "token" in rule.arguments:
        return "candidate", "invitation" if rule.rule.startswith("/inbjudan") else "link"
    for place in TABLE[rule.endpoint].posts:  # nobody's as things stand: whoever has such places tries it
        return ("candidate" if place == "none" else "kansli"), place
    return "candidate", "none"


@pytest.mark.proof(
    "Ett formulär som en främmande sida skickar i någons namn avvisas överallt och ändrar ingenting.",
    how="every route that changes anything, as the person it is for: without token, with another's, from foreign pages, as "
    "other kinds of content; all rows compared",
    short={"rounds": 1},
    full={"rounds": 3},
)
def test_foreign_forms_are_refused(
    proof: Proof, world: World, settings: Settings, databases: Databases, set_clock: Clock
) -> None:
    world.app.test_client_class = FlaskClient
    side, _rival = set_stage(world, set_clock, employer="authority")
    browsers = browsers_of(side)
    rules = [rule for rule in world.app.url_map.iter_rules() if set(rule.methods or ()) - SAFE]
    everybody = sorted({whose(rule)[0] for rule in rules})
    tokens = {person: csrf_token(person, browsers[person]) for person in everybody}
    foreign = csrf_token("rival_kansli", browsers["rival_kansli"])
    before, taken, tried = digest(settings, databases), [], 0
    for _round in range(proof.size("rounds")):
        for rule in rules:
            person, place = whose(rule)
            for name, answer in _sent(
                side, browsers[person], rule, places(side, person)[place], tokens[person], foreign
            ):
                tried += 1
                if answer not in REFUSED.get(name, (400,)):
                    taken.append((rule.rule, person, name, answer))
    unchanged = digest(settings, databases) == before
    exempt = world.app.extensions["csrf"]
    exempted = len(exempt._exempt_views) + len(exempt._exempt_blueprints)
    proof.came_to(routes=len(rules), ways=len(WAYS) + 3, requests=tried, taken=len(taken), exempted=exempted)
    assert taken == []
    assert unchanged
    assert exempted == 0


def _sent(
    side: Side, browser: FlaskClient, rule: Rule, values: Values, token: str, foreign: str
) -> list[tuple[str, int]]:
    path, answers = address(side, rule, values), []
    for name, (headers, with_token) in WAYS.items():
        form = {**FIELDS, **({"csrf_token": token} if with_token else {})}
        answers.append((name, browser.post(path, data=form, headers=dict(headers)).status_code))
    another = {**FIELDS, "csrf_token": foreign}
    answers.append(("another's token", browser.post(path, data=another).status_code))
    answers.append(("as JSON", browser.post(path, json=another).status_code))
    as_text = browser.post(path, data=f"csrf_token={token}", content_type="text/plain")
    return [*answers, ("as plain text", as_text.status_code)]
