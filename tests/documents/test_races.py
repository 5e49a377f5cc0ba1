"""A file is taken away at the moment at which the worker writes its pages down: one comes after the other."""

from uuid import UUID

from portal import scope
from portal.db import db, unit_of_work
from portal.documents.models import Document
from portal.documents.queries import pictures_of
from portal.documents.services import note_pictures, remove_document
from portal.vault.services import the_vault
from tests.at_once import second
from tests.documents import hostile
from tests.documents.test_services import keep, owner, stored
from tests.world import World

__all__ = ["owner"]  # a fixture


def test_a_file_removed_while_its_pages_are_drawn_leaves_none_of_them(owner: UUID, world: World) -> None:
    document, _key = keep(owner, hostile.many_pages(2))
    id = document.id
    the_vault().blobs.put("drawnmeanwhile", b"a page")
    db.session.rollback()

    def remove() -> None:
        with world.writing(scope.candidate(owner)) as session:
            remove_document(session, session.get_one(Document, id))

    with second() as the_candidate:
        with unit_of_work() as session:
            assert note_pictures(session, id, 2, ["drawnmeanwhile"])
            session.flush()
            the_candidate.begins(remove)
        the_candidate.ends()
    assert stored() == set() and pictures_of(db.session, [id]) == []
