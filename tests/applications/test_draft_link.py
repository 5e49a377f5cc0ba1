"""A draft is mailed its private link once; the address of what was sent can be mended, and the old address learns nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.services.sweeping import sweep
from portal.audit.models import AuditLine
from portal.jobs.models import Event
from portal.links.models import Link, Visit
from portal.mail.models import OutgoingMail
from tests.applications.paper import (
    applications_in,
    apply,
    base,
    letters,
    page_one,
    page_two,
    private_link,
    send,
)
from tests.door import codes, press, show, submit_inside, through, type_code
from tests.forms import fields_of, submit
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
WRONG, RIGHT = {"E-post": "alm@example.se"}, "alma@example.se"


@pytest.fixture
def ad(world: World) -> Published:
    """An open ad of the region's."""
    return publish_ad(world)


def link_in(body: str) -> str:
    """The path of the link in a mail."""
    return body.split("http://localhost", 1)[1].split()[0]


def mend(client: FlaskClient, ad: Published, address: str) -> int:
    """Write another address on the receipt: the answer's status."""
    return submit(client, f"{base(ad)}/kvitto/adress", {"E-post": address}, "Ändra adressen").status_code


def discard(browser: FlaskClient, ad: Published) -> None:
    """Delete the draft."""
    token = fields_of(browser.get(f"{base(ad)}/handlingar"))["csrf_token"][0]
    assert browser.post(f"{base(ad)}/ta-bort", data={"csrf_token": token}).status_code == 303


def test_the_first_save_mails_a_neutral_link_once_and_another_browser_goes_on_with_the_draft(
    world: World, client: FlaskClient, ad: Published
) -> None:
    page_one(client, ad)
    page_one(client, ad, Namn="Alma E. Ekdahl")
    page_two(client, ad, button="Fortsätt")
    (mail,) = letters(world, "draft:")
    assert (mail.to, mail.subject) == (RIGHT, "Länk till det du har börjat på")
    assert not [
        word for word in ("Närvårdspartiet", "sekreterare", "ansökan", "Alma") if word in mail.subject + mail.body
    ]
    other = world.browser()
    assert base(ad) not in str(other.get(link_in(mail.body)).data)
    place = press(other, link_in(mail.body))
    assert "alma-cv.pdf" not in other.get(place).get_data(as_text=True)
    type_code(other, place, codes(world)[-1])
    assert other.get(place).headers["Location"] == f"{base(ad)}/handlingar"
    assert "alma-cv.pdf" in other.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert send(other, ad).status_code == 303
    (receipt,) = letters(world, "receipt:")
    assert link_in(mail.body) in receipt.body, "one link from the draft on"
    assert "Mottagen" in other.get(place).get_data(as_text=True)


