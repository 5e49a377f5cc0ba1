"""A recruitment that has ended keeps the room of those who are to be employed from it, until each is recorded or declines."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal import scope
from portal.ads.models import Ad
from portal.posts.services.claiming import claim_for_ad
from tests.applicants import Sent
from tests.contracts.hiring import RECORD, TERMS, fill
from tests.decisions.offering import OFFER, say
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread
from tests.decisions.test_answers_by_mistake import take_back
from tests.forms import submit
from tests.posts.ledgers import TERM, claimed, give
from tests.posts.test_claims import publish
from tests.privacy.test_before_the_word import take_back as take_application_back
from tests.privacy.test_disposing import carried_out
from tests.world import Published, World

Clock = Callable[[str], datetime]
Ended = tuple[Published, list[Sent]]
ROOM = "Tjänsteutrymmet räcker inte"


def ended_with(world: World, set_clock: Clock, hire: int, employer: str = "authority") -> Ended:
    """Of three candidates so many are to be hired; the post was offered and accepted, and the recruitment has ended."""
    published, sent = closed_recruitment(world, set_clock, 3, posts=max(hire, 1), employer=employer)
    with world.writing(scope.party(world.party)) as session:
        own = session.get_one(Ad, published.id)
        claim_for_ad(session, of=own, ad_id=own.id, number=max(hire, 1), percent=100, starts=TERM[0], ends=TERM[1])
    decide(world, published, sent[:hire], HIRED)
    decide(world, published, sent[hire:])
    proofread(world, published)
    office = world.browser(world.kansli)
    if hire:
        submit(office, address(published, "beslut/erbjud"), button=OFFER)
    for one in sent[:hire]:
        say(office, published, one, "tackat_ja")
    proofread(world, published)
    assert submit(office, address(published, "beslut/avsluta"), button="Avsluta rekryteringen").status_code == 303
    return published, sent


def test_the_post_of_one_who_has_accepted_is_nobody_elses_when_the_recruitment_ends(
    world: World, set_clock: Clock
) -> None:
    give(world, (world.party, "1.00"))
    published, sent = ended_with(world, set_clock, 1)
    assert claimed(world) == [("advertised", 100)]
    page = f"/arbete/rekryteringar/{published.id}"
    assert "Registrera anställningen" in world.browser(world.kansli).get(page).get_data(as_text=True)
    assert fill(world.browser(world.kansli), published, sent[0]).status_code == 303
    assert claimed(world) == [("filled", 100)]


def test_who_is_not_to_be_hired_keeps_no_room(world: World, set_clock: Clock) -> None:
    ended_with(world, set_clock, 0)
    assert claimed(world) == []


def test_of_two_posts_the_one_that_nobody_got_is_free_at_the_end(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2, posts=2)
    with world.writing(scope.party(world.party)) as session:
        own = session.get_one(Ad, published.id)
        claim_for_ad(session, of=own, ad_id=own.id, number=2, percent=100, starts=TERM[0], ends=TERM[1])
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    submit(world.browser(world.kansli), address(published, "beslut/avsluta"), button="Avsluta rekryteringen")
    assert claimed(world) == [("advertised", 100)]


def test_who_is_employed_already_leaves_nothing_to_keep(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    with world.writing(scope.party(world.party)) as session:
        own = session.get_one(Ad, published.id)
        claim_for_ad(session, of=own, ad_id=own.id, number=1, percent=100, starts=TERM[0], ends=TERM[1])
    decide(world, published, sent, HIRED)
    fill(world.browser(world.kansli), published, sent[0])
    proofread(world, published)
    submit(world.browser(world.kansli), address(published, "beslut/avsluta"), button="Avsluta rekryteringen")
    assert claimed(world) == [("filled", 100)]


def test_who_declines_after_the_end_gives_the_room_back_and_a_mistake_takes_it_again(
    world: World, set_clock: Clock
) -> None:
    published, sent = ended_with(world, set_clock, 2)
    assert claimed(world) == [("advertised", 200)]
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    assert claimed(world) == [("advertised", 100)]
    assert take_back(world, published, sent[0]).status_code == 303
    assert claimed(world) == [("advertised", 200)]


def test_a_mistake_is_put_right_though_the_room_is_anothers_by_now(world: World, set_clock: Clock) -> None:
    give(world, (world.party, "1.00"))
    published, sent = ended_with(world, set_clock, 1)
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    publish(world, deadline=date(2027, 1, 15))
    assert take_back(world, published, sent[0]).status_code == 303, "what was answered is so, whatever room there is"
    assert claimed(world) == [("advertised", 100)]
    refused = submit(world.browser(world.kansli), address(published, f"anstall/{sent[0].id}"), TERMS, RECORD)
    assert ROOM in refused.get_data(as_text=True)


@pytest.mark.parametrize("employer", ["party", "authority"])
@pytest.mark.parametrize("hire", [1, 2])
def test_who_takes_the_application_back_after_the_end_gives_the_room_back(
    world: World, set_clock: Clock, hire: int, employer: str
) -> None:
    _, sent = ended_with(world, set_clock, hire, employer)
    take_application_back(world, sent[0])
    assert sum(size for _, size in claimed(world)) == 100 * (hire - 1)


def test_whoever_was_never_recorded_keeps_no_room_when_their_application_is_gone(
    world: World, set_clock: Clock
) -> None:
    ended_with(world, set_clock, 1, "party")
    carried_out(world, set_clock, "2028-12-20T09:00")
    assert claimed(world) == [("advertised", 100)]
    carried_out(world, set_clock, "2029-01-20T09:00")
    assert claimed(world) == []


def test_while_the_recruitment_goes_on_who_declines_leaves_the_post_to_the_next(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2, posts=2)
    with world.writing(scope.party(world.party)) as session:
        own = session.get_one(Ad, published.id)
        claim_for_ad(session, of=own, ad_id=own.id, number=2, percent=100, starts=TERM[0], ends=TERM[1])
    decide(world, published, sent[:1], HIRED)
    proofread(world, published)
    office = world.browser(world.kansli)
    submit(office, address(published, "beslut/erbjud"), button=OFFER)
    say(office, published, sent[0], "tackat_nej")
    assert sum(percent for _, percent in claimed(world)) == 200
