"""Every step can be followed in the decision file: phases, krav, notes, meeting, interviews; and nothing of it too early,
to the wrong reader, or of one who is erased."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from pdfminer.high_level import extract_text

from portal import clock
from portal.decisions.access import may_read_about
from portal.decisions.decision_file import ERASED, UNMASKED, board_of, instant_in
from portal.interviews import services
from portal.review.access import Standing
from portal.review.meeting.states import Step
from portal.vault.services import the_vault
from tests.applicants import Sent
from tests.decisions.judging import data, get
from tests.interviews.meetings import Meetings, give_links
from tests.review.meetings import put_in_order, start, step, there, vote, write, write_note
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]
SECRETS = ("Anteckning om tredje.", "Tredje saknar körkort.", "Tredje talar väl.", "Tredje log.")


def sections(panel: Panel, person: UUID | None = None) -> dict[str, list[list[str]]]:
    return {one["key"]: one["rows"] for one in data(panel, person)["sections"]}


def none_is_left_as_a_machine_writes_it(parts: list[dict[str, Any]]) -> bool:
    """Each instant in them stands under a heading that says so, and is put in words in print."""
    rows = [zip(part["columns"], row, strict=True) for part in parts for row in part["rows"]]
    instants = [(column, cell) for row in rows for column, cell in row if re.match(r"\d{4}-\d\d-\d\dT", cell)]
    return len(instants) > 10 and all(instant_in(column, cell) for column, cell in instants)


def keep_card(panel: Panel, person: UUID, sent: Sent, note: str) -> None:
    with panel.as_person(person) as (session, case):
        for n, criterion in enumerate(panel.ad.criteria):
            value = (None, "ja") if n in (2, 4) else (3, None)
            services.save_mark(
                session, case=case, application_id=sent.id, criterion_id=criterion, value=value, note=note,
                at=clock.now(),
            )  # fmt: skip


def hand_in_card(panel: Panel, person: UUID, sent: Sent) -> None:
    with panel.as_person(person) as (session, case):
        services.hand_in_card(session, case=case, application_id=sent.id, at=clock.now())


def recruited(world: World, set_clock: Clock) -> Panel:
    """From jäv to interviews. Gunnel leads and has jäv for the third, of whom Elof and the office say what they say."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    first, second, third = panel.sent
    panel.declare(world.gunnel, third)
    panel.declare(world.elof)
    write_note(panel, world.elof, first, 0, "Anteckning om första.")
    write_note(panel, world.elof, third, 0, "Anteckning om tredje.")
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    panel.drop(world.kansli, third, reason="Tredje saknar körkort.")
    panel.take_back(world.kansli, third, "Körkortet kom i dag.")
    start(panel)
    there(panel, world.gunnel, world.elof)
    write(panel, first, "Första skriver bäst.")
    write(panel, third, "Tredje talar väl.", person=world.elof)
    vote(panel, first, second, gunnel="a", elof="b")
    put_in_order(panel, ((first.id,), (second.id,)))
    step(panel, Step.END)
    meetings = Meetings(panel, give_links(world, panel.ad.party_id, panel.sent))
    meetings.call(first, third)
    slots = meetings.make()
    meetings.book(first, slots[0])
    meetings.book(third, slots[1])
    keep_card(panel, world.elof, third, "Tredje log.")
    hand_in_card(panel, world.elof, third)
    keep_card(panel, world.gunnel, first, "Första tvekade.")
    hand_in_card(panel, world.gunnel, first)
    return panel


