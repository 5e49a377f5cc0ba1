"""What mails say that one can do, or need not do, is so; and who reads the address learns of what was changed."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import address_of
from portal.applications.services.telling import tell_step
from portal.applications.states import Step
from tests.applicants import send_applications
from tests.applications.paper import apply, letters, private_link
from tests.door import own_browser
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
CHANGE = "kan du ändra ansökan till och med sista ansökningsdag"


@pytest.mark.parametrize(("now", "said"), [("2026-12-11T23:00", True), ("2026-12-12T08:00", False)])
def test_a_receipt_promises_changes_only_before_the_last_day_is_over(
    world: World, client: FlaskClient, set_clock: Clock, now: str, said: bool
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock(now)
    page = apply(client, ad).get_data(as_text=True)
    (receipt,) = letters(world, "receipt")
    assert (CHANGE in receipt.body) == ("kan ändra eller ta tillbaka" in page) == said
    assert "svara inte på det här mejlet. Skriv i brevlådan" in receipt.body


def test_what_came_by_post_in_time_and_is_typed_after_it_promises_none(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-10", email="petra@example.com").location
    add_cv(office, page)
    assert finish(office, page).status_code == 303
    (receipt,) = letters(world, "receipt")
    assert CHANGE not in receipt.body


def test_a_changed_telephone_is_told_to_the_address_before_the_last_day_too(world: World, client: FlaskClient) -> None:
    link = private_link(apply(client, publish_ad(world)))
    browser = own_browser(world)
    place, button = f"{link}/andra/uppgifter", "Spara ändringarna"
    for _ in range(2):
        assert submit(browser, place, {"Telefon": "070-174 06 31"}, button).status_code == 303
    (told,) = letters(world, "details")
    assert told.to == "alma@example.se" and "070-174" not in told.body
    answer = submit(browser, f"{link}/andra/handlingar", {"När kan du börja?": "1 mars 2027"}, button)
    assert answer.status_code == 303 and len(letters(world, "details")) == 1


@pytest.mark.parametrize(("step", "asks"), [(Step.INTERVIEW, True), (Step.ASSESSED, False)])
def test_whoever_is_called_is_not_told_that_there_is_nothing_to_do(world: World, step: Step, asks: bool) -> None:
    ad = publish_ad(world)
    (one,) = send_applications(world, ad, 1)
    with world.writing(scope.party(ad.party_id)) as session:
        row = session.get_one(Application, one.id)
        assert address_of(row) == one.email
        tell_step(session, [row], step=step, at=row.changed_at)
    (mail,) = letters(world, "step:")
    assert ("Du behöver inte göra något" in mail.body) != asks
