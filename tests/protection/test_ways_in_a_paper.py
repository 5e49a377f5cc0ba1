"""The CV of somebody under a code name is looked through with what the portal knows of how they are reached, too."""

from portal import scope
from portal.documents.masks import Box
from portal.protection.queries import identity_of
from portal.protection.services.masking import look_through, opened_paper
from tests.protection.applying import stage_protected
from tests.world import World, publish_ad


def test_a_handle_that_is_the_beginning_of_their_address_is_covered(world: World) -> None:
    ad = publish_ad(world)
    id = stage_protected(world, ad)
    with world.acting(scope.party(world.party)) as session:
        identity = identity_of(session, ad.id, id)
        assert identity is not None
        paper = opened_paper(session, identity, reader_id=world.kansli)
    assert paper is not None and set(paper.ways) == {"neutral@example.org", "070-174 06 77"}

    def boxes(text: str) -> list[Box]:
        (page,) = look_through(paper._replace(name="cv.txt", data=text.encode()))
        return [drawn.box for drawn in page.drawn]

    assert boxes("Handläggare i Umeå") == []
    assert len(boxes("Handläggare i Umeå\n\nInstagram: neutral\n\nSignal: 70 174 06 77")) == 2