def test_each_step_is_there_for_whom_it_is_open_and_in_print(world: World, set_clock: Clock) -> None:
    panel = recruited(world, set_clock)
    first, second, third = (sent.name for sent in panel.sent)
    found = sections(panel)
    assert [(row[0], row[1], row[3]) for row in found["phases"]] == [
        ("Jäv", "Öppen bedömning och möte", "Gunnel Sundvall"),
        ("Öppen bedömning och möte", "Intervjuer", "Samira Hedvall"),
    ]
    (ruling,) = found["requirement_decisions"]
    assert (ruling[0], ruling[3], ruling[4]) == (third, "Tredje saknar körkort.", "Samira Hedvall")
    assert (ruling[6], ruling[8]) == ("Samira Hedvall", "Körkortet kom i dag.")
    assert {(row[0], row[2], row[3]) for row in found["notes"]} == {
        (first, "Elof Rehnström", "Anteckning om första."),
        (third, "Elof Rehnström", "Anteckning om tredje."),
    }
    assert [row[0] for row in found["meeting_events"]] == ["Mötet började", "Mötet avslutades"]
    assert {row[0] for row in found["meeting_presence"]} == {"Gunnel Sundvall", "Elof Rehnström"}
    assert {row[0] for row in found["meeting_agenda"]} == {first, second, third}
    assert {(row[0], row[1]) for row in found["joint_texts"]} == {
        (first, "Första skriver bäst."),
        (third, "Tredje talar väl."),
    }
    assert [row[:2] for row in found["meeting_order"]] == [["1", first], ["2", second]]
    (voted,) = found["meeting_votes"]
    assert voted[2:4] == ["Lika, 1 mot 1", "Elof Rehnström: B, Gunnel Sundvall: A"]
    minutes = panel.world.browser(world.kansli).get(f"{panel.url}/mote/protokoll.pdf").data
    assert found["minutes"] == [["Protokoll.pdf", "SHA-256", sha256(minutes).hexdigest()]]
    assert {(row[0], row[2]) for row in found["interviews"]} == {(first, "Samira Hedvall"), (third, "Samira Hedvall")}
    assert [(row[0], row[3], row[4]) for row in found["interview_times"]] == [
        (first, "Rådhuset, rum 3", "Gunnel Sundvall, Elof Rehnström"),
        (third, "Rådhuset, rum 3", "Gunnel Sundvall, Elof Rehnström"),
    ]
    assert all(datetime.fromisoformat(row[2]).tzinfo for row in found["phases"])
    assert none_is_left_as_a_machine_writes_it(data(panel)["sections"])
    printed = " ".join(extract_text(io.BytesIO(get(panel, world.kansli, "pdf").data)).split())
    for words in ("Beslut om krav", "Första skriver bäst.", "Omröstningar på mötet", "Protokollets kontrollsumma"):
        assert words in printed

    assert {row[0] for row in found["interview_cards"]} == {third}, (
        "Elof sits in the first interview and has no card yet"
    )
    assert "Första tvekade." not in get(panel, world.kansli).get_data(as_text=True)
    keep_card(panel, world.elof, panel.sent[0], "Första tog plats.")
    hand_in_card(panel, world.elof, panel.sent[0])
    assert {row[4] for row in sections(panel)["interview_cards"]} == {
        "Tredje log.",
        "Första tvekade.",
        "Första tog plats.",
    }

    office = get(panel, world.kansli).get_data(as_text=True)
    own = get(panel, world.gunnel).get_data(as_text=True)
    for secret in (*SECRETS, third, str(panel.sent[2].id)):
        assert secret in office, "there is something to leak"
        assert secret not in own, "Gunnel has jäv"
    assert "Första skriver bäst." in own

    with world.app.app_context():
        the_vault().key_store.destroy(panel.sent[0].id)
    erased = sections(panel)
    assert [ERASED, ERASED] in [row[:2] for row in erased["joint_texts"]]
    assert (voted[0], erased["meeting_votes"][0][0]) == (first, ERASED)
    text = get(panel, world.kansli).get_data(as_text=True)
    for gone in (first, "Första", "om första"):
        assert gone not in text


def test_one_of_the_office_who_stands_in_for_one_candidate_is_of_the_office_for_the_others() -> None:
    called, other, jav = uuid4(), uuid4(), uuid4()
    who = Standing(office=True, named=True, called_for=frozenset({called}), conflicts=frozenset({jav}))
    assert not may_read_about(who, called)
    assert may_read_about(who, other)
    assert not may_read_about(who, jav)
    assert not may_read_about(Standing(named=True, decides=True), other)


def test_the_board_of_the_file_has_those_who_assessed_and_none_who_was_never_called_or_has_left() -> None:
    ids = [str(uuid4()) for _ in range(3)]
    panel = [
        {"id": id, "name": name, "assesses": assesses, "removed_at": None}
        for id, name, assesses in zip(
            ids, ("Gunnel", "Ersättaren", "Den som har slutat"), (True, False, False), strict=True
        )
    ]
    file: dict[str, Any] = {"panel": panel, "requirements": [], "scores": [], "orders": [], "conflicts": []}
    kept = {"hidden": False, "state": "kvar", "fallen": False}
    file["candidates"] = [{"id": str(uuid4()), "name": name, **kept} for name in ("Röd Älg", ERASED, UNMASKED)]
    board = board_of(json.loads(json.dumps(file)))
    assert [one.name for one in board.assessors] == ["Gunnel"]
    assert list(board.candidates.values()) == ["Röd Älg"]
