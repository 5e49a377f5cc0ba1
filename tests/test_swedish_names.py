"""Names stand in Swedish alphabetical order, in every list that has them."""

from portal import scope
from portal.organisations.queries import Home, people_of
from portal.swedish_names import alphabetical
from tests.membership import add_person
from tests.world import World

NAMES = ["André", "andreas", "Éva", "Eva B", "Yngve", "Ürgen", "Zara", "Åke", "Ärla", "Östen"]


def test_names_stand_in_swedish_order() -> None:
    mixed = [*NAMES[::2], *NAMES[1::2]]
    assert sorted(mixed, key=alphabetical) == NAMES


def test_colleagues_do_too(world: World) -> None:
    for name in ("Östen", "Ärla", "Åke", "Zara"):
        add_person(world, name, "ledamot", party=world.party)
    with world.acting(scope.party(world.party)) as session:
        shown = [one.name for one in people_of(session, Home(party_id=world.party, authority_id=None))]
    first_names = [name.split()[0] for name in shown]
    assert [name for name in first_names if name in NAMES] == ["Zara", "Åke", "Ärla", "Östen"]
