"""What came by post in time is registered although the ad has been taken back since; and nobody gets their word meanwhile."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal import clock, scope
from portal.ads.services.publishing import end_ad, withdraw_ad
from portal.applications.services.withdrawing import withdraw_application
from portal.intake.queries import begun_in
from tests.decisions.recruiting import NOT_FURTHER, address, closed_recruitment, decide, proofread, release
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
BEGUN = "En påbörjad registrering är inte klar: registrera eller ta bort den."
OVER = "Rekryteringen är avgjord, så ansökan går inte att registrera här."


@pytest.mark.parametrize("first", [False, True])
def test_what_came_before_the_ad_was_taken_back_is_registered(world: World, set_clock: Clock, first: bool) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    set_clock("2026-12-10T10:00")
    page = begin(world.browser(world.kansli), ad, "2026-12-09").location if first else ""
    set_clock("2026-12-14T10:00")
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    set_clock("2026-12-15T10:00")
    office = world.browser(world.kansli)
    page = page or begin(office, ad, "2026-12-09").location
    assert page and add_cv(office, page).status_code == 303
    assert finish(office, page).status_code == 303
    ((_row, application),) = intakes(world, world.party)
    assert application is not None and (application.state, application.arrival_number) == ("sent", 1)


def test_what_came_after_it_was_taken_back_is_told_in_the_offices_words(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    set_clock("2026-12-14T10:00")
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    set_clock("2026-12-15T10:00")
    answer = begin(world.browser(world.kansli), ad, "2026-12-15")
    assert answer.status_code == 422
    assert "Annonsen var tillbakadragen när ansökan kom" in answer.get_data(as_text=True)


def test_nobody_gets_their_word_while_a_registration_is_begun(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1)
    office = world.browser(world.kansli)
    assert begin(office, ad, "2026-12-11").status_code == 303
    decide(world, ad, sent, NOT_FURTHER)
    proofread(world, ad)
    page = office.get(address(ad, "beslut")).get_data(as_text=True)
    assert BEGUN in page


def test_once_all_is_over_the_office_reads_what_to_do_instead(world: World, set_clock: Clock) -> None:
    ad, _sent = closed_recruitment(world, set_clock, 1)
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-11").location
    assert add_cv(office, page).status_code == 303
    with world.writing(scope.party(ad.party_id)) as session:
        end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
        assert len(begun_in(session, ad.id)) == 1
    answer = finish(office, page)
    assert answer.status_code == 422 and OVER in answer.get_data(as_text=True)
    assert "söka tjänsten" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("left", [False, True])
def test_of_an_ad_that_was_taken_back_none_is_taken_in_once_everybody_has_their_word(
    world: World, set_clock: Clock, left: bool
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    decide(world, ad, sent, NOT_FURTHER)
    proofread(world, ad)
    assert release(world, ad) == 1
    if left:
        with world.writing(scope.candidate(sent[0].id)) as session:
            withdraw_application(session, application_id=sent[0].id, at=clock.now())
    set_clock("2027-02-01T09:00")
    answer = begin(world.browser(world.kansli), ad, "2026-12-11")
    assert answer.status_code == 422 and OVER in answer.get_data(as_text=True)
    assert intakes(world, world.party) == []
