"""A second sending from an address takes the first one's place only while the first may go."""

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.ads.services.publishing import end_ad
from portal.applications.models import Application
from portal.applications.services.proposing import accept_proposal
from tests.applications.paper import applications_in, apply, letters
from tests.applications.test_private import question_link
from tests.at_once import second
from tests.door import inside, own_browser, submit_inside
from tests.forms import submit
from tests.privacy.holding import kept_longer
from tests.world import Published, World, publish_ad

STAYS, REPLACE = "Den första ansökan går inte att byta ut längre.", "Byt ut den första"


def two_sent(world: World, client: FlaskClient) -> tuple[Published, Application]:
    """Two from one address to a party; the first of them is returned."""
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    (first,) = applications_in(world, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    return ad, first


@pytest.mark.parametrize("why", ["called", "told", "hold"])
def test_who_is_called_or_has_been_told_or_is_under_a_hold_is_not_replaced_and_nothing_is_erased(
    world: World, client: FlaskClient, why: str
) -> None:
    ad, first = two_sent(world, client)
    if why == "hold":
        kept_longer(world, (ad.id, first.id))
    else:
        with world.writing(scope.party(ad.party_id)) as session:
            row = session.get_one(Application, first.id)
            if why == "called":
                row.called_at = clock.now()  # and may have booked: what is sent after has no time and no scores
            else:
                row.decided_at, row.decided_as = clock.now(), "gar_inte_vidare"
    asked = own_browser(world)
    shown = asked.get(inside(world, asked, question_link(world))).get_data(as_text=True)
    assert REPLACE in shown and STAYS not in shown, "whoever has sent in another's name is asked as ever"
    answer = submit_inside(world, question_link(world), {}, REPLACE)
    assert answer.status_code == 409 and STAYS in answer.get_data(as_text=True)
    states = {row.state: row.name_sealed is None for row in applications_in(world, ad)}
    assert states == {"sent": False, "proposal": False}
    assert submit_inside(world, question_link(world), {}, "Behåll den första").status_code == 303


def test_of_two_that_are_accepted_at_once_the_later_one_counts_and_both_are_answered(
    world: World, client: FlaskClient
) -> None:
    ad, _first = two_sent(world, client)
    earlier = next(row for row in applications_in(world, ad) if row.state == "proposal")
    apply(world.browser(), ad)
    assert len(letters(world, "proposal")) == 2
    clicking = world.browser()
    place = inside(world, clicking, question_link(world))
    with second() as the_later:
        with world.writing(scope.party(ad.party_id)) as session:
            version = current_version_of(session, ad.id)
            assert version is not None
            accept_proposal(session, proposal_id=earlier.id, ad=version, at=clock.now(), may_go=lambda _first: None)
            session.flush()
            the_later.begins(submit, clicking, place, {}, REPLACE)
        assert the_later.ends().status_code == 303
    states = {row.id: row.state for row in applications_in(world, ad)}
    assert states.pop(earlier.id) == "replaced" and sorted(states.values()) == ["replaced", "sent"]


def test_none_is_accepted_once_the_recruitment_has_ended_meanwhile(world: World, client: FlaskClient) -> None:
    ad, _first = two_sent(world, client)
    clicking = world.browser()
    place = inside(world, clicking, question_link(world))
    with second() as the_candidate:
        with world.writing(scope.party(ad.party_id)) as session:
            end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
            the_candidate.begins(submit, clicking, place, {}, REPLACE)
        assert the_candidate.ends().status_code in (409, 422)
    assert sorted(row.state for row in applications_in(world, ad)) == ["proposal", "sent"]
