"""No answer shows a score except as PRODUCT C6 says: an author's scores are changed, and every page is asked twice.

Whatever page reads the same before and after shows nothing of them, whatever it is made of.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.review.models import OwnPlace, PanelMember, Score
from portal.review.queries.scores import seen_scores
from tests.applicants import send_applications
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"')


def addresses(panel: Panel) -> Iterator[str]:
    """Every address of the case that may be asked by GET."""
    yield panel.url
    for page in (
        "bedomare",
        "jav",
        "bedom",
        "din-bedomning",
        "ordning",
        "lamna-in",
        "sokande",
        "utfall",
        "krav",
        "paus",
    ):
        yield f"{panel.url}/{page}"
    for arrangement in ("", "?visa=gemensam", "?visa=oenighet", "?visa=namn"):
        yield f"{panel.url}/gemensam{arrangement}"
    yield f"{panel.url}/gemensam/siffror"
    yield f"{panel.url}/gemensam/anteckningar"
    for sent in panel.sent:
        yield f"{panel.url}/sokande/{sent.id}"
        yield from (panel.score_url(sent, n) for n in range(len(panel.ad.criteria)))
        yield panel.score_url(sent) + "?ordning=sokande"
        yield panel.krav_url(sent)
    yield "/arbete"


def read(client: FlaskClient, panel: Panel) -> dict[str, str]:
    """What a browser is shown of each, and what a script is told when it saves."""
    seen = {}
    for url in addresses(panel):
        answer = client.get(url)
        seen[url] = TOKEN.sub("", answer.get_data(as_text=True)) + str(answer.headers.get("Location"))
    told = client.post(panel.score_url(panel.sent[0]), data={"step": "9"}, headers={"Accept": "application/json"})
    return seen | {"saving": str(told.status_code) + TOKEN.sub("", told.get_data(as_text=True))}


def change_scores(panel: Panel, author: UUID) -> None:
    """Turn every score and the order of one assessor around, past all rules."""
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        mine = select(PanelMember.id).where(PanelMember.person_id == author, PanelMember.ad_id == panel.ad.id)
        member = session.scalars(mine).one()
        for row in session.scalars(select(Score).where(Score.panel_member_id == member)):
            row.step = None if row.step is None else 3 - row.step
            row.present = {"ja": "nej", "nej": "ja"}.get(row.present or "", row.present)
        places = session.scalars(select(OwnPlace).where(OwnPlace.panel_member_id == member)).all()
        for place in places:
            place.place = len(places) + 1 - place.place


def who_saw(panel: Panel, author: UUID, viewers: dict[str, FlaskClient]) -> dict[str, set[str]]:
    """For each viewer the addresses whose answer told of the author's scores."""
    before = {name: read(client, panel) for name, client in viewers.items()}
    change_scores(panel, author)
    after = {name: read(client, panel) for name, client in viewers.items()}
    change_scores(panel, author)
    return {
        name: {url.removeprefix(panel.url) for url in before[name] if before[name][url] != after[name][url]}
        for name in viewers
    }


@pytest.fixture
def scored(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Three assessors (the third of the office) who have scored everything, each differently, and ordered it."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=2)
    for n, person in enumerate(panel.people):
        panel.declare(person)
        panel.score_all(person, {sent.id: [(n + k) % 3, 1, 2] for k, sent in enumerate(panel.sent)})
        panel.order(person, tuple((sent.id,) for sent in panel.sent))
    return panel


def viewers(world: World) -> dict[str, FlaskClient]:
    people = {
        "author": world.gunnel, "assessor": world.elof, "office": world.kansli, "rival": world.rival_kansli,
        "region": world.region, "drift": world.drift, "nobody": None,
    }  # fmt: skip
    return {name: world.browser(person) for name, person in people.items()}


KRAV = ("/krav",)  # the page and those under it: evidence for whoever may decide, by the same rule
JOINT = {"/gemensam", "/gemensam/siffror", "/gemensam?visa=gemensam", "/gemensam?visa=oenighet", "/gemensam?visa=namn"}


@pytest.mark.parametrize(
    ("handed_in", "passed", "told"),
    [
        pytest.param("", False, set(), marks=pytest.mark.slow),
        pytest.param("author", False, set(), marks=pytest.mark.slow),
        pytest.param("assessor", False, set(), marks=pytest.mark.slow),
        ("author assessor", False, {"assessor", "office"}),
        pytest.param("", True, {"office"}, marks=pytest.mark.slow),
        pytest.param("author", True, {"office"}, marks=pytest.mark.slow),
        pytest.param("assessor", True, {"office"}, marks=pytest.mark.slow),
    ],
)
def test_a_score_is_told_to_whom_the_rule_says_and_to_nobody_else(
    scored: Panel, world: World, handed_in: str, passed: bool, told: set[str]
) -> None:
    for name, person in (("author", world.gunnel), ("assessor", world.elof)):
        if name in handed_in.split():
            scored.hand_in(person)
    if passed:
        scored.set_clock(AFTER_LAST_MINUTE)
    asked = viewers(world)
    if handed_in != "author assessor":  # whoever has no door into the case is asked where there is most to be told
        asked = {name: asked[name] for name in ("author", "assessor", "office")}
    saw = who_saw(scored, world.gunnel, asked)
    assert {name for name, urls in saw.items() if urls} == told | {"author"}
    for name in told:
        assert {url for url in saw[name] if not url.startswith(KRAV)} <= JOINT, (name, saw[name])


@pytest.mark.slow
def test_with_a_third_who_is_not_ready_two_who_are_see_each_other_and_the_office_nothing(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, world.kansli, applications=2)
    for n, person in enumerate(panel.people):
        panel.declare(person)
        panel.score_all(person, {sent.id: [n, 1, 2] for sent in panel.sent})
    panel.hand_in(world.gunnel)
    panel.hand_in(world.elof)
    saw = who_saw(panel, world.gunnel, viewers(world))
    assert saw["assessor"] and saw["assessor"] <= JOINT
    assert saw["office"] == set()  # who is of the office and assesses is an assessor first
    text = world.browser(world.elof).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert "Samira Hedvall är inte klar" in text and "Schulze" not in text


def test_a_late_application_is_judged_and_handed_in_anew(scored: Panel, world: World) -> None:
    for person in scored.people:
        scored.hand_in(person)
    scored.set_clock("2026-12-15T09:00")
    scored.sent.extend(send_applications(world, scored.ad, 1, start=8, late=True))
    for n, person in enumerate(scored.people):
        scored.declare(person)
        for criterion in (0, 1, 3):
            scored.step(person, scored.sent[2], criterion, n)
    with scored.as_person(world.elof) as (session, case):
        seen = seen_scores(session, case, clock.now())
        others = {key[1] for key, row in seen.scores.items() if case.member and key[0] != case.member.id}
    assert others == {scored.sent[0].id, scored.sent[1].id}
