"""The desk: what waits is there, for whoever may know of it, until it is done."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal import clock, scope
from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.services.publishing import withdraw_ad
from portal.contracts.models import Employment
from portal.review import services
from portal.review.models import ReviewCase
from tests.applicants import send_applications
from tests.contracts.acts.changing import OFF, employ
from tests.contracts.acts.test_called_off import change
from tests.contracts.hiring import fill, hired
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, closed_recruitment, decide, proofread, release
from tests.desk.test_start import case_of, page
from tests.membership import add_person
from tests.review.panel import panel_of
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
RECORD = "Registrera anställningen"
UNSAID = "Skriv från vilken dag ansökningarnas tid räknas"


def test_who_is_hired_and_told_is_still_to_be_recorded(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2)
    decide(world, published, sent[1:], NOT_FURTHER)
    assert RECORD in page(world, world.kansli)
    proofread(world, published)
    assert release(world, published) == 2
    assert RECORD in page(world, world.kansli), "nobody is reminded of the employment once everybody is told"


def test_one_candidate_who_was_offered_the_post_does_not_end_the_recruitment(world: World, set_clock: Clock) -> None:
    published, _sent = hired(world, set_clock, 1)
    assert "Avsluta rekryteringen" in page(world, world.kansli)
    proofread(world, published)
    assert release(world, published, offer=True) == 1
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "published"
    shown = page(world, world.kansli)
    assert RECORD in shown
    assert "Avsluta rekryteringen" in shown


def test_another_is_to_be_recorded_when_the_first_was_called_off(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2)
    office = world.browser(world.kansli)
    id = UUID(fill(office, published, sent[0]).headers["Location"].rsplit("/", 1)[1])
    change(world, id, OFF, decided="2026-12-14")
    decide(world, published, sent[:1], NOT_FURTHER)
    decide(world, published, sent[1:], HIRED)
    assert RECORD in page(world, world.kansli)


def test_who_waits_for_their_own_word_is_not_told_by_the_desk_that_another_is_employed(
    world: World, set_clock: Clock
) -> None:
    published = publish_ad(world, deadline=date(2026, 12, 11))
    send_applications(world, published, 2)
    send_applications(world, published, 1, start=5, emails=("kansli@example.se",))
    set_clock("2026-12-14T09:00")
    employ(world, ad_id=published.id, decided=date(2026, 12, 14), starts=date(2027, 2, 1), ends=date(2030, 12, 31))
    with world.writing(scope.party(world.party)) as session:
        session.scalars(select(Employment)).one().title = "Politisk sekreterare på heltid"
    assert world.browser(world.kansli).get(case_of(published)).status_code == 404
    assert "Politisk sekreterare på heltid" not in page(world, world.kansli)


def test_the_clock_of_an_ended_recruitment_is_asked_for(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent, NOT_FURTHER)
    proofread(world, published)
    assert release(world, published) == 2
    office = world.browser(world.kansli)
    listed = office.get("/arbete/sparade").get_data(as_text=True)
    assert "dagen som den räknas från behöver skrivas in" in listed
    assert UNSAID in page(world, world.kansli)


def test_what_came_late_after_the_handing_in_waits_for_the_assessor(world: World, set_clock: Clock) -> None:
    made = panel_of(world, set_clock, world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        made.declare(person)
        made.score_all(person)
        made.hand_in(person)
    assert "Svara om jäv" not in page(world, world.gunnel)
    set_clock("2026-12-14T15:00")
    send_applications(world, made.ad, 1, start=9, late=True)
    listed = page(world, world.gunnel, f"{case_of(made.ad)}/jav")
    assert "Nils Forsvik" in listed, "the page of jäv asks about whoever came late"
    assert "Svara om jäv för en sökande" in page(world, world.gunnel)


def test_whoever_has_fallen_leaves_nothing_to_judge(world: World, set_clock: Clock) -> None:
    made = panel_of(world, set_clock, world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        made.declare(person)
    made.drop(world.gunnel, made.sent[0])
    for one in made.sent[1:]:
        for n, step in ((0, 2), (1, 2), (3, 2)):
            made.step(world.elof, one, n, step)
        with made.as_person(world.elof) as (session, case):
            for n in (2, 4):
                services.save_presence(
                    session,
                    case=case,
                    application_id=one.id,
                    criterion_id=made.ad.criteria[n],
                    present="ja",
                    at=clock.now(),
                )
    panel = page(world, world.kansli, f"{case_of(made.ad)}/bedomare")
    assert "10 av 10" in panel, "the panel's page counts nothing of whoever has fallen"
    shown = page(world, world.elof)
    assert "Ordna och lämna in din bedömning" in shown


def test_nobody_is_asked_to_judge_what_is_not_masked(world: World, set_clock: Clock) -> None:
    made = panel_of(world, set_clock, world.gunnel, world.elof)
    with world.writing(scope.party(world.party)) as session:
        session.execute(update(ReviewCase).values(blind=True))
    made.declare(world.gunnel)
    assert "maskera" in page(world, world.gunnel, f"{made.url}/bedom").lower(), "nothing to judge yet"
    assert "Bedöm tre ansökningar" not in page(world, world.gunnel)


def test_nothing_of_an_ended_recruitment_waits_for_one_of_the_office_who_applied_to_it(
    world: World, set_clock: Clock
) -> None:
    colleague, _ = add_person(world, "sigge", "kansli", party=world.party)
    published = publish_ad(world, deadline=date(2026, 12, 11))
    sent = send_applications(world, published, 2)
    with world.acting(scope.PLATFORM) as session:
        email = session.get_one(Person, colleague).email
    own = send_applications(world, published, 1, start=5, emails=(email,))
    set_clock("2026-12-14T09:00")
    decide(world, published, sent[:1], HIRED)
    decide(world, published, [*sent[1:], *own], NOT_FURTHER)
    proofread(world, published)
    assert release(world, published) == 3
    for person, told in ((world.kansli, True), (colleague, False)):
        shown = page(world, person)
        assert (RECORD in shown) is told
        assert (UNSAID in shown) is told


def test_of_an_ad_that_was_taken_back_too_the_employment_is_to_be_recorded(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=published.id, person_id=world.kansli, at=clock.now())
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:], NOT_FURTHER)
    assert page(world, world.kansli).count(RECORD) == 1
    proofread(world, published)
    assert release(world, published) == 2
    assert page(world, world.kansli).count(RECORD) == 1


@pytest.mark.counts
def test_the_desk_asks_as_much_for_many_ended_recruitments_as_for_one(world: World, set_clock: Clock) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            set_clock("2026-11-23T10:00")
            published, sent = closed_recruitment(world, set_clock, 2)
            decide(world, published, sent, NOT_FURTHER)
            proofread(world, published)
            release(world, published)
        browser = world.browser(world.kansli)
        browser.get("/arbete")
        with statements(world.app) as asked:
            browser.get("/arbete")
        counts.append(asked.count)
    assert counts == [19, 19]
