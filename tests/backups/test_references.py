"""A backup is put back whatever the order its rows came in, and whatever was replaced while it was taken."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.backups import refusals
from portal.backups.queries import formers_first
from portal.backups.services import taking
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.contracts.models import Employment
from portal.db import db
from portal.decisions.models import KeptFile
from portal.documents.models import FiledDocument, MaskedPage
from portal.jobs.tasks import run_rounds
from portal.privacy.services.disposing import carry_out_due
from portal.scope import act_for
from portal.vault.services import the_vault
from tests.backups.machines import empty_machine, running
from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import renew_them
from tests.contracts.written.contracting import recorded, signed
from tests.database import Databases
from tests.posts.ledgers import give
from tests.privacy.test_disposing import DAY, TOLD, ended
from tests.stage import set_stage
from tests.world import World

Clock = Callable[[str], datetime]


def test_a_renewed_employment_is_put_back_after_the_one_that_it_renews(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    give(world, (world.party, "20.00"))
    ids = [employ(world, f"Person {n}") for n in range(4)]
    assert renew_them(world, ids) == 4
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        act_for(db.session, scope.party(world.party))
        assert {row.renews_id for row in db.session.scalars(select(Employment))} == {None, *ids}


def test_rows_that_refer_to_their_like_come_after_those_in_any_order() -> None:
    first, second, third = ({"id": uuid4(), "renews_id": None} for _ in range(3))
    second["renews_id"], third["renews_id"] = first["id"], second["id"]
    assert list(formers_first("employment", [third, second, first])) == [first, second, third]
    lost = {"id": uuid4(), "renews_id": uuid4()}
    assert list(formers_first("employment", [lost, first])) == [first, lost], "the database refuses it, and says why"
    assert list(formers_first("ad", [third, first])) == [third, first]


def test_a_paper_that_has_lost_its_file_is_told_of_and_keeps_its_row(
    world: World, settings: Settings, databases: Databases, set_clock: Clock, tmp_path: Path
) -> None:
    signed(recorded(world, set_clock, rules="region-vasternorrland"))
    with world.acting(scope.party(world.party)) as session:
        papers = session.scalars(select(FiledDocument)).all()
        the_vault().blobs.delete(papers[0].blob)
        taken = take_backup(tmp_path / "portal.backup", at=clock.now())
        assert (len(papers) > 1, taken.lost) == (True, 1)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        act_for(db.session, scope.party(world.party))
        assert len(db.session.scalars(select(FiledDocument)).all()) == len(papers)


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[int], object]) -> list[object]:
    """Something is done after each snapshot, before the files are copied: what it came to."""
    snapshot, done = taking._snapshot, list[object]()

    def and_then(*given: Any) -> Any:
        spooled = snapshot(*given)
        done.append(do(len(done)))
        return spooled

    monkeypatch.setattr(taking, "_snapshot", and_then)
    return done


def test_a_kept_file_that_is_set_anew_meanwhile_is_taken_as_it_then_is(
    world: World, settings: Settings, databases: Databases, set_clock: Clock, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ended(world, set_clock)
    run_rounds(world.app)
    with world.app.app_context():
        carry_out_due(set_clock(TOLD))
        at = set_clock(DAY)
        done = meanwhile(monkeypatch, lambda times: carry_out_due(at) if times == 0 else None)
        assert take_backup(tmp_path / "portal.backup", at=at).lost == 0
    assert len(done) == 2, "all is taken once more"
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        act_for(db.session, scope.party(world.party))
        kept = db.session.scalars(select(KeptFile)).one()
        assert the_vault().blobs.get(db.session.get_one(FiledDocument, kept.document_id).blob)


def test_where_papers_are_replaced_each_time_no_backup_is_left_and_that_is_said(
    world: World, set_clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(recorded(world, set_clock, rules="region-vasternorrland"))
    monkeypatch.setattr(taking, "_still_standing", lambda missing: (set(), set()))
    with world.acting(scope.party(world.party)) as session:
        the_vault().blobs.delete(session.scalars(select(FiledDocument.blob)).first() or "")
        with pytest.raises(refusals.Restless):
            take_backup(tmp_path / "portal.backup", at=clock.now())
    assert list(tmp_path.glob("*.backup*")) == []


def test_a_page_that_is_masked_anew_meanwhile_comes_back_masked(
    world: World, settings: Settings, databases: Databases, set_clock: Clock, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    set_stage(world, set_clock)

    def burn(times: int) -> None:
        with world.writing(scope.party(world.party)) as session:
            page = session.scalars(select(MaskedPage).where(MaskedPage.blob.is_not(None)).limit(1)).one()
            if times == 0 and page.blob:
                former, page.blob = page.blob, uuid4().hex
                the_vault().blobs.put(page.blob, the_vault().blobs.get(former))
                the_vault().blobs.delete(former)

    done = meanwhile(monkeypatch, burn)
    with world.app.app_context():
        assert take_backup(tmp_path / "portal.backup", at=clock.now()).lost == 0
    assert len(done) == 2
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        act_for(db.session, scope.party(world.party))
        for blob in db.session.scalars(select(MaskedPage.blob).where(MaskedPage.blob.is_not(None))):
            assert the_vault().blobs.get(blob or "")
