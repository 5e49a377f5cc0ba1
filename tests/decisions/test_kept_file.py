"""The decision file kept as it was when the recruitment ended, beside the one of to-day."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.withdrawing import announce_withdrawn, end_application, finish_erasure
from portal.applications.states import State
from portal.audit.models import AuditLine
from portal.decisions.decision_file import ERASED, board_of
from portal.decisions.frozen import since, without
from portal.decisions.models import KeptFile
from portal.documents.models import FiledDocument
from portal.jobs.tasks import run_rounds
from portal.review.models import ReviewCase
from portal.vault.blobs import BlobGone
from portal.vault.services import the_vault
from tests.counting import statements
from tests.decisions.judging import data, get, judged
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, keep_decision_file, proofread, release
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]
ENDED, LATER = "2027-03-03T14:02", "2027-03-09T10:00"


@pytest.fixture
def ended(panel: Panel) -> Panel:
    """One is hired, the others do not go further, everybody has been told, and the worker has kept the file."""
    end(panel)
    return panel


def end(panel: Panel) -> None:
    panel.set_clock(ENDED)
    decide(panel.world, panel.ad, panel.sent[:1], HIRED)
    decide(panel.world, panel.ad, panel.sent[1:], NOT_FURTHER)
    proofread(panel.world, panel.ad)
    release(panel.world, panel.ad)
    run_rounds(panel.world.app)


def kept(panel: Panel, person: UUID | None = None, kind: str = "json") -> tuple[int, bytes]:
    browser = panel.world.browser(person or panel.world.kansli)
    answer = browser.get(f"{panel.url}/beslutsakt-sparad.{kind}")
    return answer.status_code, answer.data


def kept_data(panel: Panel) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept(panel)[1])
    return found


def test_it_is_kept_byte_for_byte_with_its_checksum_and_its_day(ended: Panel) -> None:
    status, first = kept(ended)
    ended.set_clock(LATER)
    assert (status, kept(ended)[1]) == (200, first)
    page = ended.world.browser(ended.world.kansli).get(f"{ended.url}/beslut").get_data(as_text=True)
    assert "Beslutsakten så som den såg ut" in page and "14.02" in page
    assert sha256(first).hexdigest() in page
    file = json.loads(first)
    assert {one["name"] for one in file["candidates"]} == {one.name for one in ended.sent}
    assert kept(ended, kind="pdf")[1].startswith(b"%PDF")


def test_a_second_ending_and_a_second_event_keep_the_first(ended: Panel) -> None:
    first = kept(ended)[1]
    ended.set_clock(LATER)
    keep_decision_file(ended.world, ended.ad)
    run_rounds(ended.world.app)
    assert kept(ended)[1] == first
    with ended.world.acting(scope.party(ended.world.party)) as session:
        assert len(session.scalars(select(FiledDocument).where(FiledDocument.kind == "json")).all()) == 1


def test_the_joint_view_is_rebuilt_from_it(ended: Panel) -> None:
    board = board_of(kept_data(ended))
    assert set(board.candidates.values()) == {one.name for one in ended.sent}
    assert board == board_of(data(ended))


def test_what_has_changed_since_is_told_last_in_the_one_of_to_day(ended: Panel) -> None:
    assert data(ended)["sections"][-1]["key"] != "since_kept", "nothing has"
    ended.set_clock(LATER)
    with ended.world.writing(scope.party(ended.world.party)) as session:
        row = session.get_one(Application, ended.sent[2].id)
        row.state, row.withdrawn_at = "withdrawn", clock.now()
    last = data(ended)["sections"][-1]
    assert (last["key"], last["heading"]) == ("since_kept", "Ändrat sedan akten sparades")
    assert ["Sökande", ended.sent[2].name, "kvar", "tillbakatagen"] in last["rows"]


def test_whoever_has_jav_does_not_read_it_but_reads_their_own(ended: Panel) -> None:
    elof = ended.world.elof
    with ended.world.writing(scope.party(ended.world.party)) as session:
        session.scalars(select(ReviewCase)).one().decider_id = elof
    assert kept(ended, elof)[0] == 404, "Elof has jäv for the third"
    page = ended.world.browser(elof).get(f"{ended.url}/beslut").get_data(as_text=True)
    assert "öppnas bara för den som inte har jäv" in page and "beslutsakt-sparad" not in page
    assert get(ended, elof).status_code == 200
    assert "since_kept" not in [part["key"] for part in data(ended, elof)["sections"]]


@pytest.mark.parametrize("who", ["gunnel", "elof", "rival_kansli", "region", "drift"])
def test_nobody_else_reads_it(ended: Panel, who: str) -> None:
    person = getattr(ended.world, who)
    assert kept(ended, person)[0] == (200 if who == "gunnel" else 404), "Gunnel leads, and so decides"


def test_each_reading_is_logged(ended: Panel) -> None:
    kept(ended)
    kept(ended, kind="pdf")
    with ended.world.acting(scope.party(ended.world.party)) as session:
        verbs = [line.verb for line in session.scalars(select(AuditLine).order_by(AuditLine.number))]
    assert verbs[-2:] == ["decision_file.kept_read_as_data", "decision_file.kept_read_on_paper"]
    assert "decision_file.kept" in verbs


def test_nothing_of_it_lies_open_in_the_database_or_the_store(ended: Panel) -> None:
    with ended.world.acting(scope.party(ended.world.party)) as session:
        row = session.scalars(select(FiledDocument).where(FiledDocument.kind == "json")).one()
        sealed = the_vault().blobs.get(row.blob)
    assert not any(one.name.encode() in sealed + row.name_sealed + row.checksum_sealed for one in ended.sent)


def test_whoever_is_erased_afterwards_is_taken_out_and_the_rest_stays(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, employer="party")
    judged(panel, jav=False)
    end(panel)
    gone, left = panel.sent[2], panel.sent[0]
    before = kept_data(panel)
    with world.acting(scope.party(world.party)) as session:
        blob = session.scalars(select(FiledDocument.blob).where(FiledDocument.kind == "json")).one()
    panel.set_clock(LATER)
    _erase(panel, gone.id)
    shown = kept(panel)[1]
    assert gone.name.encode() not in shown, "at once, though the worker has not been at it"
    _announce(panel, gone.id)
    run_rounds(world.app)
    after = kept_data(panel)
    assert gone.name.encode() not in kept(panel)[1] and left.name.encode() in kept(panel)[1]
    assert {one["name"] for one in after["candidates"]} == {ERASED, *(one.name for one in panel.sent[:2])}
    assert [one for one in after["scores"] if one["candidate"] == str(gone.id)] == []
    assert [one for one in after["scores"] if one["candidate"] == str(left.id)] == [
        one for one in before["scores"] if one["candidate"] == str(left.id)
    ]
    with world.acting(scope.party(world.party)) as session:
        with pytest.raises(BlobGone):
            the_vault().blobs.get(blob)
        assert session.scalars(select(KeptFile)).one().changed_at is not None
    page = world.browser(world.kansli).get(f"{panel.url}/beslut").get_data(as_text=True)
    assert "Den som har raderats efteråt är borttagen" in page and sha256(kept(panel)[1]).hexdigest() in page


def _erase(panel: Panel, application: UUID) -> None:
    with panel.world.writing(scope.party(panel.world.party)) as session:
        end_application(session, session.get_one(Application, application), State.WITHDRAWN, at=clock.now())
    with panel.world.acting(scope.party(panel.world.party)):
        finish_erasure(application)


def _announce(panel: Panel, application: UUID) -> None:
    with panel.world.writing(scope.party(panel.world.party)) as session:
        announce_withdrawn(session, session.get_one(Application, application), clock.now())


def test_one_recruitment_has_one_kept_file(ended: Panel) -> None:
    with pytest.raises(IntegrityError), ended.world.writing(scope.party(ended.world.party)) as session:
        row = session.scalars(select(KeptFile)).one()
        session.add(
            KeptFile(
                **{
                    c.key: getattr(row, c.key)
                    for c in KeptFile.__mapper__.column_attrs
                    if c.key not in ("id", "kept_at")
                },
                kept_at=clock.now(),
            )
        )


def test_openings_and_dates_set_anew_are_parts_of_it(panel: Panel) -> None:
    world, first = panel.world, panel.sent[0]
    world.browser(world.kansli).get(f"{panel.url}/sokande/{first.id}/original/{first.document}")
    world.browser(world.gunnel).get(f"{panel.url}/sokande/{first.id}/original/{first.document}")
    parts = {one["key"]: one["rows"] for one in data(panel)["sections"]}
    assert [(row[0], row[1], row[2], row[4]) for row in parts["openings"]] == [
        (first.name, "originalet", "Samira Hedvall", "före"),
        (first.name, "originalet", "Gunnel Sundvall", "före"),
    ]
    changes = {row[0]: row for row in parts["set_anew"]}
    assert changes["Vem som leder"][2:4] == ["Gunnel Sundvall", "Samira Hedvall"]
    assert (
        changes["Sista minuten för bedömningen"][1] == ""
        and "2026-12-17" in changes["Sista minuten för bedömningen"][2]
    )


@pytest.mark.counts
def test_it_asks_as_much_for_thirty_as_for_three(world: World, set_clock: Clock) -> None:
    counts = []
    for n in (3, 30):
        set_clock("2026-11-23T10:00")
        panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=n)
        judged(panel, jav=False)
        end(panel)
        browser = world.browser(world.kansli)
        found = []
        for page in ("beslut", "beslutsakt-sparad.json", "beslutsakt.json"):
            browser.get(f"{panel.url}/{page}")
            with statements(world.app) as asked:
                assert browser.get(f"{panel.url}/{page}").status_code == 200
            found.append(asked.count)
        counts.append(found)
    assert counts == [[14, 8, 42], [14, 8, 42]]


def test_the_pure_part() -> None:
    file = {
        "requirements": [{"id": K, "kind": "krav", "judged": "skala", "text": "Skriver väl", "weight": 10}],
        "panel": [{"id": M, "name": "Gunnel", "assesses": True}],
        "candidates": [_candidate(A, "Anna Alm"), _candidate(B, "Bo Ek")],
        "conflicts": [],
        "scores": [{"assessor": M, "candidate": A, "criterion": K, "step": 2, "present": None}],
        "orders": [{"assessor": M, "groups": [[A, B]]}],
        "outcomes": [],
        "sections": [
            {
                "key": "joint_texts",
                "heading": "Texter",
                "columns": ["Sökande", "Gemensam bedömning"],
                "rows": [["Anna Alm", "Skriver bäst."], ["Bo Ek", "Som Anna Alm."]],
            }
        ],
    }
    assert since(file, file) is None
    later = {**file, "scores": [{**file["scores"][0], "step": 3}]}  # type: ignore[index]
    found = since(file, later)
    assert found is not None and found["rows"] == [
        ["Bedömningar", "Anna Alm, Skriver väl, Gunnel", "Gott 2", "Starkt 3"]
    ]
    left = without(file, {A})
    assert "Anna" not in json.dumps(left, ensure_ascii=False)
    assert left["sections"][0]["rows"] == [[ERASED, ERASED], ["Bo Ek", f"Som {ERASED}."]]
    assert (left["scores"], left["orders"]) == ([], [{"assessor": M, "groups": [[B]]}])


K, M, A, B = (str(UUID(int=n)) for n in (1, 2, 3, 4))


def _candidate(id: str, name: str) -> dict[str, Any]:
    return {"id": id, "name": name, "hidden": False, "state": "kvar", "fallen": False, "scores": 1}
