"""Taking back and erasing (GDPR art. 7.3, 17, 18): what may go goes at once, what must be kept is sealed and unread."""

import re
from datetime import date

import pytest
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import select, text

from portal import clock, scope
from portal.applications.models import Answer, Application
from portal.db import db
from portal.documents.models import Document
from portal.interviews.models import InterviewMark
from portal.interviews.services import save_mark
from portal.privacy.commands import sweep
from portal.privacy.rights.keeping import Facts, Kept, kept_because
from portal.privacy.rights.services.leaving import end_restrictions, restrictions_to_end
from portal.vault.services import the_vault
from tests.applicants import Sent
from tests.applications.paper import letters
from tests.contracts.hiring import fill
from tests.decisions.recruiting import closed_recruitment, keep_decision_file
from tests.door import own_browser
from tests.forms import submit
from tests.interviews.meetings import meetings_of
from tests.privacy.candidates import Clock, agreed, copy_at, link_of, requests_in, row_of, told
from tests.privacy.holding import kept_longer
from tests.world import Published, World


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"decided_as": "gar_inte_vidare"}, Kept.CLAIMS),
        ({"decided_as": "gar_inte_vidare", "consent_version": "1"}, None),  # was promised to be erased
        ({"decided_as": "gar_inte_vidare", "consent_version": ""}, None),
        ({"decided_as": "tackat_nej"}, None),
        ({"decided_as": "erbjuds"}, None),
        ({"hold": "DO har begärt yttrande"}, Kept.HOLD),
        ({"hold": "DO", "consent_version": "1"}, Kept.HOLD),
        ({"by_authority": True}, Kept.RECORD),
        ({"by_authority": True, "hold": "DO"}, Kept.RECORD),
        ({"employed": True}, Kept.EMPLOYMENT),
        ({"employed": True, "by_authority": True}, Kept.EMPLOYMENT),
    ],
)
def test_gdpr_17_3_why_an_application_is_kept(facts: dict[str, object], why: Kept | None) -> None:
    usual = {"by_authority": False, "employed": False, "hold": "", "decided_as": "", "consent_version": "2"}
    assert kept_because(Facts(**{**usual, **facts})) is why  # type: ignore[arg-type]


def test_before_there_is_word_the_candidate_chooses_and_may_erase_later(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    agreed(world, ad)
    link, other = link_of(world, one), link_of(world, two)
    page = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True)
    assert "Radera allt direkt" in page
    assert "De ligger låsta till och med den 14 december 2028 och raderas sedan." in page.replace("\xa0", " ")
    submit(own_browser(world), f"{link}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    kept = row_of(world, ad, one.id)
    assert (kept.state, kept.restricted_until) == ("withdrawn", date(2028, 12, 14))
    assert kept.name_sealed is not None
    shown = own_browser(world).get(link).get_data(as_text=True)
    assert "ligger låst till och med den 14 december 2028" in shown
    assert one.name in shown
    assert "låst och oläst" in letters(world, "withdrawn")[0].body
    submit(own_browser(world), f"{link}/radera", {}, "Radera allt")
    submit(own_browser(world), f"{other}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    for id, gone in ((one.id, link), (two.id, other)):
        row = row_of(world, ad, id)
        assert (row.state, row.name_sealed, row.restricted_at) == ("withdrawn", None, None)
        assert own_browser(world).get(gone).status_code == 404
        assert not the_key_is_there(world, id)


def press(world: World, link: str, tail: str) -> int:
    """The answer to a button that the page does not show, pressed all the same."""
    browser = own_browser(world)
    page = browser.get(f"{link}/mina-uppgifter").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    return browser.post(f"{link}/{tail}", data={"csrf_token": token[1], "papers": "radera"}).status_code


def the_key_is_there(world: World, id: object) -> bool:
    with world.app.app_context():
        return the_vault().key_store.has(id)  # type: ignore[arg-type]


def test_after_a_no_it_is_told_what_is_kept_why_and_until_when(world: World, set_clock: Clock) -> None:
    ad, (_hired, one) = told(world, set_clock)
    link = link_of(world, one)
    page = own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    assert "diskrimineringslagen" in page
    assert "14 december 2028" in page
    assert press(world, link, "radera") == 409
    page = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True)
    assert "Radera allt direkt" not in page
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    row = row_of(world, ad, one.id)
    assert (row.state, row.restricted_until, row.name_sealed is None) == ("withdrawn", date(2028, 12, 14), False)
    assert copy_at(world, link)


def test_what_the_consent_did_not_say_is_not_done_to_who_gave_it(world: World, set_clock: Clock) -> None:
    ad, (_hired, one) = told(world, set_clock)
    agreed(world, ad, "1")
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).name_sealed is None


