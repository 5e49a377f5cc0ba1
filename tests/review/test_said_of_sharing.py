"""What is said of who sees what, and when, on the receipt, beside a note and in the mails: the rule's own words."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal import clock, scope
from portal.jobs.services import announce
from portal.review.phases import Phase
from portal.review.services import enter
from portal.review.visibility import USUAL, Sharing
from tests.accounts.people import letters
from tests.applicants import send_applications
from tests.review.blind import make_blind
from tests.review.meetings import JSON, page_of, write_note
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.review.test_notes import send
from tests.review.test_sharing import choose
from tests.stage import add_person
from tests.world import World

Clock = Callable[[str], datetime]
STANDS = ", så anteckningen står fast."


def one_handed_in(panel: Panel) -> Panel:
    """Gunnel has handed in, Elof has not."""
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        write_note(panel, person, panel.sent[0], 0, "Tre tydliga exempel.")
    panel.hand_in(panel.world.gunnel)
    return panel


@pytest.mark.parametrize(
    ("sharing", "scores", "notes"),
    [
        (USUAL, "satt när både du och hen har lämnat in.", "Anteckningarna ser du när alla har lämnat in, eller"),
        (Sharing(True, True), "satt när alla har lämnat in, eller när sista minuten har gått, torsdag 17", ""),
    ],
)
def test_the_receipt_says_when_the_others_are_seen_as_the_switches_have_it(
    panel: Panel, sharing: Sharing, scores: str, notes: str
) -> None:
    choose(panel, sharing)
    page = page_of(one_handed_in(panel), panel.world.gunnel, "lamna-in").replace("\xa0", " ")
    assert f"Du ser vad en annan bedömare har {scores}" in page and notes in page
    assert ("Anteckningarna ser du" in page) is bool(notes)
    assert "Öppnas när alla har lämnat in, senast torsdag 17 december" in page


def test_after_the_last_minute_the_receipt_says_that_the_joint_view_is_open(panel: Panel) -> None:
    one_handed_in(panel).set_clock(AFTER_LAST_MINUTE)
    page = page_of(panel, panel.world.gunnel, "lamna-in")
    assert "Sista minuten har gått. Den gemensamma bilden är öppen." in page
    assert "Öppnas när" not in page and "<dd>Öppen</dd>" in page
    assert f'btn-primary" href="{panel.url}/gemensam"' in page


@pytest.mark.parametrize(
    ("sharing", "said"),
    [
        (USUAL, "En annan bedömare ser den när alla har lämnat in, eller när sista minuten har gått och"),
        (Sharing(False, False), "En annan bedömare ser den när både du och hen har lämnat in, också på mötet."),
    ],
)
def test_beside_a_note_is_said_when_others_see_it(panel: Panel, sharing: Sharing, said: str) -> None:
    choose(panel, sharing)
    panel.declare(panel.world.elof)
    url = panel.score_url(panel.sent[0])
    assert said in panel.world.browser(panel.world.elof).get(url).get_data(as_text=True)


def test_a_note_that_stands_says_why(panel: Panel) -> None:
    world, url = one_handed_in(panel).world, panel.score_url(panel.sent[0])
    assert f"Du har lämnat in{STANDS}" in world.browser(world.gunnel).get(url).get_data(as_text=True)
    assert STANDS not in world.browser(world.elof).get(url).get_data(as_text=True)
    panel.set_clock(AFTER_LAST_MINUTE)
    late = world.browser(world.elof).get(url).get_data(as_text=True)
    assert f"Sista minuten har gått{STANDS}" in late and "Du har lämnat in" not in late


def test_a_note_that_stands_when_it_is_decided_says_so_on_the_page_and_when_it_is_refused(panel: Panel) -> None:
    world, url = one_handed_in(panel).world, panel.score_url(panel.sent[0])
    with panel.as_person(world.kansli) as (session, case):
        enter(session, case=case, to=Phase.DECISION, by=world.kansli, at=clock.now())
    assert f"Rekryteringen är i fasen Beslut{STANDS}" in world.browser(world.elof).get(url).get_data(as_text=True)
    refused = send(panel, world.elof, url, "Annat.", JSON)
    assert refused.status_code == 409 and refused.json["fault"].startswith("Rekryteringen är i fasen Beslut, så")


@pytest.mark.parametrize("blind", [True, False])
def test_the_mail_of_a_late_one_says_what_is_asked(world: World, set_clock: Clock, blind: bool) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    if blind:
        make_blind(panel)
    panel.declare(world.gunnel)
    with panel.as_person(world.gunnel) as (_session, case):
        assert case.member is not None
        case.member.handed_in_at = clock.now()
    set_clock("2026-12-15T10:00")
    (late,) = send_applications(world, panel.ad, 1, start=7, late=True)
    with world.writing(scope.party(world.party)) as session:
        announce(session, "application.sent", subject_id=late.id, at=clock.now())
    (mail,) = [one for one in letters(world) if one.subject == "En ansökan till att bedöma"]
    assert ("Du frågas bara om den som är ny" in mail.body) is not blind
    assert ("så alla svarar om hela listan på nytt: känner du någon av de sökande?" in mail.body) is blind


@pytest.mark.parametrize("blind", [True, False])
def test_the_mail_to_a_deputy_says_what_is_asked(world: World, set_clock: Clock, blind: bool) -> None:
    panel = panel_of(world, set_clock)
    deputy, _ = add_person(world, "disa", "ledamot", party=world.party)
    if blind:
        make_blind(panel)
    panel.name(world.gunnel, world.elof, deputies=(deputy,))
    panel.declare(world.gunnel, panel.sent[0])
    (mail,) = [one for one in letters(world) if one.to == "disa@example.se" and "ersättare" in one.subject]
    assert ("känner den sökande." in mail.body) is not blind
    assert ("känner någon av de sökande: bedömningen är blind, så alla svarar om hela listan." in mail.body) is blind
