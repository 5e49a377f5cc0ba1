"""What a receipt says of changing is so as the ad is now, not as it was when the application came."""

from collections.abc import Callable
from datetime import date, datetime

from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.ads.services.publishing import extend_ad, withdraw_ad
from portal.applications.models import Application
from portal.applications.services.addressing import change_address, prepare_address
from portal.audit.services import person_actor
from portal.jobs.tasks import run_rounds
from tests.applications.paper import applications_in, apply, letters
from tests.applications.test_private import question_link
from tests.applications.test_said_of_what_can_be_done import CHANGE
from tests.door import submit_inside
from tests.intake.registering import add_cv, begin, finish
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def taken_back(world: World, ad: Published) -> None:
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())


def test_an_address_put_right_when_the_ad_is_gone_gets_a_receipt_that_promises_no_change(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    apply(client, ad)
    set_clock("2026-12-10T10:00")
    taken_back(world, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        row, version = (
            session.get_one(Application, applications_in(world, ad)[0].id),
            current_version_of(session, ad.id),
        )
        assert version is not None
        prepared = prepare_address(session, row, "alma@example.com")
        change_address(
            session, application=row, prepared=prepared, email="alma@example.com", ad=version,
            actor=person_actor(world.kansli), at=set_clock("2026-12-11T10:00"),
        )  # fmt: skip
    receipt = letters(world, "receipt")[-1]
    assert receipt.to == "alma@example.com" and CHANGE not in receipt.body


def test_a_letter_registered_when_the_ad_is_gone_is_told_so_and_promised_no_change(
    world: World, set_clock: Clock
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    set_clock("2026-12-10T10:00")
    taken_back(world, ad)
    set_clock("2026-12-11T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09", email="petra@example.com").location
    add_cv(office, page)
    assert finish(office, page).status_code == 303
    run_rounds(world.app)
    (receipt,), (told,) = letters(world, "receipt"), letters(world, "step:")
    assert CHANGE not in receipt.body
    assert (told.to, told.subject) == ("petra@example.com", "Läget är ett annat")


def test_a_second_that_is_let_count_when_the_ad_is_gone_is_told_so(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 18))
    apply(client, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    set_clock("2026-12-10T10:00")
    taken_back(world, ad)
    run_rounds(world.app)
    assert len(letters(world, "step:")) == 1
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303
    assert CHANGE not in letters(world, "receipt")[-1].body and len(letters(world, "step:")) == 2


def test_a_second_let_count_after_the_last_day_that_it_saw_may_be_changed_until_the_later_one(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    apply(client, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    with world.writing(scope.party(ad.party_id)) as session:
        later = {"deadline": date(2026, 12, 20), "at": clock.now(), "on": clock.today()}
        extend_ad(session, ad_id=ad.id, person_id=world.kansli, **later)  # type: ignore[arg-type]
    set_clock("2026-12-13T10:00")
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303
    assert CHANGE in letters(world, "receipt")[-1].body
