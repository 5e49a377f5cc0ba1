"""Masks of files that mean harm: a verdict in time, nothing believed that a child says, and a human told where it matters."""

import threading
import time

import pytest

from portal import clock
from portal.documents.engines import masker, places
from portal.documents.masking import Known
from portal.documents.masks import WHOLE_PAGE, Box, Doubt
from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.named_pages import NAME, NAMED

KNOWN = Known(NAME, "karin.lind@example.se", "070-174 06 20")


@pytest.fixture(autouse=True)
def _a_machine_with_much_to_do_is_given_time(monkeypatch):
    monkeypatch.setattr(masker, "BUDGET", 90.0)
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 60.0)


@pytest.mark.parametrize(
    ("make", "verdict"),
    [
        (lambda: hostile.plain()[:300], Verdict.damaged),
        (lambda: b"", Verdict.damaged),
        (lambda: hostile.locked("hemligt"), Verdict.encrypted),
        (lambda: hostile.many_pages(101), Verdict.too_many_pages),
        (hostile.width_run, Verdict.ok),
        (hostile.letter_range, Verdict.ok),
        (hostile.deep_brackets, Verdict.ok),
        (hostile.reference_loop, Verdict.ok),
        pytest.param(hostile.nested_forms, Verdict.stuck, marks=pytest.mark.slow),
        pytest.param(hostile.own_pattern, Verdict.stuck, marks=pytest.mark.slow),
        pytest.param(hostile.inflating, Verdict.stuck, marks=pytest.mark.slow),
    ],
)
def test_a_hostile_file_gets_its_verdict_in_time(make, verdict):
    data = make()
    for ask in (
        lambda until: masker.suggest_masks(data, "pdf", KNOWN, until=until),
        lambda until: masker.burn_masks(data, "pdf", {1: (Box(0, 0, 0.5, 0.5),)}, until=until),
    ):
        begun = time.monotonic()
        answer = ask(clock.monotonic() + 2.5 if make is hostile.own_pattern else None)
        assert answer.verdict is verdict
        assert time.monotonic() - begun < 80  # they would be drawn for hours


def test_a_page_with_too_much_on_it_is_covered_whole():
    frames = hostile.stream(b"0 0 9 9 re f " * 20_100)
    data = hostile.pdf(hostile.CATALOG, hostile.PAGES, hostile.page(), frames, hostile.HELVETICA)
    (page,) = masker.suggest_masks(data, "pdf", KNOWN).pages
    assert (page.boxes, page.doubts) == ((WHOLE_PAGE,), (Doubt.UNREADABLE,))


def test_a_file_that_finds_no_child_free_waits():
    with places.READING.here, places.READING.here:
        assert masker.suggest_masks(hostile.plain(), "pdf", KNOWN, patience=0.1).verdict is Verdict.waiting
        assert masker.burn_masks(hostile.plain(), "pdf", {1: ()}, patience=0.1).verdict is Verdict.waiting


def test_many_at_once_get_the_same_answer():
    found: list[masker.Suggested] = []
    data = NAMED[0].whole()
    askers = [
        threading.Thread(target=lambda: found.append(masker.suggest_masks(data, "pdf", KNOWN, patience=30)))
        for _ in range(5)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(found) == 5 and len(set(found)) == 1


LIES = """
import json, struct, sys
sys.stdin.buffer.read()
def send(letter, body=b""):
    sys.stdout.buffer.write(struct.pack(">cI", letter, len(body)) + body)
def tell(**facts):
    send(b"W", json.dumps(facts).encode())
tell(pages=6)
tell(page=1, boxes=[[0, 0, float("nan"), 1]], doubts=[])
tell(page=2, boxes=[[0, 0, 2, 1]], doubts=["outlines", "made up", 7])
tell(page=3, boxes="everything", doubts=[])
tell(page=4, boxes=[[0, 0, .5, .5]] * 401, doubts=[])
tell(page=5, boxes=[], doubts="none")
tell(page=99, boxes=[], doubts=[])
tell(page=1, text=["a list"])
send(b"P", b"not a picture")
send(b"P", b"")
send(b"E")
"""


def test_what_a_child_says_is_not_believed_and_what_it_does_not_say_is_left_to_a_human(instead):
    instead(LIES)
    suggested = masker.suggest_masks(hostile.plain(), "pdf", KNOWN)
    assert suggested.verdict is Verdict.stuck
    assert [page.boxes for page in suggested.pages] == [(WHOLE_PAGE,)] * 4 + [()] * 2
    assert all(Doubt.UNREADABLE in page.doubts for page in suggested.pages)
    burnt = masker.burn_masks(hostile.plain(), "pdf", {1: ()})
    assert (burnt.verdict, burnt.pages) == (Verdict.stuck, ())
