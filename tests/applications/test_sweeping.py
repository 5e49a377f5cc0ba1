"""Nothing lies about: old drafts, erasures cut short, proposals nobody answers, keys and blobs that no row names."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from structlog.testing import capture_logs

from portal import clock, scope
from portal.applications import tasks
from portal.applications.models import Application
from portal.applications.services import sweeping, withdrawing
from portal.applications.services.sweeping import Swept
from portal.applications.services.wholeness import Lack, broken_things
from portal.applications.services.withdrawing import withdraw_application
from portal.db import db
from portal.documents.models import Document
from portal.jobs.tasks import run_rounds
from portal.links.models import Link
from portal.privacy.commands import sweep
from portal.vault.services import create_application_key, the_vault
from tests.applicants import send_applications
from tests.applications.paper import applications_in, apply, base, page_one, page_two, private_link
from tests.door import show
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def keys(world: World) -> int:
    """How many application keys there are."""
    with world.app.app_context():
        return len(list(the_vault().key_store.older_than(clock.now() + timedelta(days=999))))


def blobs(world: World) -> int:
    """How many blobs there are."""
    with world.app.app_context():
        return len(list(the_vault().blobs.names()))


def test_a_draft_is_swept_thirty_days_after_it_was_last_touched(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    set_clock("2026-12-10T10:00")
    page_two(client, ad, {}, {}, "Spara utkast")
    at = set_clock("2027-01-09T09:59")
    with world.app.app_context():
        assert sweeping.sweep(at).drafts == 0
    at = set_clock("2027-01-09T10:01")
    with world.app.app_context():
        assert sweeping.sweep(at).drafts == 1
        assert sweeping.sweep(at).drafts == 0
        assert db.session.scalar(select(func.count(Link.id))) == 0
    assert (keys(world), blobs(world)) == (0, 0)
    assert client.get(f"{base(ad)}/handlingar").headers["Location"] == base(ad)


def test_what_was_sent_is_never_swept_as_a_draft_or_an_orphan(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    receipt = apply(client, ad)
    page_one(world.browser(), ad)
    run_rounds(world.app)
    before = blobs(world)
    at = set_clock("2026-12-20T10:17")
    _age_blobs(world)
    run_rounds(world.app)
    with world.app.app_context():
        assert sweeping.sweep(at) == Swept(drafts=0, erasures=0, keys=0, blobs=0)
    assert (keys(world), blobs(world)) == (2, before)
    assert show(world, private_link(receipt)).status_code == 200


def test_keys_and_blobs_that_no_row_names_go_after_a_day(world: World, set_clock: Clock) -> None:
    with world.app.app_context():
        key = create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
        key.keep_document("document", b"never came to be")
    at = set_clock("2026-11-24T09:00")
    with world.app.app_context():
        assert sweeping.sweep(at) == Swept(drafts=0, erasures=0, keys=0, blobs=0)
    _age_blobs(world)
    at = set_clock("2026-11-24T11:00")
    with world.app.app_context():
        assert sweeping.sweep(at) == Swept(drafts=0, erasures=0, keys=1, blobs=1)


@pytest.mark.parametrize(
    ("keys", "named", "parties", "most"),
    [(1, 0, 1, False), (20, 0, 1, False), (21, 0, 1, True), (21, 30, 1, False), (31, 30, 1, True), (1, 0, 0, True)],
)
def test_a_few_that_came_to_nothing_are_swept_in_a_small_portal_too(
    keys: int, named: int, parties: int, most: bool
) -> None:
    found = sweeping.Unnamed({uuid4() for _ in range(keys)}, set(), named, 0, parties)
    assert found.are_most is most


def test_where_the_database_names_less_than_there_is_nothing_of_it_is_touched(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was set up anew, or is another: what it does not name may be all that is left of the right one."""
    monkeypatch.setattr(sweeping, "FEW_KEYS", 1)
    sent = send_applications(world, publish_ad(world), 1)
    with world.app.app_context():
        for _ in range(2):
            key = create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
            key.keep_document("document", b"of another database")
    at = set_clock("2026-11-25T11:17")
    _age_blobs(world)
    before = (keys(world), blobs(world))
    with capture_logs() as lines:
        run_rounds(world.app)
    assert before == (keys(world), blobs(world)) and "orphans_held_back" in [line["event"] for line in lines]
    with world.app.app_context():
        assert [one.lack for one in broken_things(at) if one.lack is not Lack.MAIL] == [Lack.OTHER_DATABASE]
        assert sweeping.sweep(at).held_back
    told = world.app.test_cli_runner().invoke(sweep, [])
    assert told.exit_code == 1 and "portal sweep --even-most" in told.output
    assert before == (keys(world), blobs(world))
    assert world.app.test_cli_runner().invoke(sweep, ["--even-most"]).exit_code == 0
    assert keys(world) == 1 == len(sent)


