"""Scores saved by the click: what is refused, what is kept, and what a change after handing in needs."""

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal import scope
from portal.audit.models import AuditLine
from portal.review.models import Score, ScoreChange
from portal.review.shuffle import shuffled
from tests.applicants import Sent
from tests.forms import fields_of, submit
from tests.review.panel import Panel

JSON = {"Accept": "application/json"}


def click(client: FlaskClient, panel: Panel, sent: Sent, step: str, criterion: int = 0, **more: str) -> TestResponse:
    """A click on the scale as the script sends it."""
    token = fields_of(client.get(panel.score_url(sent, criterion)))["csrf_token"][0]
    data = {"csrf_token": token, "step": step, **more}
    return client.post(panel.score_url(sent, criterion), data=data, headers=JSON)


def count(panel: Panel, table: type[Score] | type[ScoreChange]) -> int:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_click_is_saved_and_says_when(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    answer = click(elof, panel, panel.sent[0], "3")
    assert answer.json["saved"] == "Sparat 10.00"
    page = elof.get(panel.score_url(panel.sent[0])).get_data(as_text=True)
    assert "Sparat 10.00" in page and "Starkt 3" in page


def test_a_double_click_is_one_score_and_no_change(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    for _ in range(2):
        assert click(elof, panel, panel.sent[0], "2").status_code == 200
    assert (count(panel, Score), count(panel, ScoreChange)) == (1, 0)
    click(elof, panel, panel.sent[0], "1")
    assert (count(panel, Score), count(panel, ScoreChange)) == (1, 1)


def test_what_is_no_step_is_refused_with_its_sentence_and_the_former_kept(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    click(elof, panel, panel.sent[0], "2")
    for wrong in ("4", "-1", "x", ""):
        answer = click(elof, panel, panel.sent[0], wrong)
        assert answer.status_code == 422 and "Välj ett av stegen 0–3" in answer.json["fault"]
    page = submit(elof, panel.score_url(panel.sent[0]), {"step": "4"})
    assert page.status_code == 422
    assert "Välj ett av stegen 0–3" in page.get_data(as_text=True) and "Gott 2" in page.get_data(as_text=True)


def test_what_is_or_is_not_there_has_its_own_words(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    assert click(elof, panel, panel.sent[0], "3", criterion=2).status_code == 422
    assert click(elof, panel, panel.sent[0], "unclear", criterion=2).status_code == 200
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        assert session.scalars(select(Score.present)).one() == "framgar_inte"


def test_without_a_script_the_button_saves_and_goes_to_the_next(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    seen = []
    url = elof.get(f"{panel.url}/bedom").headers["Location"]
    for _ in range(3):
        seen.append(url)
        url = submit(elof, url, {"step": "yes"}).headers["Location"]
    assert len(set(seen)) == 3
    assert {one.rsplit("/", 1)[1] for one in seen} == {str(panel.ad.criteria[2])}, (
        "the krav that is there or not is first"
    )
    assert url.rsplit("/", 1)[1] == str(panel.ad.criteria[0])


def test_candidate_by_candidate_walks_the_same_pages_in_the_other_order(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    url = elof.get(f"{panel.url}/bedom?ordning=sokande").headers["Location"]
    after = submit(elof, url, {"step": "yes"}, "Nästa").headers["Location"]
    assert after.split("/")[-2] == url.split("/")[-2] and after != url and "ordning=sokande" in after


def test_the_queue_is_in_the_assessors_own_order(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    page = panel.world.browser(panel.world.elof).get(panel.score_url(panel.sent[0])).get_data(as_text=True)
    part = page[page.index('class="queue"') :]
    with panel.as_person(panel.world.elof) as (_session, case):
        assert case.member is not None
        own = shuffled(case.member.id, [sent.id for sent in panel.sent])
    assert sorted(panel.sent, key=lambda sent: part.index(sent.name)) == sorted(
        panel.sent, key=lambda sent: own.index(sent.id)
    )


def test_a_change_after_handing_in_needs_a_line_of_reason_and_the_history_has_both(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    panel.declare(world.elof)
    panel.score_all(world.elof)
    panel.step(world.elof, sent, 0, 1)
    panel.hand_in(world.elof)
    elof = world.browser(world.elof)
    bare = submit(elof, panel.score_url(sent), {"step": "3"}, "Spara")
    assert bare.status_code == 422 and "Skriv en rad om varför du ändrar" in bare.get_data(as_text=True)
    told = submit(elof, panel.score_url(sent), {"step": "3", "reason": "Jag hade missat brevet."}, "Spara")
    assert told.status_code == 303
    page = elof.get(panel.score_url(sent)).get_data(as_text=True)
    assert "ändrat från Gott 2" in page and "ändrat från Svagt 1: Jag hade missat brevet." in page
    with world.acting(scope.party(panel.ad.party_id)) as session:
        sealed = [row.reason_sealed for row in session.scalars(select(ScoreChange)) if row.reason_sealed]
    assert len(sealed) == 1 and b"brevet" not in sealed[0]


def test_nobody_else_can_change_an_assessors_score(panel: Panel) -> None:
    world, sent = panel.world, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
    panel.step(world.elof, sent, 0, 1)
    click(world.browser(world.gunnel), panel, sent, "3")
    with world.acting(scope.party(panel.ad.party_id)) as session:
        assert sorted(row.step or 0 for row in session.scalars(select(Score))) == [1, 3]
    token = fields_of(world.browser(world.kansli).get(f"{panel.url}/bedomare"))["csrf_token"][0]
    refused = world.browser(world.kansli).post(panel.score_url(sent), data={"csrf_token": token, "step": "0"})
    assert refused.status_code in (400, 404)


def test_handing_in_waits_for_every_score(panel: Panel) -> None:
    world = panel.world
    panel.declare(world.elof)
    elof = world.browser(world.elof)
    assert "kvar att bedöma" in elof.get(f"{panel.url}/lamna-in").get_data(as_text=True)
    panel.score_all(world.elof)
    assert submit(elof, f"{panel.url}/lamna-in", {}, "Lämna in").status_code == 303
    receipt = elof.get(f"{panel.url}/lamna-in").get_data(as_text=True)
    assert "Du har lämnat in" in receipt and "Gunnel Sundvall" in receipt and "torsdag 17 december" in receipt


def test_each_opening_of_papers_is_logged_once(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    elof = panel.world.browser(panel.world.elof)
    elof.get(panel.score_url(panel.sent[0]))
    elof.get(f"{panel.url}/sokande/{panel.sent[0].id}/original/{panel.sent[0].document}")
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.actor == f"person:{panel.world.elof}")).all()
    read = [(line.verb, line.object_id) for line in lines if line.verb.endswith("read")]
    assert read == [("application.read", panel.sent[0].id), ("document.original_read", panel.sent[0].document)]
