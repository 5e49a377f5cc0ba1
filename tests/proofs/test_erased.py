"""What is erased is gone: from the data folder, from the stores, and from a backup that was taken before.

Nothing is trusted of how the portal opens things: every sealed value is tried with every key there is, without its seal.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.contracts.decision.services.appealing import confirm_no_appeal
from portal.db import AuthorityRow, db
from portal.decisions.models import KeptFile
from portal.decisions.tasks import keep_now
from portal.disclosure.models import CoveredRecord, DisclosureRequest
from portal.disclosure.requests import State as Asked
from portal.jobs.tasks import run_rounds
from portal.organisations.access import Actor
from portal.privacy.models import LegalHold
from portal.privacy.rights.kinds import Result
from portal.privacy.rights.services.answering import answer
from portal.privacy.services.disposing import Gone, carry_out_due
from portal.privacy.services.holding import lift_hold, say_start
from portal.vault.models import ControllerKey
from portal.vault.services import open_application_key, the_vault
from tests.backups.machines import empty_machine, running
from tests.canary import WORD, _application_of, _scoped, plant_in
from tests.database import Databases
from tests.decisions.recruiting import office
from tests.everything import rows
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

TOLD, GONE = "2029-06-02T09:00", "2029-06-17T09:00"  # the stage has postponed one to 1 June
_OFFSETS = (0, 2, 18)  # where a seal begins: at once, after a generation, after a generation and a key's id


def plant_in_people(side: Side, people: set[UUID]) -> set[str]:
    """A word in every column and file that is about these people; returns the words."""
    planted: set[str] = set()
    with side.world.writing(side.scope) as session:
        for model in _scoped():
            if issubclass(model, AuthorityRow):
                continue
            found = session.scalars(select(model).where(model.party_id == side.world.party)).all()
            about = [row for row in found if _about(session, row) in people]
            planted |= plant_in(session, model, about) if about else set()
        for kept in session.scalars(select(KeptFile).where(KeptFile.ad_id == side.done.id)):
            session.delete(kept)
    with side.world.acting(side.scope):
        keep_now(side.done.id, clock.now())  # as it would have been kept with these words in it
    return {*planted, "gralarka-document-blob", "gralarka-document-text-blob", "gralarka-page-picture-blob"}


def _about(session: object, row: object) -> UUID | None:
    try:
        return _application_of(session, row)  # type: ignore[arg-type]
    except AttributeError:
        return None


def all_keys(app: Flask) -> list[bytes]:
    """Every key that somebody with all of this machine has: the installation's, the controllers', the applications'."""
    with app.app_context():
        keyring = the_vault().keyring
        keys = [key for _, key in keyring.keys]
        for row in db.session.scalars(select(ControllerKey)):
            keys.append(keyring.unwrap(row.wrapped, belongs_to=f"controller_key|{row.controller_id}"))
        for application_id, controller_id, *_ in the_vault().key_store.rows():
            keys.append(
                open_application_key(db.session, application_id=application_id, controller_id=controller_id).raw
            )
    return keys


def opened(sealed: bytes, keys: list[bytes]) -> Iterator[bytes]:
    """All that a value could say under any of the keys."""
    yield sealed
    for offset in {*_OFFSETS, sealed.find(b":", 0, 40) + 1}:
        if sealed[offset : offset + 1] == b"\x01" and len(sealed) > offset + 29:
            nonce, text = sealed[offset + 1 : offset + 13], sealed[offset + 13 : -16]
            for key in keys:
                counter = modes.CTR(nonce + (2).to_bytes(4, "big"))
                yield Cipher(algorithms.AES(key), counter).decryptor().update(text)


def heard(app: Flask, settings: Settings, databases: Databases, words: set[str], *files: Path) -> set[str]:
    """Which of the words can be found, in the database, the blobs, the folder as it lies there, or these files."""
    keys, found = all_keys(app), set()
    values = [value for _, row in rows(settings, databases) for value in row.values() if value is not None]
    with app.app_context():
        values += [the_vault().blobs.get(name) for name, _ in the_vault().blobs.names() if not name.endswith(".part")]
    folder = [path for path in settings.instance_path.rglob("*") if path.is_file()]
    values += [path.read_bytes() for path in (*folder, *files)]
    wanted = {word.encode() for word in words}
    for value in values:
        sealed = value if isinstance(value, bytes) else str(value).encode()
        for said in opened(sealed, keys):
            if WORD.encode() in said:  # each of them begins so
                found |= {word for word in wanted - found if word in said}
    return {word.decode() for word in found}


def answer_who_asked(side: Side) -> None:
    """The one of them who has asked for a copy has the answer, and whoever asked for records of the authority's that nobody
    has chosen yet asks no more: nobody goes before that."""
    assert side.own_request is not None
    actor, said = office(side.world, side.world.party), "Kopian har du fått."
    with side.world.writing(side.scope) as session:
        assert answer(session, request_id=side.own_request, result=Result.DONE, text=said, actor=actor, at=clock.now())
    with side.world.writing(scope.authority(side.world.authority)) as session:
        chosen = select(CoveredRecord.id).where(CoveredRecord.request_id == DisclosureRequest.id).exists()
        for row in session.scalars(select(DisclosureRequest).where(DisclosureRequest.ended_at.is_(None), ~chosen)):
            row.state, row.ended_at = Asked.TAKEN_BACK, clock.now()


