"""GDPR art. 15: what the office has noted of a candidate is in their copy too: how it came, why an answer takes longer, and
what they said to an offer."""

from collections.abc import Callable
from datetime import date, datetime

from portal import clock, scope
from portal.applications.consent import VERSION
from portal.db import db, unit_of_work
from portal.decisions.outcomes import Result
from portal.decisions.services.answering import decline
from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment, decide, office, proofread, release
from tests.forms import submit
from tests.intake.registering import PDF, add_cv, begin, finish
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import copy_at, link_of, values_in
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def test_how_an_application_came_that_the_office_registered_and_the_form_that_was_signed(
    world: World, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    samira = world.browser(world.kansli)
    page = begin(samira, ad, "2026-12-09", email="petra@example.com").location
    add_cv(samira, page)
    given = {"consent": "form", "consent_day": "2026-12-13", "wording": VERSION}
    assert submit(samira, page, given, "Spara samtycket", {"form_file": (PDF, "svar.pdf")}).status_code == 303
    assert finish(samira, page).status_code == 303
    link = letters(world)[-1].body.split("http://localhost")[1].split()[0]
    files = copy_at(world, link)
    said = values_in(files["uppgifter.json"])["application"]
    assert (said["came"], said["came_on"]) == ("Med post", "2026-12-09")
    assert (said["consented_how"], said["consented_on"]) == ("På en blankett som du skrev under", "2026-12-13")
    assert [files[name] for name in files if name.endswith("svar.pdf")] == [PDF]
    assert "Med post" in files["läs mig.html"].decode()


def test_what_came_by_the_portal_says_nothing_of_another_way(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    said = values_in(copy_at(world, link_of(world, one))["uppgifter.json"])["application"]
    assert not {"came", "came_on", "consented_how", "consented_on"} & set(said)


def test_why_an_answer_to_a_request_takes_longer(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    ask_and_extend(world, ad, one)
    (said,) = values_in(copy_at(world, link_of(world, one))["uppgifter.json"])["requests"]
    assert said["extension"] == "Det är många." and said["extended"].startswith("2026-12-14")


def test_what_was_said_to_an_offer(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2)
    decide(world, ad, sent[:1], Result.HIRED)
    decide(world, ad, sent[1:])
    proofread(world, ad)
    release(world, ad, offer=True)
    with world.app.test_request_context():
        scope.act_for(db.session, scope.party(ad.party_id))
        with unit_of_work() as session:
            about = {"ad_id": ad.id, "application_id": sent[0].id, "actor": office(world), "at": clock.now()}
            assert decline(session, reason="Fick en annan tjänst.", **about)
    said = values_in(copy_at(world, link_of(world, sent[0]))["uppgifter.json"])["assessment"]
    assert said["answer"] == "Fick en annan tjänst." and {"offered", "declined"} <= set(said) and "accepted" not in said
