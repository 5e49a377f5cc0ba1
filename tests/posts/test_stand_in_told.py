"""What the party's page of posts says of a stand-in is true: its ad counts nothing, and stops at nothing."""

from tests.posts.ledgers import give
from tests.posts.test_claims import publish
from tests.world import World

OWN = "/arbete/tjanster"


def own_page(world: World, day: str = "2027-03-01") -> str:
    return str(world.browser(world.kansli).get(f"{OWN}?dag={day}").get_data(as_text=True))


def test_with_an_ad_for_a_stand_in_out_the_page_does_not_promise_that_ads_are_counted(world: World) -> None:
    give(world, (world.party, "1"))
    publish(world, employment_form="vikariat")
    told = own_page(world)
    assert "En annons om ett vikariat räknas inte" in told


def test_over_its_room_the_page_does_not_say_that_no_ad_goes_in_for_an_ad_for_a_stand_in_does(world: World) -> None:
    give(world, (world.party, "1"))
    publish(world)
    give(world, (world.party, "0"))
    publish(world, employment_form="vikariat")
    told = own_page(world)
    assert "är över det som är beslutat" in told
    assert "Inget nytt går in den här dagen, utom den som vikarierar för någon." in told