def end_and_let_go(side: Side, set_clock: Callable[[str], datetime]) -> Gone:
    """The recruitment under review is broken off, the other ends, and the holds are lifted; two years pass. Of an authority's
    somebody has said from which day it is counted, and that nobody appealed against the employment."""
    about: dict[str, Actor] = {"actor": office(side.world, side.world.party)}
    with side.world.writing(side.scope) as session:
        for ad in session.scalars(select(Ad).where(Ad.id.in_((side.closed.ad.id, side.done.id)))):
            ad.state, ad.ended_at, by_authority = AdState.ENDED, clock.now(), ad.employer == "authority"
    if by_authority:
        at, assigned = set_clock("2027-01-18T09:00"), {**about, "at": clock.now()}
        with side.world.writing(side.scope) as session:
            assert say_start(session, ad_id=side.closed.ad.id, day=at.date(), basis="Beslutet att avbryta", **assigned)
            assert side.employment and confirm_no_appeal(
                session, on=at.date(), employment_id=side.employment, **assigned
            )
    with side.world.writing(side.scope) as session:
        for hold in session.scalars(select(LegalHold)).all():
            lift_hold(session, ad_id=hold.ad_id, hold_id=hold.id, at=clock.now(), **about)
    gone = Gone()
    for instant in (TOLD, GONE):
        at = set_clock(instant)
        with side.world.app.app_context():
            gone += carry_out_due(at)
    run_rounds(side.world.app)
    return gone


@pytest.mark.slow
@pytest.mark.proof(
    "Det som är raderat är borta, också ur en äldre säkerhetskopia.",
    how="words planted in all that is about people, where a party employs and where its region does, are looked for, sealed "
    "values tried with every key there is, in database, files, folder, backup and an older backup with to-day's keys",
    short={},
    full={},
)
@pytest.mark.parametrize("employer", ["party", "authority"])
def test_two_years_later_nothing_of_anybody_is_left_here_or_in_an_older_backup(
    proof: Proof, world: World, settings: Settings, databases: Databases, set_clock: Callable[[str], datetime],
    tmp_path: Path, employer: str,
) -> None:  # fmt: skip
    side, _rival = set_stage(world, set_clock, employer=employer)
    hired, *others = side.sent_done
    people = {one.id for one in (*others, *side.closed.sent)}
    answer_who_asked(side)
    words = plant_in_people(side, people)
    old, new, keys = (tmp_path / name for name in ("old.backup", "new.backup", "keys.backup"))
    with world.app.app_context():
        take_backup(old, at=clock.now())
    before = heard(world.app, settings, databases, words)
    assert before == words and len(words) >= 20, words - before
    kept = world.browser(world.kansli).get(f"/arbete/rekryteringar/{side.done.id}/beslutsakt-sparad.json")
    read = kept.get_data(as_text=True)
    assert "gralarka-outcome-reason-sealed" in read and hired.name in read

    # nothing of the rival's goes: it has ended none of its recruitments, and somebody waits for word in each
    gone = Gone(disposed=len(people)) if employer == "authority" else Gone(erased=len(people))
    assert end_and_let_go(side, set_clock) == replace(gone, told=2)
    with world.app.app_context():
        take_backup(new, at=clock.now())
        take_keys(keys, at=clock.now())
    left = heard(world.app, settings, databases, words, new, keys)
    with empty_machine(settings, databases, tmp_path / "second") as second, running(second) as put_back:
        restore_backup(old, at=clock.now())
        at_first = heard(put_back, second, databases, words)
        restore_keys(keys, at=clock.now())
        run_rounds(put_back)
        afterwards = heard(put_back, second, databases, words)
    proof.came_to(
        words=len(words), found_before=len(before), left=len(left), in_older_backup=len(at_first | afterwards)
    )
    assert (left, at_first, afterwards) == (set(), set(), set())
    _counts_remain(side, people, hired.id, "disposed" if employer == "authority" else "erased")


def _counts_remain(side: Side, people: set[UUID], hired: UUID, verb: str) -> None:
    with side.world.acting(side.scope) as session:
        erased = session.scalars(select(Application).where(Application.id.in_(people))).all()
        assert {row.id for row in erased} == people and {row.state for row in erased} == {"disposed"}
        assert session.get_one(Application, hired).name_sealed is not None
        lines = session.scalars(select(AuditLine).where(AuditLine.verb == f"application.{verb}")).all()
    assert people <= {line.object_id for line in lines}
    assert {line.reason for line in lines} == {""}
    answer = side.world.browser(side.world.kansli).get(f"/arbete/rekryteringar/{side.done.id}/beslutsakt-sparad.json")
    assert answer.status_code == 200
    assert len(json.loads(answer.data)["candidates"]) == 3
