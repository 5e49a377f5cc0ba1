"""A request that nobody in the office may answer is told of without a word of whose it is: a colleague is to be invited."""

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.jobs.tasks import run_rounds
from portal.organisations.models import Membership
from portal.review.deciding.models import DecidingAnswer
from tests.applicants import Sent
from tests.applications.paper import letters
from tests.desk.test_start import page
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.privacy.test_merits import ASK, SAVE, SEND
from tests.stage import add_person
from tests.world import World

LIST, INVITE = "/arbete/begaran", "Bjud in en kollega till kansliet"


def stands_aside(world: World, one: Sent) -> None:
    """Whoever is alone in the office has jäv for the candidate."""
    with world.writing(scope.party(world.party)) as session:
        answers = select(DecidingAnswer).where(
            DecidingAnswer.application_id == one.id, DecidingAnswer.person_id == world.kansli
        )
        answer = session.scalars(answers).one()
        answer.has_conflict, answer.ground = True, "narstaende"


def asks_for_a_copy(world: World, one: Sent) -> str:
    asked = submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {"kind": "copy"}, "Skicka begäran")
    assert asked.status_code == 303
    return f"{LIST}/{requests_in(world)[-1].id}"


def asks_for_merits(world: World, one: Sent) -> str:
    assert submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    return f"{LIST}/{requests_in(world)[-1].id}"


def rounds(world: World, set_clock: Clock, *times: str) -> int:
    """How many such mails there are after the rounds of these times."""
    for time in times:
        set_clock(time)
        run_rounds(world.app)
    return len(letters(world, "colleague"))


def test_the_office_is_told_that_a_colleague_is_needed_and_nothing_of_whose_request_it_is(
    world: World, set_clock: Clock
) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    stands_aside(world, one)
    place = asks_for_a_copy(world, one)
    assert world.browser(world.kansli).get(place).status_code == 404
    for shown in (page(world, world.kansli), page(world, world.kansli, LIST)):
        assert INVITE in shown and "/arbete/personer" in shown and one.name not in shown and "Kopia" not in shown
    assert "Ingen väntar på svar." not in page(world, world.kansli, LIST)
    assert rounds(world, set_clock, "2026-12-15T06:30", "2026-12-15T09:30", "2026-12-15T10:30", "2027-01-20T09:30") == 1
    (mail,) = letters(world, "colleague")
    assert "ingen av er" in mail.body and "/arbete/personer" in mail.body
    assert not any(word in mail.subject + mail.body for word in (one.name, one.email, "Politisk", "parti", "opia"))
    ulla, _membership = add_person(world, "ulla", "kansli", party=world.party)
    assert world.browser(ulla).get(place).status_code == 200
    for person in (ulla, world.kansli):
        assert INVITE not in page(world, person) + page(world, person, LIST)


def test_what_a_colleague_may_answer_is_told_to_nobody_else(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    add_person(world, "ulla", "kansli", party=world.party)
    stands_aside(world, one)
    asks_for_a_copy(world, one)
    assert INVITE not in page(world, world.kansli) + page(world, world.kansli, LIST)
    assert rounds(world, set_clock, "2026-12-15T09:30") == 0


def test_where_an_authority_employs_its_own_people_answer_but_give_no_merits(world: World, set_clock: Clock) -> None:
    _ad, (hired, one) = told(world, set_clock, employer="authority")
    for each in (hired, one):
        stands_aside(world, each)
    asks_for_a_copy(world, one)
    assert INVITE not in page(world, world.kansli)
    asks_for_merits(world, one)
    assert INVITE in page(world, world.kansli)


def test_where_nobody_is_left_at_the_authority_the_partys_office_is_told_that_a_colleague_is_needed(
    world: World, set_clock: Clock
) -> None:
    _ad, (_hired, one) = told(world, set_clock, employer="authority")
    stands_aside(world, one)
    with world.writing(scope.PLATFORM) as session:
        for row in session.scalars(select(Membership).where(Membership.authority_id == world.authority)):
            row.ended_at = clock.now()
    place = asks_for_a_copy(world, one)
    assert world.browser(world.kansli).get(place).status_code == 404
    assert INVITE in page(world, world.kansli)
    assert rounds(world, set_clock, "2026-12-15T09:30") == 1


def test_merits_are_shut_only_to_who_has_jav_for_somebody_whom_they_show(world: World, set_clock: Clock) -> None:
    _ad, (hired, one, other) = told(world, set_clock, 3)
    place = asks_for_merits(world, one)
    stands_aside(world, other)  # neither hired nor called: nothing of theirs is shown
    assert "Lämna uppgift om meriter" in page(world, world.kansli)
    assert world.browser(world.kansli).get(place).status_code == 200
    stands_aside(world, hired)
    assert "Lämna uppgift om meriter" not in page(world, world.kansli)
    assert world.browser(world.kansli).get(place).status_code == 404
    assert rounds(world, set_clock, "2026-12-15T09:30") == 1


@pytest.mark.parametrize("gone", ["erased", "sealed"])
def test_merits_are_open_again_once_nothing_of_them_is_shown(world: World, set_clock: Clock, gone: str) -> None:
    _ad, (hired, one) = told(world, set_clock)
    place = asks_for_merits(world, one)
    stands_aside(world, hired)
    assert world.browser(world.kansli).get(place).status_code == 404
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, hired.id)
        if gone == "erased":
            row.name_sealed = None
        else:
            row.state, row.restricted_at, row.restricted_until = "withdrawn", row.decided_at, row.decided_at.date()
    assert world.browser(world.kansli).get(place).status_code == 200


@pytest.mark.parametrize("sent", [False, True])
def test_a_text_that_was_kept_shows_them_still_and_stays_shut(world: World, set_clock: Clock, sent: bool) -> None:
    _ad, (hired, one) = told(world, set_clock)
    place = asks_for_merits(world, one)
    ulla, _membership = add_person(world, "ulla", "kansli", party=world.party)
    text = {"text": "Den som anställdes\n\nUtbildning: jur. kand.\n\nYrkeserfarenhet: sju år.\n\nAndra meriter: inga."}
    assert submit(world.browser(ulla), place, text, SEND if sent else SAVE).status_code == 303
    stands_aside(world, hired)
    assert world.browser(world.kansli).get(place).status_code == 404
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, hired.id).name_sealed = None
    assert world.browser(world.kansli).get(place).status_code == 404
    assert "jur. kand." in world.browser(ulla).get(place).get_data(as_text=True)
