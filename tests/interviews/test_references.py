"""References: given by the candidate with the person's consent, sealed, heard by the office; the salary claim's opening."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.interviews import services
from portal.interviews.models import InterviewWish, Reference, ReferenceWord
from portal.interviews.refusals import NotOpenToYou
from tests.forms import submit, submit_page
from tests.interviews.meetings import Meetings, meetings_of
from tests.interviews.test_cards import token_of
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
RUT = {
    "Referensens namn": "Rut Ribbing", "Referensens telefon eller e-post": "rut@example.se",
    "Hur känner ni varandra?": "Min chef 2021–2024", "agreed": True,
}  # fmt: skip


def give(meetings: Meetings, **changes: Any) -> int:
    """As the candidate fills it in."""
    one = meetings.panel.sent[0]
    return submit(meetings.browser(), meetings.own_url(one), {**RUT, **changes}, "Spara referensen").status_code


def rows(meetings: Meetings, kind: type[Any]) -> list[Any]:
    with meetings.world.acting(scope.party(meetings.world.party)) as session:
        return list(session.scalars(select(kind)))


def standing(meetings: Meetings) -> list[Reference]:
    return [row for row in rows(meetings, Reference) if row.taken_back_at is None]


def test_a_reference_is_kept_sealed_with_its_consent_in_the_log(meetings: Meetings) -> None:
    assert give(meetings) == 303
    (row,) = rows(meetings, Reference)
    for sealed in (row.name_sealed, row.contact_sealed, row.relation_sealed):
        assert not any(word in sealed for word in (b"Rut Ribbing", b"rut@", b"Min chef"))
    with meetings.world.acting(scope.PLATFORM) as session:
        line = session.scalars(select(AuditLine).where(AuditLine.verb == "reference.agreed")).one()
        assert (line.actor, line.object_id) == ("candidate", row.id)
    page = meetings.browser().get(meetings.own_url(meetings.panel.sent[0])).get_data(as_text=True)
    assert "Rut Ribbing" in page and "Min chef 2021–2024" in page
    other = meetings.browser().get(meetings.own_url(meetings.panel.sent[1])).get_data(as_text=True)
    assert "Rut" not in other


def test_without_the_tick_nothing_is_kept_and_what_was_written_stays(meetings: Meetings) -> None:
    answer = submit(
        meetings.browser(), meetings.own_url(meetings.panel.sent[0]), {**RUT, "agreed": False}, "Spara referensen"
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Fråga personen först, och kryssa sedan i rutan." in page and 'value="Rut Ribbing"' in page
    assert rows(meetings, Reference) == []


@pytest.mark.parametrize("field", ["Referensens namn", "Referensens telefon eller e-post", "Hur känner ni varandra?"])
@pytest.mark.parametrize("text", ["", " \u202e ", "å" * 201, "x" * 100_000])
def test_an_empty_or_endless_field_is_told_so(meetings: Meetings, field: str, text: str) -> None:
    assert give(meetings, **{field: text}) == 422
    assert rows(meetings, Reference) == []


def test_there_are_three_at_the_most_and_one_can_be_taken_back(meetings: Meetings) -> None:
    one, browser = meetings.panel.sent[0], meetings.browser()
    for n in range(3):
        assert give(meetings, **{"Referensens namn": f"Rut {n}"}) == 303
    page = browser.get(meetings.own_url(one)).get_data(as_text=True)
    assert "Spara referensen" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "do": "name", "name": "Fyra", "contact": "x", "relation": "y", "agreed": "y"}
    answer = browser.post(meetings.own_url(one), data=data)
    assert answer.status_code == 422 and "Du har lämnat tre referenser." in answer.get_data(as_text=True)
    assert submit(browser, meetings.own_url(one), {}, "Ta tillbaka Rut 0").status_code == 303
    assert len(standing(meetings)) == 2
    for strange in ("unname:", "unname:inte-ett-id", "unname:00000000-0000-4000-8000-00000000aaaa", "okant", ""):
        assert browser.post(meetings.own_url(one), data={"csrf_token": token, "do": strange}).status_code == 303
    assert len(standing(meetings)) == 2


def test_the_same_reference_and_the_same_words_are_kept_once_however_often_one_presses(meetings: Meetings) -> None:
    one, office = meetings.panel.sent[0], meetings.world.browser(meetings.world.kansli)
    page = f"{meetings.card_url(one)}/referenser"
    assert [give(meetings), give(meetings), give(meetings, **{"Hur känner ni varandra?": "Vän"})] == [303, 303, 303]
    assert len(rows(meetings, Reference)) == 2
    first, second = (str(criterion) for criterion in meetings.panel.ad.criteria[:2])
    old = office.get(page)
    for criterion in (first, first, second):
        said = {"Gäller": criterion, "Vad referensen sa": "Levererar alltid i tid."}
        assert submit_page(office, old, page, said, "Spara").status_code == 303
    assert len(rows(meetings, ReferenceWord)) == 2


def test_another_candidates_reference_cannot_be_taken_back(meetings: Meetings) -> None:
    give(meetings)
    (row,) = rows(meetings, Reference)
    browser, other = meetings.browser(), meetings.panel.sent[1]
    token = (
        browser.get(meetings.own_url(other)).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    )
    browser.post(meetings.own_url(other), data={"csrf_token": token, "do": f"unname:{row.id}"})
    assert len(rows(meetings, Reference)) == 1


def test_the_office_writes_down_what_was_said_and_who_may_read_the_papers_reads_it(
    meetings: Meetings, set_clock: Clock
) -> None:
    give(meetings)
    world, one = meetings.world, meetings.panel.sent[0]
    page, office = f"{meetings.card_url(one)}/referenser", world.browser(world.kansli)
    criterion = str(meetings.panel.ad.criteria[0])
    said = {"Gäller": criterion, "Vad referensen sa": "Levererar alltid <b>i tid</b>."}
    assert submit(office, page, said, "Spara").status_code == 303
    (row,) = rows(meetings, ReferenceWord)
    assert b"Levererar" not in row.text_sealed and str(row.criterion_id) == criterion
    for person in (world.kansli, world.gunnel, world.elof):
        shown = world.browser(person).get(page).get_data(as_text=True)
        assert "Rut Ribbing" in shown and "Levererar alltid &lt;b&gt;i tid&lt;/b&gt;." in shown
        assert ("Vad referensen sa" in shown) == (person != world.elof)
    with world.acting(scope.PLATFORM) as session:
        read = session.scalars(select(AuditLine.actor).where(AuditLine.verb == "reference.read")).all()
    assert f"person:{world.elof}" in read
    meetings.panel.declare(world.elof, one)
    assert world.browser(world.elof).get(page).status_code == 404
    gone = submit(meetings.browser(), meetings.own_url(one), {}, "Ta tillbaka Rut Ribbing")
    assert gone.status_code == 409 and "Referensen har redan hörts" in gone.get_data(as_text=True)


@pytest.mark.parametrize("words", ["", "å" * 4001])
def test_no_words_or_too_many_are_told_so(meetings: Meetings, words: str) -> None:
    give(meetings)
    page = f"{meetings.card_url(meetings.panel.sent[0])}/referenser"
    answer = submit(meetings.world.browser(meetings.world.kansli), page, {"Vad referensen sa": words}, "Spara")
    assert answer.status_code == 422
    assert rows(meetings, ReferenceWord) == []


def test_who_does_not_lead_writes_nothing_down_nor_of_another_candidate_or_criterion(
    meetings: Meetings, set_clock: Clock
) -> None:
    give(meetings)
    world, (row,) = meetings.world, rows(meetings, Reference)
    browser = world.browser(world.elof)
    data = {"csrf_token": token_of(browser), f"{row.id.hex}-words": "Nej."}
    page = f"{meetings.card_url(meetings.panel.sent[0])}/referenser/{row.id}"
    assert browser.post(page, data=data).status_code == 404
    office = world.browser(world.kansli)
    data["csrf_token"] = token_of(office)
    other = f"{meetings.card_url(meetings.panel.sent[1])}/referenser/{row.id}"
    assert office.post(other, data=data).status_code == 404
    foreign = str(publish_ad(world).criteria[0])
    for strange in ("nej", "00000000-0000-4000-8000-00000000aaaa", foreign):
        assert office.post(page, data={**data, f"{row.id.hex}-criterion": strange}).status_code == 404
    assert rows(meetings, ReferenceWord) == []


@pytest.mark.parametrize(("employer", "left"), [("authority", 1), ("party", 0)])
def test_a_party_erases_references_with_the_application_and_an_authority_keeps_them(
    world: World, set_clock: Clock, employer: str, left: int
) -> None:
    meetings = meetings_of(world, set_clock, employer=employer)
    one = meetings.panel.sent[0]
    give(meetings)
    (row,) = rows(meetings, Reference)
    with meetings.panel.as_person(world.kansli) as (session, case):
        services.write_down_words(
            session, case=case, actor=meetings.panel.actor(world.kansli), application_id=one.id, reference_id=row.id,
            criterion_id=None, text="Bra.", at=clock.now(),
        )  # fmt: skip
    submit(meetings.browser(), f"{meetings.private_url(one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    meetings.work()
    assert (len(rows(meetings, Reference)), len(rows(meetings, ReferenceWord))) == (left, left)
    assert rows(meetings, InterviewWish) == []
    with meetings.panel.as_person(world.kansli) as (session, case), pytest.raises(NotOpenToYou):
        services.write_down_words(
            session, case=case, actor=meetings.panel.actor(world.kansli), application_id=one.id, reference_id=row.id,
            criterion_id=None, text="Mer.", at=clock.now(),
        )  # fmt: skip


def test_the_salary_claim_stands_beside_the_ads_range_and_its_opening_is_logged_by_itself(meetings: Meetings) -> None:
    world, (one, _, uncalled) = meetings.world, meetings.panel.sent
    browser = world.browser(world.elof)
    shown = browser.get(f"{meetings.panel.url}/sokande/{one.id}").get_data(as_text=True)
    assert "39\u00a0137" in shown and "annonsen: 38\u00a0000–46\u00a0000\u00a0kr" in shown
    browser.get(f"{meetings.panel.url}/sokande/{uncalled.id}")
    with world.acting(scope.PLATFORM) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb == "salary.read")).all()
    assert [(line.actor, line.object_id) for line in lines] == [(f"person:{world.elof}", one.id)]
    assert lines[0].at is not None


@pytest.mark.parametrize(("employer", "left"), [("authority", 1), ("party", 0)])
def test_an_authority_keeps_what_it_was_given_and_asks_nobody_who_was_taken_back(
    world: World, set_clock: Clock, employer: str, left: int
) -> None:
    meetings = meetings_of(world, set_clock, employer=employer)
    give(meetings)
    one, browser = meetings.panel.sent[0], meetings.browser()
    page, button = meetings.own_url(one), "Ta tillbaka Rut Ribbing" if left else "Ta bort Rut Ribbing"
    assert ("sparas som en allmän handling" in browser.get(page).get_data(as_text=True)) is bool(left)
    old = browser.get(page)
    for _press in range(2):
        assert submit_page(browser, old, page, {}, button).status_code == 303
    assert (len(rows(meetings, Reference)), standing(meetings)) == (left, [])
    shown = (browser.get(page), world.browser(world.kansli).get(f"{meetings.card_url(one)}/referenser"))
    assert not any("Rut Ribbing" in answer.get_data(as_text=True) for answer in shown)
    copy = {"application_id": one.id, "criterion_id": None, "text": "Bra.", "at": clock.now()}
    for row in rows(meetings, Reference):
        with pytest.raises(NotOpenToYou), meetings.panel.as_person(world.kansli) as (session, case):
            actor = meetings.panel.actor(world.kansli)
            services.write_down_words(session, case=case, actor=actor, reference_id=row.id, **copy)
    assert give(meetings) == 303
    assert len(standing(meetings)) == 1, "given once more it stands again"
