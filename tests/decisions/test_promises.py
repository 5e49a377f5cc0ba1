"""The office is mailed three days before a promised day, and the day after it, while somebody waits; once each."""

from datetime import date

from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from tests.applicants import send_applications
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.privacy.candidates import Clock
from tests.stage import add_person
from tests.world import World, publish_ad

PROMISED = date(2027, 1, 15)


def reminders(world: World) -> list[Letter]:
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(
            select(OutgoingMail).where(OutgoingMail.once.startswith("promise:")).order_by(OutgoingMail.created_at)
        )
        return [open_letter(session, row) for row in rows if row.sealed is not None]


def at(world: World, set_clock: Clock, *times: str) -> int:
    """How many reminders there are in all, after the rounds of these times."""
    for time in times:
        set_clock(time)
        run_rounds(world.app)
    return len(reminders(world))


def test_three_days_before_and_the_day_after_each_of_the_office_gets_one_mail_without_names(
    world: World, set_clock: Clock
) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    add_person(world, "ulla", "kansli", party=world.party)
    shut, _membership = add_person(world, "olle", "kansli", party=world.party)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Person, shut).disabled_at = clock.now()
    assert at(world, set_clock, "2027-01-11T09:00") == 0
    assert at(world, set_clock, "2027-01-12T06:59") == 0, "nobody is reminded at night"
    assert at(world, set_clock, "2027-01-12T07:01", "2027-01-12T08:01", "2027-01-13T09:00", "2027-01-15T23:00") == 2
    assert at(world, set_clock, "2027-01-16T08:00", "2027-01-17T08:00", "2027-02-17T08:00") == 4
    near, passed = reminders(world)[0], reminders(world)[-1]
    assert near.subject == "Beslut väntas fredag 15 januari 2027"
    assert passed.subject == "Ett beslut som väntades har inte kommit"
    for mail in (near, passed):
        assert (
            "I en annons står att beslut väntas fredag 15 januari 2027." in mail.body
        )  # nobody has said when word comes
        assert "/beslut/avsluta" in mail.body or "/arbete/rekryteringar/" in mail.body
        assert not any(word in mail.subject + mail.body for word in (one.name, one.email, "Politisk", "parti"))


def test_a_day_on_which_the_worker_rested_is_made_good(world: World, set_clock: Clock) -> None:
    closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    assert at(world, set_clock, "2027-01-14T09:00") == 1
    assert at(world, set_clock, "2027-01-20T09:00") == 2


def test_nothing_is_said_where_everybody_has_their_word_or_nobody_applied(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party", expected_decision=PROMISED)
    publish_ad(world, deadline=date(2026, 12, 11), expected_decision=PROMISED)
    decide(world, ad, sent)
    proofread(world, ad)
    assert release(world, ad) == 2
    assert at(world, set_clock, "2027-01-14T09:00", "2027-01-20T09:00") == 0


def test_whoever_has_applied_to_it_learns_nothing_and_no_rival_does(world: World, set_clock: Clock) -> None:
    ad, _sent = closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    _person, other = add_person(world, "ulla", "kansli", party=world.party)
    assert at(world, set_clock, "2027-01-14T09:00") == 1
    assert reminders(world)[0].to.startswith("ulla")
    assert other


def test_who_comes_to_the_office_later_is_not_mailed_of_what_was_promised_before(
    world: World, set_clock: Clock
) -> None:
    closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    assert at(world, set_clock, "2027-01-13T09:00") == 1
    add_person(world, "ulla", "kansli", party=world.party)
    assert at(world, set_clock, "2027-01-13T10:00") == 2, "there is still time"
    assert at(world, set_clock, "2027-01-16T09:00") == 4
    set_clock("2029-01-15T08:00")
    add_person(world, "olle", "kansli", party=world.party)
    assert at(world, set_clock, "2029-01-16T09:00", "2029-01-17T09:00") == 4
