"""A recruitment that nobody ends keeps what it was sent without a last day: its office is mailed of it each third month,
until the time has begun."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal import scope
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.privacy.clocks import Kept, Wait
from portal.privacy.services import reminding
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import set_hold
from portal.privacy.standing import standing_on
from tests.applicants import send_applications
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.desk.test_start import page as desk_of
from tests.privacy.candidates import agreed
from tests.privacy.test_disposing import DAY, TOLD, about, carried_out, ended, keyed
from tests.stage import add_person
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
ONE, OTHER = uuid4(), uuid4()
STANDS = Kept(
    uuid4(), "Politisk sekreterare", False, 24, "Egen regel", Wait.OPEN, [ONE, OTHER], shut_on=date(2026, 11, 30)
)


@pytest.mark.parametrize(
    ("kept", "on", "day"),
    [
        (STANDS, date(2027, 2, 27), None),
        (STANDS, date(2027, 2, 28), date(2027, 2, 28)),
        (STANDS, date(2027, 5, 29), date(2027, 2, 28)),  # a day on which the worker rested is made good, once
        (STANDS, date(2027, 5, 30), date(2027, 5, 30)),
        (STANDS, date(2031, 12, 1), date(2031, 11, 30)),
        (replace(STANDS, shut_on=None), date(2031, 12, 1), None),
        (replace(STANDS, start=date(2026, 12, 14)), date(2028, 1, 1), None),  # it is counted
        (replace(STANDS, left=[]), date(2028, 1, 1), None),  # everybody has taken it back
        (replace(STANDS, all_held=True), date(2028, 1, 1), None),  # a person keeps them, and says why
        (replace(STANDS, alone=[ONE, OTHER], later={ONE: date(2030, 1, 1), OTHER: date(2030, 1, 1)}), date(2028, 1, 1), None),
    ],
)  # fmt: skip
def test_it_is_told_each_third_month_while_no_time_is_counted(kept: Kept, on: date, day: date | None) -> None:
    assert standing_on(kept, on) == day


def mails(world: World) -> list[Letter]:
    with world.acting(scope.PLATFORM) as session:
        rows = select(OutgoingMail).where(OutgoingMail.once.startswith("standing:"))
        found = session.scalars(rows.order_by(OutgoingMail.created_at))
        return [open_letter(session, row) for row in found if row.sealed is not None]


def at(world: World, set_clock: Clock, *times: str) -> int:
    """How many there are in all, after the rounds of these times."""
    for time in times:
        set_clock(time)
        run_rounds(world.app)
    return len(mails(world))


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_the_office_of_one_that_nobody_ends_is_mailed_without_names_and_never_daily(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer=employer)  # closed 11 December 2026
    add_person(world, "ulla", "kansli", party=world.party)
    assert at(world, set_clock, "2027-03-10T09:30", "2027-03-11T06:59") == 0, "nobody is reminded at night"
    assert at(world, set_clock, "2027-03-11T07:30") == 2, "each of the office"
    assert at(world, set_clock, "2027-03-11T08:30", "2027-03-12T09:30", "2027-06-10T09:30") == 2
    assert at(world, set_clock, "2027-06-11T09:30", "2027-06-12T09:30") == 4
    mail = mails(world)[0]
    assert mail.subject == "En rekrytering är inte avslutad"
    assert "sedan fredag 11 december 2026" in mail.body and "utan slutdag" in mail.body
    assert f"/arbete/rekryteringar/{ad.id}" in mail.body
    assert not any(word in mail.subject + mail.body for word in (one.name, one.email, "Politisk", "parti"))


def test_one_that_is_ended_without_a_day_to_count_from_is_told_of_until_the_day_is_there(
    world: World, set_clock: Clock
) -> None:
    ad, _sent = ended(world, set_clock, "authority")  # the decision's laga kraft is not known
    assert at(world, set_clock, "2027-03-20T09:30") == 1
    mail = mails(world)[0]
    assert mail.subject == "Tiden för ansökningar har inte börjat" and f"/arbete/sparade/{ad.id}" in mail.body
    assert "när anställningsbeslutet fick laga kraft" in mail.body
    with world.writing(scope.party(world.party)) as session:
        set_hold(session, reason="DO har avbrutit preskriptionen.", application_id=None, **about(world, ad))
    assert at(world, set_clock, "2027-06-20T09:30", "2027-09-20T09:30") == 1, "a person keeps it for a reason"


def test_whoever_comes_to_the_office_later_is_told_the_next_time(world: World, set_clock: Clock) -> None:
    closed_recruitment(world, set_clock, 1)
    assert at(world, set_clock, "2027-03-11T09:30") == 1
    set_clock("2027-04-01T09:00")
    add_person(world, "ulla", "kansli", party=world.party)
    assert at(world, set_clock, "2027-04-01T09:30") == 1
    assert at(world, set_clock, "2027-06-11T09:30") == 3


def test_a_party_that_has_filled_its_post_erases_nobody_who_has_had_no_word(world: World, set_clock: Clock) -> None:
    ad, sent = hired(world, set_clock, 3, employer="party")
    agreed(world, ad)
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303  # and nobody gets to the other two
    assert at(world, set_clock, "2027-03-11T09:30", "2027-06-11T09:30") == 2
    assert carried_out(world, set_clock, TOLD) == Gone() == carried_out(world, set_clock, DAY)
    assert keyed(world, sent) == [True, True, True]
    decide(world, ad, sent[1:])
    proofread(world, ad)
    release(world, ad)
    assert carried_out(world, set_clock, "2028-12-16T09:00") == Gone()
    assert carried_out(world, set_clock, "2030-12-03T09:00") == Gone(told=1), "two years after the word"


def test_the_desk_says_what_goes_of_one_that_is_not_ended_too(world: World, set_clock: Clock) -> None:
    """Everybody has had their word, so the time is counted from the post; nobody has pressed the last button."""
    ad, _sent = ended(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Ad, ad.id)
        row.state, row.ended_at = AdState.PUBLISHED, None
    set_clock(TOLD)
    assert "Ansökningar raderas: ångra om de ska sparas längre" in desk_of(world, world.kansli)


def test_one_that_takes_applications_is_none(world: World, set_clock: Clock) -> None:
    send_applications(world, publish_ad(world, deadline=date(2027, 8, 1)), 1)
    assert at(world, set_clock, "2027-07-20T09:30") == 0


def test_one_that_cannot_be_told_of_keeps_none_of_the_others_from_it(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (closed_recruitment(world, set_clock, 1)[0] for _ in range(2))
    real = reminding.post_standing

    def post(session: object, **told: object) -> None:
        if told["ad_id"] == first.id:
            raise OSError
        real(session, **told)

    monkeypatch.setattr(reminding, "post_standing", post)
    with capture_logs() as lines:
        assert at(world, set_clock, "2027-03-11T09:30") == 1
    assert f"/arbete/rekryteringar/{second.id}" in mails(world)[0].body
    assert [line["ad_id"] for line in lines if line["event"] == "not_reminded"] == [str(first.id)]
