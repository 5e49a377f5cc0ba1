"""The CV of somebody under a code name is looked through with what the portal knows of how they are reached, too."""

from portal.documents.masks import Box
from portal.protection.services.masking import look_through
from tests.protection.applying import paper_for, stage_protected
from tests.world import World, publish_ad


def test_a_handle_that_is_the_beginning_of_their_address_is_covered(world: World) -> None:
    ad = publish_ad(world)
    paper = paper_for(world, ad, stage_protected(world, ad))
    assert set(paper.ways) == {"neutral@example.org", "070-174 06 77"}

    def boxes(text: str) -> list[Box]:
        (page,) = look_through(paper._replace(name="cv.txt", data=text.encode()))
        return [drawn.box for drawn in page.drawn]

    assert boxes("Handläggare i Umeå") == []
    assert len(boxes("Handläggare i Umeå\n\nInstagram: neutral\n\nSignal: 70 174 06 77")) == 2
