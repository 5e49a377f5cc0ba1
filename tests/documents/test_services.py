"""A read file as rows: sealed before it is named, drawn by the worker once, and gone when it is removed."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from portal import clock, scope
from portal.applications.models import Application
from portal.db import db, unit_of_work
from portal.documents import tasks
from portal.documents.models import Document
from portal.documents.queries import documents_of, named_blobs, pictures_of
from portal.documents.reading import DocumentRefused
from portal.documents.services import (
    add_document,
    is_whole,
    read_and_seal,
    remove_document,
    seal_letter,
    show_to_authority,
)
from portal.jobs.models import Event
from portal.vault.services import ApplicationKey, create_application_key, open_application_key, the_vault
from tests.documents import hostile
from tests.world import World, publish_ad


@pytest.fixture
def owner(world: World) -> Iterator[UUID]:
    """An application in its own candidate's scope, for as long as the test lasts."""
    ad, application_id = publish_ad(world), uuid4()
    with world.app.app_context():
        scope.act_for(db.session, scope.candidate(application_id))
        create_application_key(db.session, application_id=application_id, controller_id=world.authority, at=clock.now())
        with unit_of_work() as session:
            session.add(_draft(world, ad.id, application_id, clock.now()))
        yield application_id


def _draft(world: World, ad_id: UUID, application_id: UUID, at: datetime) -> Application:
    from sqlalchemy import select

    from portal.ads.models import PublishedAd

    version = db.session.scalars(select(PublishedAd.id).where(PublishedAd.ad_id == ad_id)).one()
    return Application(
        id=application_id, party_id=world.party, authority_id=world.authority, controller_id=world.authority,
        ad_id=ad_id, published_ad_id=version, opened_at=at, changed_at=at,
    )  # fmt: skip


def keep(owner: UUID, data: bytes, name: str = "cv.pdf", slot: str = "cv") -> tuple[Document, ApplicationKey]:
    """Through the one door."""
    application = db.session.get_one(Application, owner)
    key = open_application_key(db.session, application_id=owner, controller_id=application.controller_id)
    sealed = read_and_seal(data, name=name, key=key)
    with unit_of_work() as session:
        row = add_document(session, owner=session.get_one(Application, owner), slot=slot, sealed=sealed, at=clock.now())
        document_id = row.id
    return db.session.get_one(Document, document_id), key


def stored() -> set[str]:
    """What lies in the store."""
    return {name for name, _written in the_vault().blobs.names()}


def test_a_file_that_is_kept_is_not_fetched_again_to_be_hashed(owner: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.delattr(type(the_vault().blobs), "get")
        document, _key = keep(owner, hostile.plain())
    assert document.cipher_sha256 == hashlib.sha256(the_vault().blobs.get(document.blob)).hexdigest()


def test_a_read_file_is_a_row_with_its_first_page_and_its_text_all_sealed(owner: UUID) -> None:
    document, key = keep(owner, hostile.plain())
    assert (document.state, document.kind, document.page_count, document.has_words) == ("ready", "pdf", 1, True)
    assert key.open_text("document.name", document.name_sealed) == "cv.pdf"
    assert key.open_text("document.checksum", document.checksum_sealed) == hashlib.sha256(hostile.plain()).hexdigest()
    assert key.open_document("document", document.blob) == hostile.plain()
    assert document.text_blob is not None
    assert "Handlaggare" in key.open_document("document.text", document.text_blob).decode()
    (picture,) = pictures_of(db.session, [document.id])
    assert key.open_document("page", picture.blob).startswith(b"\x89PNG")
    cipher = the_vault().blobs.get(document.blob)
    assert hashlib.sha256(cipher).hexdigest() == document.cipher_sha256
    assert b"Handlaggare" not in cipher
    assert stored() == {blob.name for blob in named_blobs(db.session)}


def test_a_refused_file_leaves_nothing_behind(owner: UUID) -> None:
    with pytest.raises(DocumentRefused):
        keep(owner, hostile.locked("hemligt"))
    assert stored() == set()
    assert documents_of(db.session, owner) == []


def test_removing_a_file_removes_its_pages_and_its_bytes(owner: UUID) -> None:
    document, _key = keep(owner, hostile.plain())
    with unit_of_work() as session:
        remove_document(session, session.get_one(Document, document.id))
    assert stored() == set()
    assert documents_of(db.session, owner) == []


def test_bytes_are_kept_when_the_removal_is_not_committed(owner: UUID) -> None:
    document, key = keep(owner, hostile.plain())
    with pytest.raises(ZeroDivisionError), unit_of_work() as session:
        remove_document(session, session.get_one(Document, document.id))
        raise ZeroDivisionError
    assert is_whole(db.session.get_one(Document, document.id), key)


def test_a_file_that_was_changed_or_lost_is_not_whole(owner: UUID) -> None:
    document, key = keep(owner, hostile.plain())
    assert is_whole(document, key)
    the_vault().blobs.put(document.blob, b"\x01" + b"x" * 40)
    assert not is_whole(document, key)
    the_vault().blobs.delete(document.blob)
    assert not is_whole(document, key)


def test_the_worker_draws_the_other_pages_once(owner: UUID) -> None:
    document, _key = keep(owner, hostile.many_pages(6))
    event = Event(kind="application.sent", subject_id=owner)
    tasks.draw_all_pages(event, clock.now())
    tasks.draw_all_pages(event, clock.now())
    assert [p.number for p in pictures_of(db.session, [document.id])] == [1, 2, 3, 4, 5, 6]
    assert stored() == {blob.name for blob in named_blobs(db.session)}


def test_a_typed_letter_becomes_pages_with_its_own_checksum(owner: UUID) -> None:
    application = db.session.get_one(Application, owner)
    key = open_application_key(db.session, application_id=owner, controller_id=application.controller_id)
    text = "Hej.\n\nJag är Åsa."
    sealed = seal_letter(text, name="Personligt brev", key=key)
    with unit_of_work() as session:
        row = add_document(
            session, owner=session.get_one(Application, owner), slot="letter", sealed=sealed, at=clock.now()
        )
        document_id = row.id
    assert db.session.get_one(Document, document_id).state == "waiting"
    for _twice in range(2):
        tasks.read_waiting(Event(kind="document.waiting", subject_id=document_id), clock.now())
    document = db.session.get_one(Document, document_id)
    assert (document.state, document.kind, document.page_count) == ("ready", "letter", 1)
    assert key.open_text("document.checksum", document.checksum_sealed) == hashlib.sha256(text.encode()).hexdigest()
    assert len(pictures_of(db.session, [document_id])) == 1
    assert stored() == {blob.name for blob in named_blobs(db.session)}


def test_the_worker_leaves_an_erased_application_alone(owner: UUID) -> None:
    document, _key = keep(owner, hostile.many_pages(3))
    the_vault().key_store.destroy(owner)
    tasks.draw_all_pages(Event(kind="application.sent", subject_id=owner), clock.now())
    assert len(pictures_of(db.session, [document.id])) == 1


def test_the_authority_sees_the_pages_only_from_its_step_on(owner: UUID, world: World) -> None:
    keep(owner, hostile.plain())
    with world.acting(scope.authority(world.authority)) as session:
        assert documents_of(session, owner) == []
    with unit_of_work() as session:
        session.get_one(Application, owner).with_authority = True
        show_to_authority(session, documents_of(session, owner))
    with world.acting(scope.authority(world.authority)) as session:
        (seen,) = documents_of(session, owner)
        assert len(pictures_of(session, [seen.id])) == 1
