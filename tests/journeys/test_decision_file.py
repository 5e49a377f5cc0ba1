"""The decision file taken by the office when all is over, and read by one who was not there."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal.review.meeting.states import Step
from tests.applicants import Sent, send_applications
from tests.decisions.judging import STEPS, judged
from tests.decisions.recruiting import HIRED, decide, proofread, release
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.outside_reader import Answers, Change, Score, read
from tests.review.meetings import put_in_order, start, step, there
from tests.review.panel import CLOSED, Panel
from tests.review.test_minutes import words_of
from tests.world import CRITERIA, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

GUNNEL, ELOF, SAMIRA = "Gunnel Sundvall", "Elof Rehnström", "Samira Hedvall"
WRITES = CRITERIA[0][2]
WHY_CHANGED, WHY_DECIDED = "Läste brevet en gång till.", "Skriver klart och snabbt."


def test_the_file_answers_one_who_was_not_there(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    panel = _all_is_over(portal)
    office = open_browser(portal.world.kansli, viewport={"width": 1280, "height": 900})
    data, paper = _the_office_takes_the_file(office, panel)
    answers = read(json.loads(data.read_text()))
    _it_says_who_judged_and_how(answers, panel.sent)
    _it_says_what_was_decided(answers, panel.sent)
    _the_paper_says_the_same(words_of(paper.read_bytes()), answers)


def _all_is_over(portal: Portal) -> Panel:
    """Judged by two, of whom Elof has jäv for the third; one score changed since; one hired, everybody told."""
    world = portal.world
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 3), portal.set_clock)
    portal.set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    judged(panel)
    start(panel)
    there(panel, world.gunnel, world.elof)
    put_in_order(panel, tuple((one.id,) for one in panel.sent))
    step(panel, Step.END)
    decide(world, ad, panel.sent[:1], HIRED)
    decide(world, ad, panel.sent[1:])
    proofread(world, ad)
    release(world, ad)
    return panel


def _the_office_takes_the_file(office: "Page", panel: Panel) -> tuple[Path, Path]:
    office.goto(f"{panel.url}/utfall")
    steps.follow(office, "Beslutet och beslutsakten")
    expect(office.get_by_role("main")).to_contain_text("varje hämtning loggas")
    taken = []
    for link, name in (("Hämta som data (JSON)", "beslutsakt.json"), ("Hämta som PDF", "beslutsakt.pdf")):
        with office.expect_download() as download:
            steps.follow(office, link)
        assert download.value.suggested_filename == name
        taken.append(download.value.path())
    return taken[0], taken[1]


def _it_says_who_judged_and_how(answers: Answers, sent: list[Sent]) -> None:
    first, second, third = (one.name for one in sent)
    assert answers.assessed == {GUNNEL, ELOF}
    assert answers.conflicts == {(ELOF, third)}
    by_gunnel = {
        one.criterion: one.value for one in answers.scores if (one.assessor, one.candidate) == (GUNNEL, second)
    }
    assert [by_gunnel[text] for _, judged, text, _ in CRITERIA if judged == "skala"] == list(STEPS[1]), (
        "one not to be judged"
    )
    assert [by_gunnel[text] for _, judged, text, _ in CRITERIA if judged == "finns"] == ["ja", "ja"]
    assert {one.candidate for one in answers.scores if one.assessor == ELOF} == {first, second}
    assert answers.changes == (Change(Score(GUNNEL, first, WRITES, 2), 3, WHY_CHANGED),)


def _it_says_what_was_decided(answers: Answers, sent: list[Sent]) -> None:
    assert answers.decides == GUNNEL
    decided = {one.candidate: one for one in answers.decided}
    assert {name: one.result for name, one in decided.items()} == {
        sent[0].name: "anstalls", sent[1].name: "gar_inte_vidare", sent[2].name: "gar_inte_vidare",
    }  # fmt: skip
    for one in decided.values():
        assert (one.criterion, one.reason, one.recorded_by) == (WRITES, WHY_DECIDED, SAMIRA)
        assert one.told, "and what they have read"


def _the_paper_says_the_same(words: str, answers: Answers) -> None:
    """Letter by letter, for lines are broken within words."""
    pages = words.rpartition(" av ")[2]  # at every page's foot, in the midst of what goes on there
    letters = _letters(re.sub(rf"\b\d+ av {pages}", "", words))
    for one in answers.decided:
        assert _letters(one.candidate) in letters and _letters(one.told) in letters
    for said in (*answers.assessed, answers.decides, WHY_CHANGED, WHY_DECIDED, WRITES, SAMIRA):
        assert _letters(said) in letters, said


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