def test_while_a_claim_is_not_settled_no_day_is_promised_on_which_it_is_erased(world: World, set_clock: Clock) -> None:
    ad, (_hired, one) = told(world, set_clock)
    kept_longer(world, (ad.id, one.id))
    link = link_of(world, one)
    page = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True).replace("\xa0", " ")
    assert "låst minst till och med den 14 december 2028, och så länge kravet inte är avgjort" in page
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    unless = "raderas den, om inget rättsligt krav då gör att den måste finnas kvar"
    assert unless in own_browser(world).get(link).get_data(as_text=True).replace("\xa0", " ")
    assert "om inget rättsligt krav då" in letters(world, "withdrawn")[0].body


def test_the_office_reads_of_the_candidate_what_the_candidate_reads_of_themself(world: World, set_clock: Clock) -> None:
    ad, (hired, one) = told(world, set_clock)
    assert fill(world.browser(world.kansli), ad, hired).status_code == 303
    for who, said in ((hired, "Den sökande är eller har varit anställd"), (one, "Den sökande har fått besked")):
        place = f"{link_of(world, who)}/mina-uppgifter"
        submit(own_browser(world), place, {"kind": "erasure"}, "Skicka begäran")
        asked = next(row for row in requests_in(world) if row.application_id == who.id)
        page = world.browser(world.kansli).get(f"/arbete/begaran/{asked.id}").get_data(as_text=True)
        assert said in page and "Du är eller" not in page and "Du har fått besked" not in page


def test_the_hired_one_is_not_erased_and_is_told_why(world: World, set_clock: Clock) -> None:
    ad, (hired, _other) = told(world, set_clock)
    assert fill(world.browser(world.kansli), ad, hired).status_code == 303
    link = link_of(world, hired)
    assert "Du är eller har varit anställd" in own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    page = own_browser(world).get(f"{link}/ta-tillbaka").get_data(as_text=True)
    assert "Tala med arbetsgivaren" in page
    assert [press(world, link, tail) for tail in ("radera", "ta-tillbaka")] == [409, 409]
    assert row_of(world, ad, hired.id).state == "sent"


def test_under_a_legal_hold_nothing_goes_not_even_when_the_time_is_out(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad, "1")
    hold = {"whom": str(one.id), "why": "DO har begärt yttrande."}
    assert submit(world.browser(world.kansli), f"/arbete/sparade/{ad.id}", hold, "Stoppa").status_code == 303
    link = link_of(world, one)
    assert "rättsligt krav" in own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    at = set_clock("2029-01-02T10:00")
    with world.app.app_context():
        assert end_restrictions(at) == restrictions_to_end(at) == 0
    assert row_of(world, ad, one.id).name_sealed is not None
    assert submit(world.browser(world.kansli), f"/arbete/sparade/{ad.id}", {}, "Häv stoppet").status_code == 303
    set_clock("2029-01-16T10:00")
    run = world.app.test_cli_runner()
    assert "Skulle raderas: 1 återtagna" in run.invoke(sweep, ["--dry-run"]).output
    assert row_of(world, ad, one.id).name_sealed is not None
    assert "Raderat: 1 återtagna" in run.invoke(sweep).output
    assert "återtagna" not in run.invoke(sweep, ["--dry-run"]).output
    assert row_of(world, ad, one.id).name_sealed is None
    assert not the_key_is_there(world, one.id)


