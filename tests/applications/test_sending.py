"""What arrives, as what, and how often: deadline to the second, double clicks, lost answers, mail that is down."""

import re
import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Answer, Application
from portal.audit.models import AuditLine
from portal.audit.services import SYSTEM, record
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.register.services import take_arrival_number
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
from tests.counting import statements
from tests.door import show
from tests.forms import fields_of, submit
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def ready(client: FlaskClient, ad: Published) -> None:
    """A draft with everything in it."""
    page_one(client, ad)
    page_two(client, ad)


@pytest.mark.parametrize(
    ("employer", "sent_at", "state"),
    [
        ("authority", "2026-12-11T23:59:59", "sent"),
        ("authority", "2026-12-12T00:14:58", "sent"),
        ("authority", "2026-12-12T00:15:00", "late"),
        ("authority", "2027-01-05T10:00:00", "late"),
        ("party", "2026-12-11T23:59:59", "sent"),
        ("party", "2026-12-12T00:14:58", "sent"),
        ("party", "2026-12-12T00:15:00", None),
    ],
)
def test_the_last_day_ends_at_midnight_with_fifteen_minutes_for_a_form_opened_before(
    world: World, client: FlaskClient, set_clock: Clock, employer: str, sent_at: str, state: str | None
) -> None:
    ad = publish_ad(world, employer=employer)
    set_clock("2026-12-11T22:00")
    ready(client, ad)
    token = fields_of(client.get(f"{base(ad)}/kontrollera"))["csrf_token"][0]
    set_clock(sent_at)
    answer = client.post(f"{base(ad)}/kontrollera", data={"csrf_token": token})
    if state is None:
        assert answer.status_code == 422
        assert "Det du skrev finns kvar" in answer.get_data(as_text=True)
        assert applications_in(world, ad) == []
    else:
        assert answer.status_code == 303
        assert [row.state for row in applications_in(world, ad)] == [state]