def test_the_dry_run_tells_of_drafts_erasures_keys_and_files_and_leaves_them_all(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    (application,) = applications_in(world, ad)
    with world.writing(scope.candidate(application.id)) as session:
        withdraw_application(session, application_id=application.id, at=clock.now())
    page_one(client, ad)
    with world.app.app_context():
        key = create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
        key.keep_document("document", b"never came to be")
    set_clock("2026-12-24T11:00")
    _age_blobs(world)
    lie_there, run = (keys(world), blobs(world)), world.app.test_cli_runner()
    for _ in range(2):
        assert "Skulle städas: 1 utkast, 1 raderingar, 1 nycklar och 1 filer" in run.invoke(sweep, ["--dry-run"]).output
    assert (keys(world), blobs(world)) == lie_there
    swept = run.invoke(sweep, ["--even-most"])  # nothing but these is there
    assert swept.output.startswith("Städat: 1 utkast, 1 raderingar, 1 nycklar och 1 filer")
    assert (keys(world), blobs(world)) == (0, 0)
    assert run.invoke(sweep).output.startswith("Städat: 0 utkast, 0 raderingar, 0 nycklar och 0 filer")


def test_cut_short_after_the_key_nothing_opens_and_the_rest_follows(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    (application,) = applications_in(world, ad)
    with world.writing(scope.candidate(application.id)) as session:
        withdraw_application(session, application_id=application.id, at=clock.now())

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, world.app.app_context():
        patch.setattr(withdrawing, "empty_application", cut)
        with pytest.raises(KeyboardInterrupt):
            sweeping.sweep(clock.now())
    assert keys(world) == 0 and blobs(world) > 0
    with world.app.app_context():
        assert sweeping.sweep(clock.now()).erasures == 1
    assert blobs(world) == 0


def test_an_erasure_that_was_cut_short_is_finished(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    (application,) = applications_in(world, ad)
    with world.writing(scope.candidate(application.id)) as session:
        withdraw_application(session, application_id=application.id, at=clock.now())
    assert blobs(world) > 0
    with world.app.app_context():
        assert sweeping.sweep(clock.now()).erasures == 1
        assert sweeping.sweep(clock.now()).erasures == 0
    assert (keys(world), blobs(world)) == (0, 0)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count(Document.id))) == 0
        assert session.scalars(select(Application.name_sealed)).one() is None


def _age_blobs(world: World) -> None:
    """Let every blob be as old as one written long ago."""
    store = the_store(world)
    for path in store.glob("??/*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def the_store(world: World):  # type: ignore[no-untyped-def]
    """The folder of the blobs."""
    with world.app.app_context():
        return the_vault().blobs.folder  # type: ignore[attr-defined]


def test_a_round_that_comes_late_sweeps_all_the_same_and_once_an_hour(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[datetime] = []

    def note(at: datetime) -> Swept:
        swept.append(at)
        return Swept(0, 0, 0, 0)

    monkeypatch.setattr(tasks, "sweep", note)
    for time in ("10:16", "10:21", "10:22", "10:59", "11:05", "11:17"):
        set_clock(f"2026-11-23T{time}")
        run_rounds(world.app)
    assert [f"{at.astimezone(clock.STOCKHOLM):%H:%M}" for at in swept] == ["10:21", "11:17"]
