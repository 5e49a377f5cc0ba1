"""Taking one out of the kept decision file touches nothing that it says of others; and nobody stays in it who is erased."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from pdfminer.high_level import extract_text
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.db import db
from portal.decisions import tasks
from portal.decisions.decision_file import ERASED
from portal.decisions.frozen import since, without
from portal.decisions.models import KeptFile
from portal.documents.models import FiledDocument
from portal.documents.services import filed_bytes
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.vault.services import the_vault
from tests.decisions.judging import get, judged
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread, release
from tests.decisions.test_kept_file import ENDED, LATER, _erase, end, kept_data
from tests.review.panel import Panel, panel_of
from tests.world import World

ONE, TWO = (str(UUID(int=n)) for n in (1, 2))
Clock = Callable[[str], datetime]
Sections = list[dict[str, Any]]


def of_a_party(world: World, set_clock: Clock, *names: str) -> Panel:
    """Judged in a party's own recruitment, by candidates with these names."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof, employer="party")
    for one, name in zip(panel.sent, names, strict=False):
        with world.writing(scope.party(world.party)) as session:
            row = session.get_one(Application, one.id)
            row.name_sealed = key_of(row).seal_text("application.name", name)
    judged(panel, jav=False)
    return panel


def before_and_after(panel: Panel) -> tuple[Sections, Sections]:
    """The further parts, before and after the second candidate is erased."""
    end(panel)
    before = kept_data(panel)
    panel.set_clock(LATER)
    _erase(panel, panel.sent[1].id)
    run_rounds(panel.world.app)
    return before["sections"], kept_data(panel)["sections"]


def rows_of(sections: Sections, name: str) -> list[list[str]]:
    return [row for part in sections for row in part["rows"] if name in row]


def test_a_namesakes_rows_stay(world: World, set_clock: Clock) -> None:
    panel = of_a_party(world, set_clock, "Jonas Forsvik", "Anna Andersson", "Anna Andersson")
    before, after = before_and_after(panel)
    assert rows_of(before, "Anna Andersson")
    assert len(rows_of(after, "Anna Andersson")) == len(rows_of(before, "Anna Andersson")) // 2


@pytest.mark.parametrize("name", ["e", "Samira Hedvall", "och", "Gunnel Sundvall"])
def test_what_others_are_called_and_have_written_stays(world: World, set_clock: Clock, name: str) -> None:
    before, after = before_and_after(of_a_party(world, set_clock, "Jonas Forsvik", name, "Sara Ek"))
    assert rows_of(before, "Sara Ek")
    assert rows_of(after, "Sara Ek") == rows_of(before, "Sara Ek")


def test_a_file_from_before_its_rows_said_whom_they_are_about_goes_by_the_candidates_own_column() -> None:
    columns = ["Sökande", "Skäl", "Av"]
    rows = [["Anna Berg", "Skriver väl", "Bo Ek"], ["Sara Ek", "Bättre än Anna Berg, men Annas brev", "Anna Berg"]]
    kept = {
        "candidates": [
            {"id": id, "name": name, "scores": 3, "hidden": False, "state": "kvar", "fallen": False}
            for id, name in ((ONE, "Anna Berg"), (TWO, "Sara Ek"))
        ],
        "conflicts": [], "scores": [], "outcomes": [], "orders": [], "requirements": [], "panel": [],
        "sections": [{"key": "x", "heading": "X", "columns": columns, "rows": rows}],
    }  # fmt: skip
    (part,) = without(kept, {ONE})["sections"]
    assert part["rows"] == [[ERASED] * 3, ["Sara Ek", f"Bättre än {ERASED}, men Annas brev", "Anna Berg"]]


def test_the_whole_name_of_who_is_erased_stands_in_no_reason_or_word_of_others(world: World, set_clock: Clock) -> None:
    panel = of_a_party(world, set_clock, "Jonas Forsvik", "Samira Hedvallsson", "Sara Ek")
    said = "Skriver inte lika bra som Samira Hedvallsson."
    panel.set_clock(ENDED)
    decide(world, panel.ad, panel.sent[:1], HIRED)
    decide(world, panel.ad, panel.sent[1:], NOT_FURTHER, reason=said)
    proofread(world, panel.ad)
    release(world, panel.ad)
    run_rounds(world.app)
    before = kept_data(panel)
    assert said in [row["reason"] for row in before["outcomes"]]
    panel.set_clock(LATER)
    _erase(panel, panel.sent[1].id)
    run_rounds(world.app)
    after = kept_data(panel)
    assert said.replace("Samira Hedvallsson", ERASED) in [row["reason"] for row in after["outcomes"]]
    assert "Samira Hedvallsson" not in json.dumps(after, ensure_ascii=False)
    now = json.loads(world.browser(world.kansli).get(f"{panel.url}/beslutsakt.json").data)
    (changed,) = [part["rows"] for part in now["sections"] if part["key"] == "since_kept"]
    assert not any("Skriver inte lika bra" in cell for row in changed for cell in row), "nobody has changed that reason"