def test_whoever_comes_by_the_mail_has_the_draft_to_themselves(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    """It may have been begun on a borrowed computer, or by somebody who wrote another's address into the form."""
    page_one(client, ad)
    (mail,) = letters(world, "draft:")
    own, phone = world.browser(), world.browser()
    for browser, at in ((own, "2026-11-23T11:00"), (phone, "2026-11-23T12:00")):
        set_clock(at)
        browser.get(through(world, browser, link_in(mail.body)))
    page_two(own, ad, button="Fortsätt")
    assert client.get(f"{base(ad)}/handlingar").headers["Location"] == base(ad)
    told = client.get(base(ad))
    assert "går vidare i en annan webbläsare" in told.get_data(as_text=True)
    assert "Alma" not in told.get_data(as_text=True)
    assert "går vidare" not in client.get(base(ad)).get_data(as_text=True), "said once"
    assert "alma-cv.pdf" in phone.get(f"{base(ad)}/handlingar").get_data(as_text=True), "both have shown whose it is"
    assert send(own, ad).status_code == 303
    assert client.get(f"{base(ad)}/kvitto").headers["Location"] == base(ad)
    assert client.get(f"{base(ad)}/kvitto/adress").headers["Location"] == base(ad)


def test_an_address_written_anew_has_to_be_shown_anew(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    page_one(client, ad, **WRONG)
    set_clock("2026-11-23T11:00")
    client.get(through(world, client, link_in(letters(world, "draft:")[0].body)))
    set_clock("2026-11-23T12:00")
    page_one(client, ad)
    own = world.browser()
    set_clock("2026-11-23T13:00")
    own.get(through(world, own, link_in(letters(world, "draft:")[0].body)))
    assert own.get(f"{base(ad)}/handlingar").status_code == 200
    assert client.get(f"{base(ad)}/handlingar").headers["Location"] == base(ad)


def test_an_address_mistyped_in_the_draft_gets_nothing_more(world: World, client: FlaskClient, ad: Published) -> None:
    page_one(client, ad, **WRONG)
    (wrong,) = letters(world, "draft:")
    page_one(client, ad)
    (right,) = letters(world, "draft:")
    assert (wrong.to, right.to) == ("alm@example.se", RIGHT)
    assert world.browser().get(link_in(wrong.body)).status_code == 404
    assert world.browser().get(link_in(right.body)).status_code == 200


def test_nobodys_box_is_filled_by_whoever_writes_its_address(world: World, ad: Published) -> None:
    for _ in range(6):
        assert page_one(world.browser(), ad).status_code == 303
    assert len(letters(world, "draft:")) == 5


@pytest.mark.parametrize("how", ["discarded", "swept"])
def test_with_the_draft_its_link_its_mail_and_its_browsers_go(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock, how: str
) -> None:
    page_one(client, ad)
    link = link_in(letters(world, "draft:")[0].body)
    place = through(world, other := world.browser(), link)
    if how == "discarded":
        other.get(place)
        discard(other, ad)
    else:
        set_clock("2026-12-24T10:00")
        with world.app.app_context():
            sweep(clock.now())
    with world.acting(scope.PLATFORM) as session:
        assert [session.scalar(select(func.count(table.id))) for table in (Link, Visit)] == [0, 0]
        assert session.scalar(select(func.count(OutgoingMail.id)).where(OutgoingMail.sealed.is_not(None))) == 0
    assert world.browser().get(link).status_code == 404


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_mistyped_address_is_mended_on_the_receipt(world: World, client: FlaskClient, employer: str) -> None:
    ad = publish_ad(world, employer=employer)
    old = private_link(apply(client, ad, **WRONG))
    assert mend(client, ad, RIGHT) == 303
    receipt = client.get(f"{base(ad)}/kvitto")
    new = private_link(receipt)
    assert f"Ett mejl är på väg till {RIGHT}." in receipt.get_data(as_text=True)
    assert new != old and world.browser().get(old).status_code == 404
    (mail,) = letters(world, "receipt:")
    assert mail.to == RIGHT and new in mail.body
    assert RIGHT in show(world, new).get_data(as_text=True)
    assert [letter.to for letter in letters(world)] == [RIGHT], "what was not sent to the old address is let go of"
    (application,) = applications_in(world, ad)
    assert application.state == "sent"
    with world.acting(scope.party(world.party)) as session:
        verbs = session.scalars(select(AuditLine.verb).where(AuditLine.object_id == application.id)).all()
    assert "application.address_changed" in verbs
    apply(world.browser(), ad, **WRONG)
    assert sorted(row.state for row in applications_in(world, ad)) == ["sent", "sent"], "the old address is free"


def test_mended_to_an_address_with_an_application_it_waits_and_the_page_is_the_same(
    world: World, client: FlaskClient, ad: Published
) -> None:
    apply(world.browser(), ad)
    apply(client, ad, **WRONG)
    assert mend(client, ad, RIGHT) == 303
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent"]
    page = client.get(f"{base(ad)}/kvitto").get_data(as_text=True)
    assert "Ansökan är mottagen" in page and f"Ett mejl är på väg till {RIGHT}." in page
    (question,) = letters(world, "proposal:")
    assert question.to == RIGHT
    with world.acting(scope.PLATFORM) as session:
        assert session.scalar(select(func.count(Event.id)).where(Event.kind == "application.withdrawn")) == 1
    browser = world.browser()
    place = through(world, browser, link_in(question.body))
    assert submit(browser, place, {}, "Byt ut den första").status_code == 303
    assert sorted(row.state for row in applications_in(world, ad)) == ["replaced", "sent"]
    assert len([one for one in letters(world, "receipt:") if one.to == RIGHT]) >= 1


def test_what_waited_for_a_strangers_answer_counts_once_its_address_is_right(
    world: World, client: FlaskClient, ad: Published
) -> None:
    apply(world.browser(), ad, **WRONG)
    apply(client, ad, **WRONG)
    question = link_in(letters(world, "proposal:")[0].body)
    assert mend(client, ad, RIGHT) == 303
    assert [row.state for row in applications_in(world, ad)] == ["sent", "sent"]
    assert world.browser().get(question).status_code == 404, "the stranger's answer is about nothing now"
    assert [one.to for one in letters(world, "receipt:")] == ["alm@example.se", RIGHT]


def test_an_address_is_mended_by_the_browser_that_sent_it_for_a_day_and_while_it_counts(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    link = private_link(apply(client, ad, **WRONG))
    place = f"{base(ad)}/kvitto/adress"
    assert world.browser().get(place).headers["Location"] == base(ad)
    for wrong, said in (("alma", "går inte att skicka till"), ("ALM@example.se", "redan har")):
        answer = submit(client, place, {"E-post": wrong}, "Ändra adressen")
        assert (answer.status_code, said in answer.get_data(as_text=True)) == (422, True)
        assert wrong in answer.get_data(as_text=True)
    statuses = [mend(client, ad, f"alma{number}@example.se") for number in range(6)]
    assert statuses == [303] * 5 + [429]
    link = private_link(client.get(f"{base(ad)}/kvitto"))
    through(world, other := world.browser(), f"{link}/ta-tillbaka")

    submit_inside(world, f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert "Rätta den här" not in client.get(f"{base(ad)}/kvitto").get_data(as_text=True)
    set_clock("2026-11-24T10:00:01")
    assert client.get(place).headers["Location"] == base(ad)
    assert other.get(place).headers["Location"] == base(ad)