def test_a_party_shows_its_rule_and_no_form_after_the_last_day_and_loses_nothing(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    ready(client, ad)
    set_clock("2026-12-12T00:15:01")
    for place in ("", "/handlingar", "/kontrollera"):
        page = client.get(base(ad) + place).get_data(as_text=True)
        assert "Ansökningstiden har gått ut" in page
        assert "<form" not in page
    assert "<form" not in world.browser().get(base(ad)).get_data(as_text=True)
    set_clock("2026-12-11T10:00")
    assert send(client, ad).status_code == 303


def test_an_authority_says_before_and_after_that_it_is_late_and_takes_it_until_the_outcome(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    set_clock("2026-12-14T09:00")
    assert "Sen ansökan" in client.get(base(ad)).get_data(as_text=True)
    receipt = apply(client, ad)
    assert "Sen ansökan" in receipt.get_data(as_text=True)
    assert "Sen ansökan" in show(world, private_link(receipt)).get_data(as_text=True)
    late = world.browser()
    ready_for_it = page_one(late, ad, **{"E-post": "bo@example.se"})
    assert ready_for_it.status_code == 303
    _change(world, ad, ended=True)
    assert "Rekryteringen är avgjord" in late.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert "Avgjord" in show(world, private_link(receipt)).get_data(as_text=True)


def test_a_withdrawn_ad_takes_nothing_and_the_draft_is_kept(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    ready(client, ad)
    token = fields_of(client.get(f"{base(ad)}/kontrollera"))["csrf_token"][0]
    _change(world, ad, withdrawn=True)
    answer = client.post(f"{base(ad)}/kontrollera", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "tillbakadragen" in answer.get_data(as_text=True)
    assert "<form" not in world.browser().get(base(ad)).get_data(as_text=True)
    _change(world, ad, withdrawn=False)
    assert send(client, ad).status_code == 303


def test_a_question_that_vanished_from_a_new_version_stops_nothing(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    kept, gone = ad.criteria[0].hex, ad.criteria[1].hex
    old = client.get(f"{base(ad)}/handlingar")
    _new_version(world, ad, without=str(ad.criteria[1]))
    data = {**{k: v[0] for k, v in fields_of(old).items()}, f"answer_{gone}": "borta", f"answer_{kept}": "kvar"}
    assert client.post(f"{base(ad)}/handlingar", data=data).status_code == 303
    page_two(client, ad)
    assert send(client, ad).status_code == 303
    (application,) = applications_in(world, ad)
    with world.acting(scope.party(world.party)) as session:
        assert list(session.scalars(select(Answer.criterion_id))) == [ad.criteria[0]]
        seen = session.get_one(PublishedAd, application.published_ad_id)
        assert seen.version == 2


def test_the_same_button_twenty_times_at_once_gives_one_application_and_one_mail(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    ready(client, ad)
    token = fields_of(client.get(f"{base(ad)}/kontrollera"))["csrf_token"][0]
    header = "; ".join(f"{c.key}={c.value}" for c in client._cookies.values())
    answers: list[tuple[int, str]] = []

    def press() -> None:
        browser = world.app.test_client(use_cookies=False)
        answer = browser.post(f"{base(ad)}/kontrollera", data={"csrf_token": token}, headers={"Cookie": header})
        answers.append((answer.status_code, answer.headers.get("Location", "")))

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {(303, f"{base(ad)}/kvitto")}
    assert len(answers) == 20
    assert [row.arrival_number for row in applications_in(world, ad)] == [1]
    assert len(letters(world, "receipt")) == 1
    with world.acting(scope.PLATFORM) as session:
        assert session.scalar(select(func.count(Event.id)).where(Event.kind == "application.sent")) == 1
        assert session.scalar(select(func.count(AuditLine.id)).where(AuditLine.verb == "application.sent")) == 1


def test_after_a_lost_answer_the_same_receipt_comes_again(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    first = apply(client, ad)
    for place in ("", "/handlingar", "/kontrollera"):
        assert client.get(base(ad) + place).headers["Location"] == f"{base(ad)}/kvitto"
    token = fields_of(first)["csrf_token"][0]
    assert client.post(f"{base(ad)}/kontrollera", data={"csrf_token": token}).status_code == 303
    again = client.get(f"{base(ad)}/kvitto")
    assert private_link(again) == private_link(first)
    assert len(applications_in(world, ad)) == 1


def test_the_receipt_is_forgotten_on_demand_and_after_a_day(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    receipt = apply(client, ad)
    set_clock("2026-11-24T10:30")
    assert client.get(f"{base(ad)}/kvitto").headers["Location"] == base(ad)
    assert show(world, private_link(receipt)).status_code == 200
    other = world.browser()
    apply(other, ad, **{"E-post": "bo@example.se"})
    done = submit(other, f"{base(ad)}/kvitto", {}, "Glöm på den här datorn", follow_redirects=True)
    assert "Glömt" in done.get_data(as_text=True)
    assert other.get(f"{base(ad)}/kvitto").headers["Location"] == base(ad)


def test_with_the_mail_server_down_the_sending_succeeds_and_the_receipt_waits(
    world: World, client: FlaskClient
) -> None:
    class Down:
        def send(self, message: object) -> None:
            raise ConnectionRefusedError

    ad = publish_ad(world)
    world.app.extensions["mail_sender"] = Down()
    apply(client, ad)
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        draft, receipt = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.once))
        assert (draft.sent_at, draft.last_fault) == (None, "ConnectionRefusedError")
        assert draft.due_at > draft.created_at
        assert receipt.once.startswith("receipt") and receipt.sent_at is None and receipt.sealed is not None


def test_two_drafts_of_one_address_sent_at_once_give_one_application_and_one_proposal(
    world: World, client: FlaskClient
) -> None:
    ad, other = publish_ad(world), world.browser()
    ready(client, ad)
    ready(other, ad)
    threads = [threading.Thread(target=send, args=(browser, ad)) for browser in (client, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent"]
    assert len(letters(world, "receipt")) == len(letters(world, "proposal")) == 1


def _change(world: World, ad: Published, **values: bool) -> None:
    with world.writing(scope.PLATFORM) as session:
        row = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == ad.id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def _new_version(world: World, ad: Published, *, without: str) -> None:
    with world.writing(scope.PLATFORM) as session:
        old = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == ad.id)).one()
        asked = [row for row in old.content["requirements"] if row["id"] != without]
        old.superseded_at = clock.now()
        session.add(
            PublishedAd(
                reference=old.reference, version=2, ad_id=old.ad_id, party_id=old.party_id,
                authority_id=old.authority_id, employer=old.employer, published_at=clock.now(),
                closes_at=old.closes_at, content={**old.content, "requirements": asked},
            )
        )  # fmt: skip


def test_drafts_and_applications_do_not_lie_open_in_the_database(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(Application)).one()
        kept = [value for value in vars(row).values() if isinstance(value, bytes | str)]
    assert all(b"Alma" not in (v if isinstance(v, bytes) else v.encode()) for v in kept)
    assert all(b"alma@" not in (v if isinstance(v, bytes) else v.encode()) for v in kept)


@pytest.mark.counts
def test_a_sending_asks_so_much_of_the_database_and_holds_the_writers_turn_no_longer(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world, employer="authority")
    with world.writing(
        scope.authority(world.authority)
    ) as session:  # neither the first of its authority nor of its party
        take_arrival_number(session, world.authority)
        record(session, chain=world.party, at=clock.now(), actor=SYSTEM, verb="x")
    ready(client, ad)
    token = fields_of(client.get(f"{base(ad)}/kontrollera"))["csrf_token"][0]
    with statements(world.app) as asked:
        assert client.post(f"{base(ad)}/kontrollera", data={"csrf_token": token}).status_code == 303
    assert asked.count == 26
    shown = [re.findall(r"UPDATE (\w+) SET with_authority", one) for one in asked]
    assert [*filter(None, shown)] == [["document"], ["page_picture"], ["answer"]], (
        "whoever draws pages holds the document"
    )
    first = next(n for n, one in enumerate(asked) if "UPDATE arrival_counter" in one)
    held = {re.findall(r"(?:FROM|INTO|UPDATE) (\w+)", one)[0] for one in asked[first:]}  # while others wait
    assert held == {"arrival_counter", "register_entry", "application", "audit_head", "audit_line"}