def test_who_is_erased_while_the_file_is_first_kept_is_not_in_it(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = of_a_party(world, set_clock)
    gone, keep, begun = panel.sent[1], tasks.keep_filed_apart, []

    def meanwhile(*about: Any, **named: Any) -> Any:
        if not begun:
            begun.append(gone)
            _erase(panel, gone.id)
            with ThreadPoolExecutor(1) as other_worker:
                other_worker.submit(run_rounds, world.app).result()
        return keep(*about, **named)

    monkeypatch.setattr(tasks, "keep_filed_apart", meanwhile)
    end(panel)
    set_clock(LATER)
    run_rounds(world.app)
    with world.acting(scope.party(world.party)) as session:
        filed = session.scalars(select(FiledDocument).where(FiledDocument.kind == "json")).one()
        kept = filed_bytes(session, filed)
    assert begun and panel.sent[0].name.encode() in kept
    assert gone.name.encode() not in kept


def test_a_lost_file_keeps_nothing_else_from_being_erased(world: World, set_clock: Clock) -> None:
    panel = of_a_party(world, set_clock)
    end(panel)
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(KeptFile)).one()
        the_vault().blobs.delete(session.get_one(FiledDocument, row.document_id).blob)
    set_clock(LATER)
    _erase(panel, panel.sent[1].id)
    run_rounds(world.app)
    with world.app.app_context():
        event = db.session.scalars(select(Event).where(Event.kind == "application.erased")).one()
        assert "portal.review.tasks.panel.forget_when_erased" in event.handlers_done
        assert event.handled_at is not None


def test_who_is_called_as_an_instant_is_written_is_printed_so_and_erased_as_anybody_else(
    world: World, set_clock: Clock
) -> None:
    name, reason = "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+01:00"
    panel = of_a_party(world, set_clock, "Asta Ek", name)
    panel.drop(world.kansli, panel.sent[1], reason=reason)
    printed = get(panel, world.kansli, "pdf")
    assert printed.status_code == 200
    words = "".join(extract_text(io.BytesIO(printed.data)).split())
    assert name in words and reason in words

    before, after = before_and_after(panel)
    assert any(name in row for row in rows_of(before, name)), "there is something to erase"
    assert name not in json.dumps(after) and reason not in json.dumps(after)
    assert get(panel, world.kansli, "pdf").status_code == 200


def test_what_is_new_of_others_is_told_though_somebody_was_erased_of_whom_there_was_as_much() -> None:
    def file(**rows: list[list[str]]) -> dict[str, Any]:
        empty: dict[str, Any] = {
            key: [] for key in ("panel", "conflicts", "requirements", "scores", "outcomes", "orders")
        }
        names = {ONE: "Anna Alm", TWO: "Bo Ek"}
        about = {"state": "kvar", "hidden": False, "fallen": False, "scores": 1}
        people = [{"id": id, "name": name, **about} for id, name in names.items()]
        columns = ["Sökande", "Krav eller merit", "Steg isär"]
        parts = [{"key": key, "heading": key, "columns": columns, "rows": rows[key]} for key in rows]
        return {**empty, "candidates": people, "sections": parts}

    anna, gone, bo = ["Anna Alm", "Skriver väl", "2"], [ERASED, "Skriver väl", "2"], ["Bo Ek", "Skriver väl", "3"]
    kept = without(file(meeting_agenda=[anna], notes=[anna]), {ONE})
    found = since(kept, file(meeting_agenda=[gone, bo], notes=[bo]))
    assert found is not None
    assert [row for row in found["rows"] if row[0] in ("meeting_agenda", "notes")] == [
        [part, "Bo Ek · Skriver väl · 3", "–", "tillkom"] for part in ("meeting_agenda", "notes")
    ]
