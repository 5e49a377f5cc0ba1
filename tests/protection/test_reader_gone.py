"""No key is passed on to a reader who has left, by going back to whom the party has named."""

from portal import clock, scope
from portal.organisations.models import Membership
from tests.forms import submit
from tests.protection.applying import identities, stage_protected
from tests.stage import add_person
from tests.world import World, publish_ad


def test_going_back_to_the_partys_reader_passes_no_key_to_one_who_has_left(world: World) -> None:
    ad = publish_ad(world)
    stage_protected(world, ad)  # the party's reader is Samira
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    page = f"/arbete/rekryteringar/{ad.id}/skyddad"
    office = world.browser(colleague)
    assert submit(office, page, {"reader": str(colleague)}, "Spara").status_code == 303
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    assert submit(office, page, {"reader": ""}, "Spara").status_code == 303
    (identity,) = identities(world)
    assert identity.reader_id == colleague, "where nobody reads the keys stay as they are"
