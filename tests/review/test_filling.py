"""The own matrix to fill in, and the paper that is typed in there: many scores at once, all of them or none."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.review.models import Score, ScoreChange
from portal.review.paper_codes import LENGTH, SIGNS, paper_codes
from portal.review.queries.scores import own_scores
from tests.applicants import Sent
from tests.counting import statements
from tests.doors import csrf_token
from tests.forms import submit
from tests.review.blind import make_blind
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.world import World


@pytest.fixture
def ready(panel: Panel) -> Panel:
    """Both have answered, and nothing is scored."""
    panel.declare(panel.world.gunnel)
    panel.declare(panel.world.elof, panel.sent[2])
    return panel


@pytest.fixture
def gunnel(ready: Panel) -> FlaskClient:
    return ready.world.browser(ready.world.gunnel)


def place(panel: Panel) -> str:
    return f"{panel.url}/din-bedomning/fyll-i"


def box(panel: Panel, sent: Sent, criterion: int, known: str = "") -> str:
    return f"v.{sent.id}.{panel.ad.criteria[criterion]}.{known}"


def steps(panel: Panel, person: UUID) -> dict[tuple[UUID, int], object]:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        own = {row.id for row in session.scalars(select(Score))}
        rows = session.scalars(select(Score).where(Score.id.in_(own))).all()
        found = {(row.application_id, panel.ad.criteria.index(row.criterion_id)): row.step for row in rows}
    assert person
    return found


def changes(panel: Panel) -> int:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return len(session.scalars(select(ScoreChange)).all())


def test_many_are_typed_in_at_once_and_what_is_not_touched_is_not_sent_back(ready: Panel, gunnel: FlaskClient) -> None:
    one, two, _ = ready.sent
    values = {box(ready, one, 0): "3", box(ready, one, 2): "yes", box(ready, two, 1): "none"}
    assert submit(gunnel, place(ready), values, "Spara").status_code == 303
    assert steps(ready, ready.world.gunnel) == {(one.id, 0): 3, (one.id, 2): None, (two.id, 1): None}
    page = gunnel.get(place(ready)).get_data(as_text=True)
    assert box(ready, one, 0, "3") in page and "Sparat: 3 rutor." in page
    ready.step(ready.world.gunnel, two, 0, 1)  # in another tab, meanwhile
    assert submit(gunnel, place(ready), {box(ready, one, 0, "3"): "2"}, "Spara").status_code == 303
    assert steps(ready, ready.world.gunnel)[(two.id, 0)] == 1
    assert changes(ready) == 1


def test_one_that_is_wrong_saves_none_and_keeps_what_was_typed(ready: Panel, gunnel: FlaskClient) -> None:
    one = ready.sent[0]
    token = csrf_token("", gunnel)
    sent = {"csrf_token": token, box(ready, one, 0): "3", box(ready, one, 1): "7"}
    answer = gunnel.post(place(ready), data=sent)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "Välj ett av stegen 0–3" in page) == (422, True)
    assert '<option value="3" selected>' in page
    assert steps(ready, ready.world.gunnel) == {}


@pytest.mark.parametrize("name", ["v.x.y.", "v", "v.1.2", "w.{app}.{crit}.", "v.{app}.{crit}"])
def test_what_is_named_otherwise_is_no_box(ready: Panel, gunnel: FlaskClient, name: str) -> None:
    name = name.format(app=ready.sent[0].id, crit=ready.ad.criteria[0])
    sent = {"csrf_token": csrf_token("", gunnel), name: "3"}
    assert gunnel.post(place(ready), data=sent).status_code == 303
    assert steps(ready, ready.world.gunnel) == {}


def test_an_unknown_candidate_and_one_with_jav_are_not_there(ready: Panel, world: World) -> None:
    elof = world.browser(world.elof)
    page = elof.get(place(ready)).get_data(as_text=True)
    assert ready.sent[2].name not in page and str(ready.sent[2].id) not in page
    token = csrf_token("", elof)
    answers = [
        elof.post(place(ready), data={"csrf_token": token, f"v.{one}.{ready.ad.criteria[0]}.": "3"})
        for one in (ready.sent[2].id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].data == answers[1].data
    assert "Inte sparat: 1 ruta" in elof.get(place(ready)).get_data(as_text=True)
    with ready.as_person(world.elof) as (session, case):
        assert case.member and not own_scores(session, case.member)


def test_what_is_handed_in_stands_as_text_and_changes_with_a_reason_alone(ready: Panel, gunnel: FlaskClient) -> None:
    one = ready.sent[0]
    ready.score_all(ready.world.gunnel)
    ready.hand_in(ready.world.gunnel)
    assert "<select" not in gunnel.get(place(ready)).get_data(as_text=True).split("<main")[1]
    sent = {"csrf_token": csrf_token("", gunnel), box(ready, one, 0, "2"): "3"}
    answer = gunnel.post(place(ready), data=sent)
    assert (answer.status_code, "varför" in answer.get_data(as_text=True).lower()) == (422, True)
    assert steps(ready, ready.world.gunnel)[(one.id, 0)] == 2


def test_after_the_last_minute_what_is_missing_can_still_be_typed_in(ready: Panel, gunnel: FlaskClient) -> None:
    one, two, _ = ready.sent
    ready.step(ready.world.gunnel, one, 0, 1)
    ready.set_clock(AFTER_LAST_MINUTE)
    gunnel = ready.world.browser(ready.world.gunnel)
    page = gunnel.get(place(ready)).get_data(as_text=True)
    assert box(ready, one, 0, "1") not in page and box(ready, two, 0) in page
    assert submit(gunnel, place(ready), {box(ready, two, 0): "2"}, "Spara").status_code == 303


def test_the_paper_has_codes_and_the_name_is_on_the_screen_alone(ready: Panel, gunnel: FlaskClient) -> None:
    page = gunnel.get(f"{ready.url}/din-bedomning/papper").get_data(as_text=True)
    printed = page.split('<section class="sheets">')[1]
    codes = paper_codes(member_of(ready), [one.id for one in ready.sent])
    assert all(codes[one.id] in printed and one.name not in printed for one in ready.sent)
    screen = page.split('<section class="sheets">')[0]
    assert 'class="part stack no-print"' in screen and all(one.name in screen for one in ready.sent)
    assert all(codes[one.id] in gunnel.get(place(ready)).get_data(as_text=True) for one in ready.sent)


def test_in_a_blind_review_neither_page_has_a_name(panel: Panel) -> None:
    make_blind(panel)
    panel.declare(panel.world.gunnel)
    browser = panel.world.browser(panel.world.gunnel)
    for page in (place(panel), f"{panel.url}/din-bedomning/papper"):
        shown = browser.get(page)
        assert shown.status_code == 200
        assert not any(one.name in shown.get_data(as_text=True) for one in panel.sent)


def test_codes_are_an_assessors_own_stable_and_never_shared() -> None:
    ids = [uuid4() for _ in range(3000)]
    codes = paper_codes(ids[0], ids)
    assert len(set(codes.values())) == len(ids)
    assert all(len(code) >= LENGTH and set(code) <= set(SIGNS) for code in codes.values())
    alone = paper_codes(ids[0], ids[:1])[ids[0]]
    assert codes[ids[0]].startswith(alone)
    assert paper_codes(ids[1], ids[:1])[ids[0]] != alone


@pytest.mark.counts
def test_the_page_asks_as_much_for_thirty_as_for_one(ready: Panel, gunnel: FlaskClient) -> None:
    counts = []
    for _ in range(2):
        gunnel.get(place(ready))
        with statements(ready.world.app) as asked:
            assert gunnel.get(place(ready)).status_code == 200
        counts.append(asked.count)
        ready.score_all(ready.world.gunnel)
    assert counts == [8, 8]


def member_of(panel: Panel) -> UUID:
    with panel.as_person(panel.world.gunnel) as (_session, case):
        assert case.member is not None
        return case.member.id
