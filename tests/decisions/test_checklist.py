"""What must hold before anybody gets their word: each line leads to its place and says in words what is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.decisions.checklist import Assessor, Facts, lines_of, stopping
from portal.mail.models import OutgoingMail
from tests.counting import statements
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_outcome import declare
from tests.forms import fields_of, submit
from tests.review.panel import Panel
from tests.world import World

Clock = Callable[[str], datetime]
READY = Facts(
    open_until="", candidates=3, without_outcome=0, without_reason=0, hired=1, posts=1, term_fault="",
    latest_end="31 december 2030", employed=0, panel=(Assessor("Gunnel", 0, True),), last_minute_passed=False, unread=0,
    unanswered_offers=0,
)  # fmt: skip


def test_nothing_stops_what_is_ready_and_the_lines_stand_in_order() -> None:
    assert list(stopping(READY, offer=False)) == []
    keys = [line.key for line in lines_of(READY)]
    assert keys == ["closed", "term", "post", "outcomes", "reasons", "jav", "handed_in", "words"]


@pytest.mark.parametrize(
    ("change", "key", "words", "stops_an_offer"),
    [
        ({"open_until": "fredag 11 december 2026"}, "closed", "öppen till och med fredag 11 december", True),
        ({"term_fault": "Slutdatumet är för sent."}, "term", "Slutdatumet är för sent. Registrera", True),
        ({"hired": 2}, "post", "Två sökande ska anställas, men annonsen gäller en tjänst.", True),
        ({"without_outcome": 1}, "outcomes", "En sökande saknar utfall.", False),
        ({"without_reason": 2}, "reasons", "Två utfall saknar skäl.", True),
        ({"panel": (Assessor("Gunnel", 1, True), Assessor("Elof", 2, True))}, "jav", "Gunnel och Elof har inte", True),
        ({"fallen": 1}, "fallen", "En sökande som ska anställas har fallit på ett krav. Ta tillbaka det", True),
        ({"unjudged": 1}, "unjudged", "Alla bedömare har jäv mot en sökande, så", True),
        ({"panel": (Assessor("Gunnel", 0, False),)}, "handed_in", "Gunnel har inte lämnat in.", True),
        (
            {"decider": Assessor("Vera", 2, True)},
            "decider_jav",
            "Vera har inte svarat om jäv för alla sökande, och",
            True,
        ),
        ({"unread": 2}, "words", "Två besked är inte korrekturlästa.", False),
        ({"begun": 1}, "begun", "En påbörjad registrering är inte klar: registrera eller ta bort den.", False),
        ({"unanswered_offers": 1}, "offers", "En erbjuden har inte svarat.", False),
    ],
)
def test_each_thing_missing_is_said_and_stops(
    change: dict[str, object], key: str, words: str, stops_an_offer: bool
) -> None:
    facts = replace(READY, **change)  # type: ignore[arg-type]
    (line,) = stopping(facts, offer=False)
    assert line.key == key
    assert words in line.missing
    assert bool(list(stopping(facts, offer=True))) is stops_an_offer


def test_the_last_minute_is_as_good_as_a_handing_in() -> None:
    facts = replace(READY, panel=(Assessor("Elof", 0, False),), last_minute_passed=True)
    assert list(stopping(facts, offer=False)) == []


def test_where_nobody_is_hired_or_nobody_assesses_the_panel_stops_nothing() -> None:
    silent = (Assessor("Elof", 3, False),)
    assert list(stopping(replace(READY, hired=0, panel=silent, unjudged=1), offer=False)) == []
    alone = replace(READY, panel=())
    assert list(stopping(alone, offer=False)) == []
    assert any("ingen bedömning att visa efteråt" in line.missing for line in lines_of(alone))


def test_each_line_leads_to_the_very_place(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 3)
    panel = Panel(world, published, sent, set_clock)
    panel.name(world.gunnel, world.elof)
    panel.declare(world.gunnel)
    decide(world, published, sent[:1], HIRED)
    page = world.browser(world.kansli).get(address(published, "beslut")).get_data(as_text=True)
    assert (
        f'href="{address(published)}#s-{sent[1].id}"' in page or f'href="{address(published)}#s-{sent[2].id}"' in page
    )
    assert f'href="{address(published, "besked")}#b-{sent[0].id}"' in page
    assert f'href="{address(published, "bedomare")}"' in page
    for words in ("Elof", "har inte svarat om jäv", "Två sökande saknar utfall.", "Ett besked är inte korrekturläst."):
        assert words in page
    assert "längst till och med 31 december 2030" in page


def test_a_panel_that_has_not_handed_in_stops_the_release_until_the_last_minute(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    panel = Panel(world, published, sent, set_clock)
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    decide(world, published, sent, HIRED)
    proofread(world, published)
    with pytest.raises(Exception, match="har inte lämnat in"):
        release(world, published)
    set_clock("2026-12-17T18:00")
    assert release(world, published) == 1


def test_one_for_whom_all_have_jav_stops_the_release_until_somebody_else_is_named(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    panel = Panel(world, published, sent, set_clock)
    panel.name(world.gunnel)
    panel.declare(world.gunnel, sent[1])
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    with pytest.raises(Exception, match="Alla bedömare har jäv mot en sökande"):
        release(world, published)
    panel.name(world.gunnel, deputies=(world.elof,))
    panel.declare(world.elof)
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    assert release(world, published) == 2


def test_a_text_nobody_has_read_stops_the_release(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    with pytest.raises(Exception, match="Ett besked är inte korrekturläst"):
        release(world, published)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(OutgoingMail)).all() == []


def test_the_page_before_the_button_lists_who_is_told_what(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 3)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    page = world.browser(world.kansli).get(address(published, "beslut/avsluta")).get_data(as_text=True)
    hired, _, rest = page.partition("<h2>Går inte vidare</h2>")
    assert sent[0].name in hired.split("<h2>Anställs</h2>")[1]
    assert all(one.name in rest for one in sent[1:])
    assert sent[0].name not in rest


def test_a_page_that_shows_what_is_no_longer_so_tells_nobody(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    stale = fields_of(browser.get(address(published, "beslut/avsluta")))
    decide(world, published, sent[:1], HIRED)
    proofread(world, published)
    answer = browser.post(address(published, "beslut/avsluta"), data=stale)
    assert answer.status_code == 409
    assert "ingen har fått besked" in answer.get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(OutgoingMail)).all() == []


@pytest.mark.parametrize("seen", ["", "0" * 64, "å" * 9000])
def test_a_press_from_no_page_tells_nobody(world: World, set_clock: Clock, seen: str) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    decide(world, published, sent)
    proofread(world, published)
    browser = world.browser(world.kansli)
    token = fields_of(browser.get(address(published)))["csrf_token"][0]
    answer = browser.post(address(published, "beslut/avsluta"), data={"csrf_token": token, "seen": seen})
    assert answer.status_code in (409, 422)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(OutgoingMail)).all() == []


def test_one_who_withdraws_while_parked_is_told_nothing_and_holds_nobody_up(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    proofread(world, published)
    with world.writing(scope.party(world.party)) as session:
        gone = session.get_one(Application, sent[0].id)
        gone.state, gone.withdrawn_at = "withdrawn", clock.now()
    page = world.browser(world.kansli).get(address(published, "beslut/avsluta")).get_data(as_text=True)
    assert sent[0].name not in page
    assert release(world, published) == 1


def test_who_leads_the_panel_may_let_the_words_go_and_other_assessors_may_not(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    panel = Panel(world, published, sent, set_clock)
    panel.name(world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        panel.declare(person)
        panel.score_all(person)
        panel.order(person, ((sent[0].id,),))
        panel.hand_in(person)
    decide(world, published, sent, HIRED)
    proofread(world, published)
    for person in (world.elof, world.rival_kansli, world.region, world.drift):
        for tail in ("beslut", "beslut/avsluta", "beslut/erbjud"):
            assert world.browser(person).get(address(published, tail)).status_code == 404
    leader = world.browser(world.gunnel)
    page = leader.get(address(published, "beslut")).get_data(as_text=True)
    assert f'href="{address(published)}"' in page, "whoever decides writes the outcomes too"
    assert f'href="{address(published, "besked")}"' in page, "and reads the words"
    assert f'href="{address(published, "bedomare")}"' not in page, "what the leader cannot open is no link"
    assert submit(leader, address(published, "beslut/avsluta"), button="Avsluta rekryteringen").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        actors = session.scalars(select(AuditLine.actor).where(AuditLine.verb == "outcome.released")).all()
        assert actors == [f"person:{world.gunnel}"]


def test_one_with_jav_sees_how_many_but_not_who(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent)
    proofread(world, published)
    declare(world, published, conflicted=sent[0], clear=sent[1])
    page = world.browser(world.kansli).get(address(published, "beslut/avsluta")).get_data(as_text=True)
    assert sent[0].name not in page
    assert str(sent[0].id) not in page
    assert "Dessutom en sökande som du inte ser" in page


def test_the_end_date_of_a_decision_that_comes_too_late_is_said(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1, employer="party", latest_end=date(2031, 6, 30))
    decide(world, published, sent, HIRED)
    page = world.browser(world.kansli).get(address(published, "beslut")).get_data(as_text=True)
    assert "Registrera anställningen med ett slutdatum som håller." in page
    assert f'href="{address(published, "anstall")}"' in page


@pytest.mark.counts
def test_the_pages_ask_as_much_for_thirty_as_for_one(world: World, set_clock: Clock) -> None:
    counts = []
    for n in (1, 30):
        set_clock("2026-11-23T10:00")
        published, sent = closed_recruitment(world, set_clock, n)
        decide(world, published, sent)
        browser = world.browser(world.kansli)
        for tail in ("beslut", "beslut/avsluta"):
            browser.get(address(published, tail))
            with statements(world.app) as asked:
                assert browser.get(address(published, tail)).status_code == 200
            counts.append(asked.count)
    assert counts == [13, 16, 13, 16]
