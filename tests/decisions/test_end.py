"""Ending a recruitment: refused while anybody is without word, then everybody is told at once, neutrally and once."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.ads.models import Ad, PublishedAd
from portal.ads.services.publishing import withdraw_ad
from portal.applications.models import Application
from portal.applications.services.withdrawing import withdraw_application
from portal.decisions.models import Outcome
from portal.decisions.queries.kept import kept_of
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.mail.models import OutgoingMail
from portal.mail.services import open_letter
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread
from tests.door import show
from tests.forms import fields_of, submit
from tests.pages import XHTML, parse
from tests.world import Published, World

Clock = Callable[[str], datetime]
END = "Avsluta rekryteringen"


def end(world: World, published: Published) -> TestResponse:
    """The texts are read and marked, then the page shows who is told what, and its button is pressed."""
    proofread(world, published)
    return submit(world.browser(world.kansli), address(published, "beslut/avsluta"), button=END)


def buttons(page: str) -> list[str]:
    return [" ".join("".join(e.itertext()).split()) for e in parse(page).iter(f"{XHTML}button")]


def press_anyhow(browser: FlaskClient, page: str, published: Published, seen: str = "") -> TestResponse:
    """The form sent by somebody who has no button for it."""
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    return browser.post(address(published, "beslut/avsluta"), data={"csrf_token": token, "seen": seen})


def letters(world: World) -> list[tuple[str, str, str]]:
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("outcome:")))
        opened = [open_letter(session, row) for row in rows]
        return [(one.to, one.subject, one.body) for one in opened]


def private_page(world: World, application_id: UUID) -> str:
    with world.acting(scope.party(world.party)) as session:
        token = token_of(session, purpose=Purpose.APPLICATION, subject_id=application_id)
    answer = show(world, f"/ansokan/{token}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_before_any_outcome_nobody_is_said_not_to_wait(world: World, set_clock: Clock) -> None:
    published, _sent = closed_recruitment(world, set_clock, 2)
    page = world.browser(world.kansli).get(address(published, "beslut/avsluta")).get_data(as_text=True)
    assert "Ingen kan få besked än." in page and "Två sökande saknar utfall." in page
    assert "Ingen väntar på besked." not in page


def test_nothing_ends_while_one_candidate_is_unanswered(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 3)
    decide(world, published, sent[:2])
    proofread(world, published)
    browser = world.browser(world.kansli)
    page = browser.get(address(published, "beslut/avsluta")).get_data(as_text=True)
    assert "En sökande saknar utfall." in page
    assert END not in buttons(page), "there is nothing to press"
    answer = press_anyhow(browser, page, published)
    assert answer.status_code == 422
    assert "En sökande saknar besked. Skriv utfallet för var och en" in answer.get_data(as_text=True)
    assert letters(world) == []
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "published"
        assert session.scalars(select(Outcome.released_at)).all() == [None, None]


def test_at_the_end_everybody_gets_their_own_word_and_the_ad_is_over(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    for one in sent:
        assert "Avgjord" not in private_page(world, one.id)
    assert end(world, published).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "ended"
        newest = session.scalars(select(PublishedAd).where(PublishedAd.superseded_at.is_(None))).one()
        assert newest.ended
        assert all(session.scalars(select(Outcome.released_at)))
    hired, other = private_page(world, sent[0].id), private_page(world, sent[1].id)
    assert "Du anställs" in hired
    assert "går inte vidare" not in hired
    assert "Du går inte vidare i den här rekryteringen." in other
    assert "anställs" not in other.replace("Personuppgifts", "")
    assert "Skriver klart och snabbt" not in hired + other, "the reason is the office's"


def test_whoever_left_no_address_is_promised_no_mail(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    asked = browser.get(address(published, "beslut/avsluta")).get_data(as_text=True)
    assert "Den som har lämnat en e-postadress får ett mejl om att det finns något att läsa." in asked
    told = browser.get(submit(browser, address(published, "beslut/avsluta"), button=END).location).get_data(
        as_text=True
    )
    assert (
        "Två sökande har fått besked på sin egen sida. Den som har lämnat en e-postadress får ett mejl om det." in told
    )


def test_the_mail_is_neutral_and_leads_to_the_candidates_own_page(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    end(world, published)
    found = letters(world)
    assert {to for to, _, _ in found} == {one.email for one in sent}
    for to, subject, body in found:
        assert subject == "Det finns ett besked"
        own = next(one for one in sent if one.email == to)
        for word in ("Närvårdspartiet", "Region Ådalen", "Politisk sekreterare", own.name, "går inte vidare"):
            assert word not in subject + body
        with world.acting(scope.party(world.party)) as session:
            token = token_of(session, purpose=Purpose.APPLICATION, subject_id=own.id)
        assert f"http://localhost/ansokan/{token}" in body


def test_a_mail_to_one_who_applied_in_english_leads_to_the_english_page(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, sent[0].id).language = "en"
    decide(world, published, sent)
    end(world, published)
    assert "?lang=en" in letters(world)[0][2]


def test_a_second_press_changes_nothing_and_sends_nothing(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    shown = fields_of(browser.get(address(published, "beslut/avsluta")))
    for _ in range(2):
        assert browser.post(address(published, "beslut/avsluta"), data=shown).status_code == 303
    assert len(letters(world)) == 1
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(PublishedAd.version).order_by(PublishedAd.version)).all() == [1, 2]


def test_an_outcome_cannot_be_changed_once_it_is_released(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    browser = world.browser(world.kansli)
    page = browser.get(address(published)).get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    end(world, published)
    typed = {"result": "anstalls", "criterion": str(published.criteria[0]), "reason": "Ändrat."}
    data = {"csrf_token": token, **{f"{sent[0].id}-{name}": text for name, text in typed.items()}}
    answer = browser.post(address(published, f"utfall/{sent[0].id}"), data=data)
    assert answer.status_code == 422
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Outcome.result)).one() == "gar_inte_vidare"


def test_an_open_recruitment_cannot_be_ended(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    set_clock("2026-12-11T23:58")
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    page = browser.get(address(published, "beslut/avsluta")).get_data(as_text=True)
    answer = press_anyhow(browser, page, published)
    assert answer.status_code == 422
    assert "Annonsen är öppen till och med fredag 11 december 2026" in answer.get_data(as_text=True)


def test_one_who_took_the_application_back_needs_no_word(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent[:1])
    with world.writing(scope.party(world.party)) as session:
        gone = session.get_one(Application, sent[1].id)
        gone.state, gone.withdrawn_at = "withdrawn", clock.now()
    assert end(world, published).status_code == 303
    assert [to for to, _, _ in letters(world)] == [sent[0].email]


def test_those_who_applied_to_an_ad_that_was_withdrawn_get_their_word_too(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=published.id, person_id=world.kansli, at=clock.now())
    decide(world, published, sent)
    assert end(world, published).status_code == 303
    assert "Du går inte vidare i den här rekryteringen." in private_page(world, sent[0].id)
    assert len(letters(world)) == 1


@pytest.mark.parametrize("applied", [0, 1], ids=["nobody applied", "all have withdrawn"])
def test_an_ad_that_was_withdrawn_and_has_nobody_left_is_over_and_has_nothing_to_press(
    world: World, set_clock: Clock, applied: int
) -> None:
    published, sent = closed_recruitment(world, set_clock, applied)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=published.id, person_id=world.kansli, at=clock.now())
    run_rounds(world.app)
    for one in sent:
        with world.writing(scope.candidate(one.id)) as session:
            withdraw_application(session, application_id=one.id, at=clock.now())
    for _ in range(2):  # the end is an event of its own
        run_rounds(world.app)
    page = world.browser(world.kansli).get(address(published, "beslut")).get_data(as_text=True)
    assert "Rekryteringen är avslutad." in page and "Innan beskeden går ut" not in page
    assert END not in page
    with world.acting(scope.party(world.party)) as session:
        assert kept_of(session, published.id) is not None, "and its file is kept"


def test_a_recruitment_nobody_applied_to_can_be_ended(world: World, set_clock: Clock) -> None:
    published, _ = closed_recruitment(world, set_clock, 0)
    assert end(world, published).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "ended"


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_both_kinds_of_employer_end_alike(world: World, set_clock: Clock, employer: str) -> None:
    published, sent = closed_recruitment(world, set_clock, 1, employer=employer, latest_end=date(2027, 6, 30))
    decide(world, published, sent)
    assert end(world, published).status_code == 303
    assert len(letters(world)) == 1
