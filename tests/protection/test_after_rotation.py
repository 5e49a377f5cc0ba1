"""The installation's key is changed: behind a code name is who was there before."""

from portal import scope
from portal.protection.queries import identity_key, place_of
from portal.vault.services import the_vault
from tests.protection.applying import NAME, identities, stage_protected
from tests.vault.test_rotation import rotated, settings, take_old_keys_away
from tests.world import World, publish_ad

__all__ = ["settings"]  # an installation whose key file is its own


def test_who_it_is_behind_a_code_name_opens_in_the_readers_hand_all_the_same(world: World) -> None:
    stage_protected(world, publish_ad(world, employer="party"))
    rotated(world.app)
    take_old_keys_away(world.app.config["SETTINGS"].keys_file)
    (identity,) = identities(world)
    with world.acting(scope.party(world.party)) as session:
        key = identity_key(session, identity, reader_id=world.kansli)
        assert key.open_text(place_of("name"), identity.name_sealed) == NAME
        assert the_vault().key_store.get(identity.id)[0] == 2, "under the controller's new key"
