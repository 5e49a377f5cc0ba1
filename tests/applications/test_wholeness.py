"""What is not whole is found, whatever it is, and nothing else is: the key, the mail, the file, its bytes, what is left."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.proposing import decline_proposal
from portal.applications.services.sweeping import sweep
from portal.applications.services.wholeness import Lack, broken_things
from portal.applications.services.withdrawing import finish_erasure
from portal.cli import check
from portal.db import db
from portal.documents.models import Document, PagePicture
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.privacy.commands import sweep as sweep_command
from portal.vault.blobs import LocalStore
from portal.vault.services import create_application_key, the_vault
from tests.applicants import send_applications
from tests.applications.paper import applications_in, apply, page_one, page_two, private_link
from tests.counting import statements
from tests.door import submit_inside
from tests.forms import submit
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
LONG_AGO = (1_700_000_000, 1_700_000_000)


def lacks(world: World, *, deep: bool = False) -> list[Lack]:
    """What is told of the installation as it is."""
    with world.app.app_context():
        return [broken.lack for broken in broken_things(clock.now(), deep=deep)]


def files(world: World) -> Path:
    """Where the blobs lie."""
    with world.app.app_context():
        return the_vault().blobs.folder  # type: ignore[attr-defined, no-any-return]


def blob_file(world: World, name: str) -> Path:
    return files(world) / name[:2] / f"{name}.sealed"


def grow_old(world: World) -> None:
    """Let every blob be as old as one written long ago."""
    for path in files(world).glob("??/*"):
        os.utime(path, LONG_AGO)


def take_back(world: World, receipt: TestResponse) -> None:
    assert submit_inside(world, f"{private_link(receipt)}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code == 303


def decline(world: World, proposal: Application) -> None:
    with world.writing(scope.party(world.party)) as session:
        decline_proposal(session, proposal_id=proposal.id, at=clock.now())
    with world.acting(scope.party(world.party)) as session:
        finish_erasure(proposal.id, session)


@pytest.fixture
def sent(world: World, client: FlaskClient) -> Published:
    """One application to an authority, all its pages drawn, and somebody else's draft with a file."""
    ad = publish_ad(world)
    apply(client, ad)
    other = world.browser()
    page_one(other, ad, **{"E-post": "olle@example.se"})
    page_two(other, ad)
    run_rounds(world.app)
    return ad


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_application_is_whole_in_every_state_it_can_have(
    world: World, client: FlaskClient, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    withdrawn = apply(client, ad)
    apply(world.browser(), ad)  # waits as a proposal
    apply(world.browser(), ad)
    apply(world.browser(), ad, **{"E-post": "stina@example.se"})
    page_one(world.browser(), ad)
    take_back(world, withdrawn)
    decline(world, next(row for row in applications_in(world, ad) if row.state == "proposal"))
    run_rounds(world.app)
    assert lacks(world, deep=True) == []
    at = set_clock("2026-12-20T10:00")
    grow_old(world)
    with world.app.app_context():
        sweep(at)
    assert {row.state for row in applications_in(world, ad)} == {"withdrawn", "declined", "proposal", "sent"}
    assert lacks(world, deep=True) == []


@pytest.mark.parametrize("which", ["file", "text", "picture", "of the draft"])
def test_a_blob_that_is_gone_is_told_and_so_is_one_whose_bytes_changed(
    world: World, sent: Published, which: str
) -> None:
    (application,) = applications_in(world, sent)
    with world.acting(scope.party(world.party)) as session:
        own = Document.application_id == application.id
        name = {
            "file": select(Document.blob).where(own, Document.slot == "cv"),
            "text": select(Document.text_blob).where(own, Document.slot == "cv"),
            "picture": select(PagePicture.blob).where(PagePicture.application_id == application.id),
            "of the draft": select(Document.blob).where(~own),
        }[which]
        path = blob_file(world, session.scalars(name).first() or "")
    assert lacks(world, deep=True) == []
    sealed = bytearray(path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    path.write_bytes(sealed)
    assert (lacks(world), lacks(world, deep=True)) == ([], [Lack.BYTES])
    path.unlink()
    assert (lacks(world), lacks(world, deep=True)) == ([Lack.BLOB], [Lack.BLOB])


def test_every_blob_is_fetched_once_for_its_hash_and_its_seal(
    world: World, sent: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    get = LocalStore.get
    monkeypatch.setattr(LocalStore, "get", lambda store, name: fetched.append(name) or get(store, name))
    assert lacks(world, deep=True) == []
    assert sorted(fetched) == sorted(path.stem for path in files(world).glob("??/*"))


def test_a_file_in_another_ones_place_is_found(world: World, sent: Published) -> None:
    (application,) = applications_in(world, sent)
    with world.acting(scope.party(world.party)) as session:
        mine, other = session.execute(
            select(Document.blob, Document.application_id).where(Document.slot == "cv")
        ).all()  # fmt: skip
    assert {mine.application_id, other.application_id} > {application.id}
    blob_file(world, mine.blob).write_bytes(blob_file(world, other.blob).read_bytes())
    assert lacks(world, deep=True) == [Lack.BYTES]


def test_a_key_that_is_gone_is_told_of_the_draft_too(world: World, sent: Published) -> None:
    (application,) = applications_in(world, sent)
    with world.app.app_context():
        the_vault().key_store.destroy(application.id)
    assert lacks(world, deep=True) == [Lack.KEY]
    with world.app.app_context():
        for id in list(the_vault().key_store.older_than(clock.now() + timedelta(days=1))):
            the_vault().key_store.destroy(id)
    assert lacks(world) == [Lack.KEY, Lack.KEY]
    for said in (Lack.KEY, Lack.IDENTITY):
        assert "töm det aldrig" in said.value and "{id}" in said.value, "a store in use is refused its own backup"


@pytest.mark.parametrize("kind", ["receipt", "proposal"])
def test_an_application_whose_mail_never_was_is_told(
    world: World, client: FlaskClient, sent: Published, kind: str
) -> None:
    apply(world.browser(), sent)
    with world.writing(scope.PLATFORM) as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.once.startswith(kind)))
    assert lacks(world) == [Lack.MAIL]


def test_a_mail_that_was_sent_and_emptied_counts(world: World, sent: Published) -> None:
    with world.writing(scope.PLATFORM) as session:
        for row in session.scalars(select(OutgoingMail)):
            assert row.sent_at is not None
            row.sealed = None
    assert lacks(world) == []


def test_what_no_row_names_is_told_when_the_sweeper_should_have_been_there_and_swept(
    world: World, sent: Published, set_clock: Clock
) -> None:
    with world.app.app_context():
        key = create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
        key.keep_document("document", b"never came to be")
    (files(world) / "ab").mkdir(exist_ok=True)
    (files(world) / "ab" / f"ab{'0' * 38}.part").write_bytes(b"cut short by a kill")
    set_clock("2026-11-24T11:30")
    grow_old(world)
    assert lacks(world) == [Lack.LEFT_BLOB, Lack.LEFT_BLOB]
    at = set_clock("2026-11-24T12:30")
    assert lacks(world) == [Lack.LEFT_KEY, Lack.LEFT_BLOB, Lack.LEFT_BLOB]
    with world.app.app_context():
        assert (sweep(at).keys, sweep(at).blobs) == (1, 0)
    assert lacks(world, deep=True) == []
    assert list(files(world).glob("??/*.part")) == []


def test_the_key_of_an_erased_application_is_left_over_too(
    world: World, client: FlaskClient, sent: Published, set_clock: Clock
) -> None:
    """As after an old key store was put back."""
    ad = publish_ad(world, employer="party")
    take_back(world, apply(client, ad))
    (application,) = applications_in(world, ad)
    with world.app.app_context():
        create_application_key(db.session, application_id=application.id, controller_id=world.party, at=clock.now())
    at = set_clock("2026-11-25T12:30")
    assert lacks(world) == [Lack.LEFT_KEY]
    with world.app.app_context():
        assert sweep(at).keys == 1
    assert lacks(world) == []


def test_a_draft_whose_deletion_was_cut_short_is_gone_and_leaves_only_what_is_swept(
    world: World, client: FlaskClient, sent: Published, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    with monkeypatch.context() as cut_short:
        cut_short.setattr("portal.vault.keystore.KeyStore.destroy", _killed)
        with pytest.raises(KeyboardInterrupt):
            submit(client, f"/annonser/{ad.reference}/ansok/ta-bort", {}, "Ta bort utkastet")
    with world.acting(scope.party(world.party)) as session:
        rows = select(Application).where(Application.ad_id == ad.id)
        assert session.scalars(rows, execution_options={"hidden_too": True}).all() == []
    at = set_clock("2026-11-25T12:30")
    grow_old(world)
    assert set(lacks(world)) == {Lack.LEFT_KEY, Lack.LEFT_BLOB}
    with world.app.app_context():
        sweep(at)
    assert lacks(world) == []


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_commands_say_it_in_one_line_each(world: World, sent: Published, set_clock: Clock) -> None:
    run = world.app.test_cli_runner()
    with world.app.app_context():
        the_vault().blobs.put("f" * 40, b"of nobody")
    set_clock("2026-11-25T12:30")
    grow_old(world)
    red = run.invoke(check)
    assert red.exit_code == 1
    assert f"Filen {'f' * 40} finns kvar i dokumentlagret utan ansökan. Kör: portal sweep" in red.output.splitlines()
    said = "Städat: 0 utkast, 0 raderingar, 0 nycklar och {} filer utan ansökan."
    assert run.invoke(sweep_command).output.splitlines() == [said.format(1)]
    assert run.invoke(sweep_command).output.splitlines() == [said.format(0)]
    green = run.invoke(check, ["--deep"])
    assert (green.output, green.exit_code) == ("Allt är som det ska.\n", 0)


def test_the_number_of_questions_does_not_grow_with_the_applications(world: World) -> None:
    ad = publish_ad(world)
    counts = []
    for there, more in ((0, 1), (1, 29)):
        send_applications(world, ad, more, start=there)
        with statements(world.app) as asked:
            lacks(world)
        counts.append(asked.count)
    assert counts == [31, 31]