def test_an_authority_erases_no_public_record_because_somebody_asks(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    link = link_of(world, one)
    assert "allmän handling" in own_browser(world).get(f"{link}/radera").get_data(as_text=True)
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    row = row_of(world, ad, one.id)
    assert (row.state, row.restricted_at, row.name_sealed is None) == ("withdrawn", None, False)


@pytest.mark.parametrize("change", ["state = 'sent'", "controller_id = authority_id", "restricted_until = NULL"])
def test_the_database_keeps_sealed_only_what_a_partys_candidate_took_back(
    world: World, set_clock: Clock, change: str
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).restricted_at is not None
    with world.app.app_context():
        scope.act_for(db.session, scope.party(world.party))
        with pytest.raises(Exception, match=r"restrict|check"):
            db.session.execute(text(f"UPDATE application SET {change} WHERE restricted_at IS NOT NULL"))


def test_no_page_of_the_staffs_shows_what_is_kept_sealed(world: World, set_clock: Clock) -> None:
    """Every address under a recruitment, by the office: those of the candidate are not there, the others say no word."""
    ad, (_hired, one, other) = told(world, set_clock, 3)
    keep_decision_file(world, ad)
    browser, words = world.browser(world.kansli), words_of(one)
    before = said_by_staff_pages(world, browser, ad, one, only=("review.candidate", "review.candidates"))
    assert [word for word in words if not any(word in said for said in before.values())] == []
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    after = said_by_staff_pages(world, browser, ad, one)
    assert {path for path in after if str(one.id) in path} == set()
    assert [(path, word) for path, said in after.items() for word in words if word in said] == []
    assert any(other.name in said for said in after.values())
    with world.acting(scope.party(world.party)) as session:
        assert session.get(Application, one.id) is None
        assert (
            session.scalars(select(Answer).where(Answer.application_id == one.id)).all() != []
        )  # what is hidden is there
        assert session.scalars(select(Document).where(Document.application_id == one.id)).all() != []


def words_of(one: Sent) -> list[str]:
    return [one.name, one.email, *(a for a in one.answers.values() if len(a) > 3)]


def said_by_staff_pages(
    world: World, browser: FlaskClient, ad: Published, one: Sent, only: tuple[str, ...] = ()
) -> dict[str, str]:
    """What each page of the staff's that is there says, by address; or those of some endpoints."""
    values = {
        "ad_id": ad.id, "application_id": one.id, "document_id": one.document, "number": 1, "criterion_id": ad.criteria[0],
    }  # fmt: skip
    said = {}
    for rule in world.app.url_map.iter_rules():
        if only and rule.endpoint not in only:
            continue
        if "GET" in (rule.methods or ()) and "ad_id" in rule.arguments and rule.arguments <= set(values):
            with world.app.test_request_context():
                path = url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            answer = browser.get(path)
            if answer.status_code == 200:
                said[path] = answer.data.decode(errors="replace")
    assert only or len(said) > 12
    return said


def test_two_parties_learn_nothing_of_one_who_applied_to_both(world: World, set_clock: Clock) -> None:
    own, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    set_clock("2026-11-23T10:00")
    theirs, (same,) = closed_recruitment(world, set_clock, 1, employer="party", party=world.rival, answered=False)
    assert one.email == same.email
    agreed(world, own)
    agreed(world, theirs)
    before = row_of(world, theirs, same.id)
    link = link_of(world, one)
    submit(own_browser(world), f"{link}/mina-uppgifter", {"kind": "correction", "text": "Fel år."}, "Skicka begäran")
    submit(own_browser(world), f"{link}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    after = row_of(world, theirs, same.id)
    assert (before.state, before.changed_at, before.name_sealed) == (after.state, after.changed_at, after.name_sealed)
    assert requests_in(world, world.rival) == []
    assert own_browser(world).get(link_of(world, same)).status_code == 200


def test_consent_taken_back_after_the_shortlist_ends_the_interview_and_leaves_no_word_of_it(
    world: World, set_clock: Clock
) -> None:
    meetings = meetings_of(world, set_clock, employer="party")
    panel, (one, other, _) = meetings.panel, meetings.panel.sent
    agreed(world, panel.ad)
    panel.score_all(world.gunnel)
    meetings.book(one, meetings.make()[0])
    with panel.as_person(world.gunnel) as (session, case):
        for called in (one, other):
            save_mark(
                session, case=case, application_id=called.id, criterion_id=panel.ad.criteria[0], value=(2, None),
                note="Svarar rakt.", at=clock.now(),
            )  # fmt: skip
    card = meetings.card_url(one)
    assert world.browser(world.gunnel).get(card).status_code == 200
    answer = submit(
        meetings.browser(), f"{meetings.private_url(one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan"
    )
    assert answer.status_code == 303
    for person in (world.gunnel, world.kansli):
        assert world.browser(person).get(card).status_code == 404
    assert [the_key_is_there(world, each.id) for each in (one, other)] == [False, True]
    meetings.work()
    with world.acting(scope.party(world.party)) as session:
        notes = {mark.application_id: mark.note_sealed for mark in session.scalars(select(InterviewMark))}
    assert notes[other.id] and not notes.get(one.id)
    listed = world.browser(world.gunnel).get(meetings.url).get_data(as_text=True)
    assert one.name not in listed and other.name in listed
