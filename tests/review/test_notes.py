"""An assessor's own note beside a score: only its author changes it, and others see it as they see the score."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.review.models import ScoreNote
from tests.forms import fields_of, submit_page
from tests.review.meetings import start, write_note
from tests.review.panel import Panel

JSON = {"Accept": "application/json"}
WHY = "Nämner tre debattartiklar."


def send(panel: Panel, person: object, url: str, note: str, headers: dict[str, str] | None = None):
    browser = panel.world.browser(person)
    token = fields_of(browser.get("/konto"))["csrf_token"][0]
    return browser.post(f"{url}/anteckning", data={"csrf_token": token, "note": note}, headers=headers)


def test_a_note_is_kept_sealed_shown_to_its_author_and_taken_away_when_empty(panel: Panel) -> None:
    elof, url = panel.world.elof, panel.score_url(panel.sent[0])
    panel.declare(elof)
    page = panel.world.browser(elof).get(url).get_data(as_text=True)
    assert "Varför? (frivilligt)" in page and '<details class="note">' in page
    assert send(panel, elof, url, WHY, JSON).json["saved"].startswith("Sparat ")
    assert send(panel, elof, url, WHY).status_code == 303
    page = panel.world.browser(elof).get(url).get_data(as_text=True)
    assert f">{WHY}</textarea>" in page and '<details class="note" open>' in page
    with panel.as_person(elof) as (session, _case):
        assert b"debatt" not in session.scalars(select(ScoreNote.text_sealed)).one()
    send(panel, elof, url, "")
    with panel.as_person(elof) as (session, _case):
        assert session.scalars(select(ScoreNote)).all() == []


def test_of_two_windows_neither_writes_over_the_others_note_unseen(panel: Panel) -> None:
    elof, url = panel.world.elof, panel.score_url(panel.sent[0])
    panel.declare(elof)
    browser = panel.world.browser(elof)
    old = fields_of(browser.get(url))["version"][0]

    def post(note: str, version: str, headers: dict[str, str] | None = None):
        data = {"csrf_token": fields_of(browser.get("/konto"))["csrf_token"][0], "note": note, "version": version}
        return browser.post(f"{url}/anteckning", data=data, headers=headers)

    newer = post("Från den ena.", old, JSON).json["version"]
    assert newer != old
    told = post("Från den andra.", old, JSON)
    assert told.status_code == 409
    assert told.json["beside"] == {"text": "Från den ena.", "version": newer, "by": "dig i ett annat fönster"}
    page = post("Från den andra.", old)
    said = page.get_data(as_text=True)
    assert page.status_code == 409 and "Från den ena." in said and "Från den andra." in said
    assert post("", old, JSON).json["version"] == old  # nothing was written there: what is saved stands
    assert ">Från den ena.</textarea>" in browser.get(url).get_data(as_text=True)
    assert submit_page(browser, page, f"{url}/anteckning", {}, "Spara min text").status_code == 303
    assert ">Från den andra.</textarea>" in browser.get(url).get_data(as_text=True)


def test_nobody_sees_anothers_note_before_both_have_handed_in(panel: Panel) -> None:
    gunnel, elof, kansli, one = panel.world.gunnel, panel.world.elof, panel.world.kansli, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    write_note(panel, elof, one, 0, WHY)
    panel.hand_in(elof)
    for person in (gunnel, kansli):
        browser = panel.world.browser(person)
        for tail in ("mote", f"mote/sokande/{one.id}", "gemensam", f"sokande/{one.id}"):
            assert WHY not in browser.get(f"{panel.url}/{tail}").get_data(as_text=True)
    assert WHY not in panel.world.browser(gunnel).get(panel.score_url(one)).get_data(as_text=True)
    panel.hand_in(gunnel)
    start(panel)
    for person in (gunnel, kansli):
        page = panel.world.browser(person).get(f"{panel.url}/mote/sokande/{one.id}").get_data(as_text=True)
        assert WHY in page


def test_a_note_of_what_was_never_scored_is_its_authors_alone(panel: Panel) -> None:
    gunnel, elof, one = panel.world.gunnel, panel.world.elof, panel.sent[0]
    for person in panel.people:
        panel.declare(person)
    panel.score_all(gunnel)
    panel.hand_in(gunnel)
    write_note(panel, elof, one, 0, WHY)
    panel.set_clock("2026-12-17T18:00")
    start(panel)
    page = panel.world.browser(panel.world.kansli).get(f"{panel.url}/mote/sokande/{one.id}").get_data(as_text=True)
    assert "Inte inlämnat" in page and WHY not in page


def test_after_handing_in_the_note_stands_fast(panel: Panel) -> None:
    elof, url = panel.world.elof, panel.score_url(panel.sent[0])
    panel.declare(elof)
    panel.score_all(elof)
    write_note(panel, elof, panel.sent[0], 0, WHY)
    panel.hand_in(elof)
    refused = send(panel, elof, url, "Annat.", JSON)
    assert refused.status_code == 409 and "anteckningen går inte att ändra" in refused.json["fault"]
    assert send(panel, elof, url, WHY, JSON).status_code == 200  # the same again
    page = panel.world.browser(elof).get(url).get_data(as_text=True)
    assert WHY in page and "står fast" in page and 'name="note"' not in page


@pytest.mark.parametrize("note", ["x" * 501, "å" * 20_000])
def test_a_huge_note_is_refused(panel: Panel, note: str) -> None:
    panel.declare(panel.world.elof)
    refused = send(panel, panel.world.elof, panel.score_url(panel.sent[0]), note, JSON)
    assert refused.status_code == 422 and "högst 500 tecken" in refused.json["fault"]


def test_a_note_needs_an_assessor_without_jav_and_an_own_criterion(panel: Panel) -> None:
    gunnel, elof, (one, two, _three) = panel.world.gunnel, panel.world.elof, panel.sent
    panel.declare(gunnel)
    panel.declare(elof, one)
    assert send(panel, elof, panel.score_url(one), WHY).status_code == 404
    assert send(panel, elof, panel.score_url(two), WHY).status_code == 303
    for note in (WHY, "x" * 501):  # what is not there has no faults to tell of
        assert send(panel, elof, f"{panel.url}/bedom/{two.id}/{uuid4()}", note).status_code == 404
    assert send(panel, elof, f"{panel.url}/bedom/{uuid4()}/{panel.ad.criteria[0]}", WHY).status_code == 404
    for person in (panel.world.kansli, panel.world.rival_kansli):
        assert send(panel, person, panel.score_url(two), WHY).status_code == 404
