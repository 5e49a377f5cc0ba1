"""The decision file: sealed as long as the joint view, whole for a court, and rebuilt into the joint view from data alone."""

import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from pdfminer.high_level import extract_text
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.withdrawing import finish_erasure, withdraw_application
from portal.audit.models import AuditLine
from portal.db import db
from portal.decisions.decision_file import ERASED, HIDDEN, board_of
from portal.decisions.printed import blocks_of
from portal.review.heat import decimal_text
from tests.counting import statements
from tests.decisions.judging import data, get, judged
from tests.decisions.recruiting import HIRED, decide, proofread, release
from tests.pages import XHTML, parse
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.review.test_coming_back import leave_and_come_back
from tests.world import World

Clock = Callable[[str], datetime]


def lines(panel: Panel) -> list[tuple[str, str]]:
    with panel.world.acting(scope.party(panel.world.party)) as session:
        rows = session.scalars(select(AuditLine).where(AuditLine.verb.startswith("decision_file")))
        return [(row.verb, row.actor) for row in rows]


def cells(page: str) -> dict[str, str]:
    """The row of each candidate on the joint view, as one text."""
    rows = {}
    for row in parse(page).iter(f"{XHTML}tr"):
        head = next(iter(row.iter(f"{XHTML}th")), None)
        if head is not None:
            rows[" ".join("".join(head.itertext()).split())] = " ".join(" ".join(row.itertext()).split())
    return rows


def test_the_joint_view_is_worked_out_again_from_the_data_alone(panel: Panel) -> None:
    file = data(panel)
    board = board_of(json.loads(json.dumps(file)))
    page = panel.world.browser(panel.world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True)
    shown, labels = cells(page), board.labels()
    assert len(board.candidates) == 3
    for one, name in board.candidates.items():
        row = next(text for head, text in shown.items() if name in head)
        for mean in (board.weighted(one), *(board.mean_of(one, criterion.id) for criterion in board.criteria)):
            assert decimal_text(mean, 2) in row or decimal_text(mean, 1) in row, (name, mean, row)
        assert labels[one] in row
    places = {one["candidate"]: one for one in file["joint"]["candidates"]}
    assert {one: places[str(one)]["place"] for one in board.candidates} == labels
    assert file["joint"]["order"] == [[str(one) for one in group] for group in board.joined()]


def test_the_means_are_those_of_the_votes(panel: Panel) -> None:
    file = data(panel)
    first, criterion = str(panel.sent[0].id), str(panel.ad.criteria[0])
    means = {(row["candidate"], row["criterion"]): row["mean"] for row in file["joint"]["means"]}
    assert means[first, criterion] == "3/2", "2 after the change, and 1"


def test_the_file_tells_what_happened_and_when(panel: Panel) -> None:
    world, published = panel.world, panel.ad
    decide(world, published, panel.sent[:1], HIRED)
    decide(world, published, panel.sent[1:])
    proofread(world, published)
    release(world, published)
    file = data(panel)
    assert (file["format"], file["version"], file["made_for"]) == ("beslutsakt", 1, "Samira Hedvall")
    assert [row["weight"] for row in file["requirements"]] == [30, 25, 0, 10, 0]
    assert [(row["role"], bool(row["handed_in_at"])) for row in file["panel"]] == [("leder", True), ("bedömer", True)]
    (conflict,) = [row for row in file["conflicts"] if row["conflict"]]
    assert (conflict["candidate"], conflict["ground"]) == (str(panel.sent[2].id), "fortroende")
    assert "rubba förtroendet" in conflict["ground_words"]
    (changed,) = [row for row in file["scores"] if row["changes"]]
    assert changed["changes"][0]["former_step"] == 3
    assert changed["changes"][0]["reason"] == "Läste brevet en gång till."
    assert all(datetime.fromisoformat(row["saved_at"]).tzinfo for row in file["scores"])
    outcomes = {row["candidate"]: row for row in file["outcomes"]}
    hired = outcomes[str(panel.sent[0].id)]
    assert (hired["result"], hired["status"], hired["recorded_by"]) == ("anstalls", "besked", "Samira Hedvall")
    assert hired["reason"] == "Skriver klart och snabbt."
    assert "det är dig vi vill anställa" in hired["word"]
    assert hired["told_at"]


def test_it_says_who_decides_and_who_wrote_the_outcome_down(panel: Panel) -> None:
    world = panel.world
    assert data(panel)["recruitment"]["decides"] == "Gunnel Sundvall", "whoever leads, where nobody else is named"
    panel.name(*panel.people, decider=world.kansli)
    panel.answer_to_decide(world.kansli)
    file = data(panel)
    assert file["recruitment"]["decides"] == "Samira Hedvall", "though she does not assess"
    words = json.dumps(blocks_of(file), ensure_ascii=False)
    assert '["Beslutar", "Samira Hedvall"]' in words
    decide(world, panel.ad, panel.sent[:1], HIRED)
    words = json.dumps(blocks_of(data(panel)), ensure_ascii=False)
    assert "Antecknat av" in words and "Beslutat av" not in words


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_before_the_joint_view_is_open_there_is_a_sentence_and_no_line_in_the_log(
    world: World, set_clock: Clock, kind: str
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        panel.declare(person)
    panel.score_all(world.elof)
    panel.order(world.elof, (tuple(one.id for one in panel.sent),))
    panel.hand_in(world.elof)
    for person in (world.kansli, world.gunnel):
        answer = get(panel, person, kind)
        assert answer.status_code == 409
        assert "Beslutsakten öppnas när den gemensamma bilden är öppen för dig" in answer.get_data(as_text=True)
    assert lines(panel) == []
    set_clock(AFTER_LAST_MINUTE)
    assert get(panel, world.kansli, kind).status_code == 200
    own = get(panel, world.gunnel, kind)
    assert own.status_code == 409 and "Lämna in din egen bedömning först" in own.get_data(as_text=True)


def test_only_the_office_and_who_leads_read_it(panel: Panel) -> None:
    world = panel.world
    for person in (world.elof, world.region, world.rival_kansli, world.drift):
        for kind in ("json", "pdf"):
            assert get(panel, person, kind).status_code == 404
    assert data(panel, world.gunnel)["made_for"]
    assert world.browser().get(f"{panel.url}/beslutsakt.json").status_code in (302, 303)


def test_every_download_is_a_line_in_the_log(panel: Panel) -> None:
    world = panel.world
    get(panel, world.kansli)
    get(panel, world.gunnel, "pdf")
    get(panel, world.elof)
    assert lines(panel) == [
        ("decision_file.read_as_data", f"person:{world.kansli}"),
        ("decision_file.read_on_paper", f"person:{world.gunnel}"),
    ]


def test_it_is_saved_and_neither_run_nor_kept(panel: Panel) -> None:
    for kind, mimetype in (("json", "application/json"), ("pdf", "application/pdf")):
        answer = get(panel, panel.world.kansli, kind)
        assert answer.mimetype == mimetype
        assert answer.headers["Content-Disposition"] == f'attachment; filename="beslutsakt.{kind}"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_one_with_jav_finds_that_there_is_a_candidate_and_nothing_of_them(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.elof, world.gunnel)
    judged(panel)
    decide(world, panel.ad, panel.sent)
    hidden = panel.sent[2]
    answer = get(panel, world.elof)
    text = answer.get_data(as_text=True)
    file = json.loads(answer.data)
    assert hidden.name not in text
    assert [row["name"] for row in file["candidates"] if row["hidden"]] == [HIDDEN]
    assert str(hidden.id) not in text, "not even under what it could be known again"
    assert [row["arrived_at"] for row in file["candidates"] if row["hidden"]] == [None]
    printed = extract_text(io.BytesIO(get(panel, world.elof, "pdf").data))
    assert hidden.name not in " ".join(printed.split())
    assert hidden.name in get(panel, world.kansli).get_data(as_text=True), "there was something to leak"


def test_an_erased_candidate_is_told_as_such_and_counted(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, employer="party")
    judged(panel, jav=False)
    gone = panel.sent[0]
    decide(world, panel.ad, [gone])
    with world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(gone.id))
        withdraw_application(db.session, application_id=gone.id, at=clock.now())
        db.session.commit()
        finish_erasure(gone.id)
    file = data(panel)
    (erased,) = [row for row in file["candidates"] if row["name"] == ERASED]
    assert (erased["id"], erased["state"], erased["scores"]) == (str(gone.id), "tillbakatagen", 10)
    for part in ("scores", "outcomes", "conflicts"):
        assert [row for row in file[part] if row["candidate"] == str(gone.id)] == []
    assert gone.name not in json.dumps(file, ensure_ascii=False)
    assert "[raderad]" in " ".join(extract_text(io.BytesIO(get(panel, world.kansli, "pdf").data)).split())


def test_an_authority_still_tells_who_took_their_application_back(panel: Panel) -> None:
    with panel.world.writing(scope.party(panel.world.party)) as session:
        row = session.get_one(Application, panel.sent[0].id)
        row.state, row.withdrawn_at = "withdrawn", clock.now()
    (gone,) = [row for row in data(panel)["candidates"] if row["state"] == "tillbakatagen"]
    assert gone["name"] == panel.sent[0].name


def test_a_recruitment_nobody_assesses_and_one_nobody_applied_to_have_their_file(
    world: World, set_clock: Clock
) -> None:
    for applications in (0, 2):
        set_clock("2026-11-23T10:00")
        panel = panel_of(world, set_clock, applications=applications)
        file = data(panel)
        assert (len(file["candidates"]), file["scores"], file["joint"]["order"]) == (applications, [], [])
        assert get(panel, world.kansli, "pdf").status_code == 200


def asked_of(panel: Panel, browser: FlaskClient) -> int:
    browser.get(f"{panel.url}/beslutsakt.json")
    with statements(panel.world.app) as asked:
        assert browser.get(f"{panel.url}/beslutsakt.json").status_code == 200
    return asked.count


@pytest.mark.counts
def test_it_asks_as_much_for_thirty_as_for_one(world: World, set_clock: Clock) -> None:
    counts = []
    for applications in (3, 30):
        set_clock("2026-11-23T10:00")
        panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=applications)
        judged(panel)
        decide(world, panel.ad, panel.sent)
        counts.append(asked_of(panel, world.browser(world.kansli)))
    assert counts == [41, 41]


def test_who_came_back_and_was_named_anew_has_been_of_the_panel_since_they_were_named_first(panel: Panel) -> None:
    before = {row["name"]: row["added_at"] for row in data(panel)["panel"]}
    panel.set_clock("2026-12-15T10:00")
    leave_and_come_back(panel.world, panel.world.gunnel)
    panel.name(panel.world.gunnel, panel.world.elof)
    assert {row["name"]: row["added_at"] for row in data(panel)["panel"]} == before
