"""Each record has its own number in one unbroken series: given as it arrives, never twice, and none is skipped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.applications.models import Application
from portal.db import db
from portal.disclosure.models import RequestRecord
from portal.disclosure.requests import Outcome
from portal.documents.models import Document
from portal.documents.services import add_document, remove_document, seal_letter
from portal.operations.schema import downgrade, upgrade
from portal.organisations.models import RetentionRule
from portal.register.kinds import Kind
from portal.register.models import ArrivalCounter, RegisterEntry
from portal.register.services import enter_in_register
from portal.vault.services import open_application_key
from tests.applicants import Sent, send_applications
from tests.applications.paper import apply
from tests.disclosure.asking import decide, note
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
MANY = 12


def entries(world: World) -> list[RegisterEntry]:
    with world.acting(scope.authority(world.authority)) as session:
        return list(session.scalars(select(RegisterEntry).order_by(RegisterEntry.register_number)))


def numbered(world: World) -> list[tuple[int, str]]:
    return [(row.register_number, row.kind) for row in entries(world)]


def test_form_and_each_file_arrive_with_numbers_of_their_own(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    rows = entries(world)
    with world.acting(scope.party(world.party)) as session:
        application = session.scalars(select(Application)).one()
        files = {row.id: row.slot for row in session.scalars(select(Document))}
        assert {row.entered_at for row in rows} == {application.submitted_at}
        assert application.arrival_number == 1
    assert [(row.register_number, row.kind) for row in rows] == [
        (1, "application"), (2, "cv"), *((n, kind) for n, kind in enumerate(["letter"] * ("letter" in files.values()), 3)),
    ]  # fmt: skip
    assert {row.document_id: row.kind for row in rows if row.document_id} == files
    assert len(rows) == 1 + len(files) >= 2


def test_what_a_party_employs_for_takes_no_number(world: World, client: FlaskClient) -> None:
    apply(client, publish_ad(world, employer="party"))
    send_applications(world, publish_ad(world, employer="party"), 1, start=3)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(RegisterEntry)).all() == []
        assert session.get(ArrivalCounter, world.authority) is None


def test_a_later_change_has_the_next_number_and_the_file_it_replaces_leaves_its_own(world: World) -> None:
    one, _other = send_applications(world, publish_ad(world), 2)
    with world.writing(scope.candidate(one.id)) as session:
        application = session.get_one(Application, one.id)
        key = open_application_key(session, application_id=one.id, controller_id=application.controller_id)
        remove_document(session, session.get_one(Document, one.document))
        sealed = seal_letter("Rättat brev", name="Brev", key=key)
        changed = add_document(session, owner=application, slot="letter", sealed=sealed, at=clock.now()).id
    assert numbered(world) == [(1, "application"), (2, "cv"), (3, "application"), (4, "cv"), (5, "letter")]
    assert [row.document_id for row in entries(world)][1] == one.document
    assert entries(world)[4].document_id == changed


def test_many_that_arrive_at_once_leave_no_gap_though_some_never_do(world: World) -> None:
    sent = send_applications(world, publish_ad(world), MANY)
    together = Barrier(MANY)

    def arrive(place: int) -> None:
        together.wait()
        try:
            with world.writing(scope.candidate(sent[place].id)) as session:
                application = session.get_one(Application, sent[place].id)
                enter_in_register(
                    session,
                    owner=application,
                    records=[(Kind.LETTER, uuid4()), (Kind.ATTACHMENT, uuid4())],
                    at=clock.now(),
                )
                if place % 3 == 0:
                    raise ConnectionError
        except ConnectionError:
            return

    with ThreadPoolExecutor(MANY) as hands:
        list(hands.map(arrive, range(MANY)))
    whole = 2 * MANY + 2 * (MANY - MANY // 3)
    assert [number for number, _kind in numbered(world)] == list(range(1, whole + 1))
    owners: dict[UUID, list[int]] = {}
    for row in entries(world)[2 * MANY :]:
        owners.setdefault(row.application_id, []).append(row.register_number)
    assert all(second == first + 1 for first, second in owners.values()), "what arrives together stands together"


def test_files_that_were_there_before_get_the_numbers_after_the_last(world: World, set_clock: Clock) -> None:
    send_applications(world, publish_ad(world), 2)
    send_applications(world, publish_ad(world, employer="party"), 1, start=4)
    with world.app.app_context():
        downgrade(revision="0019")
        upgrade()
        assert db.session.get_one(ArrivalCounter, world.authority).last_number == 6
        db.session.rollback()
    assert numbered(world) == [(1, "application"), (3, "application"), (5, "cv"), (6, "cv")]


def test_requests_that_were_there_before_get_the_numbers_after_the_last_and_rules_stay(
    world: World, sent: Sent
) -> None:
    """0029: the oldest first, each followed by its decision; the words of a rule are there after the way down and up."""
    with world.writing(scope.authority(world.authority)) as session:
        first, second = note(session, world), note(session, world)
        decide(session, world, first, "Finns inte.", Outcome.REFUSED)
    with world.app.app_context():
        rules = retention_rules(db.session)
        db.session.rollback()
        downgrade(revision="0023")
        upgrade()
        rows = db.session.scalars(select(RequestRecord).order_by(RequestRecord.register_number)).all()
        kinds = {(row.request_id, row.kind) for row in rows}
        assert kinds == {(first, "request"), (first, "decision"), (second, "request")}
        assert [row.register_number for row in rows] == [6, 7, 8], "a number that was given is never given again"
        assert retention_rules(db.session) == rules != []
        db.session.rollback()


def retention_rules(session: Session) -> list[tuple[object, ...]]:
    rows = select(RetentionRule.party_id, RetentionRule.months, RetentionRule.basis).order_by(RetentionRule.id)
    return [tuple(row) for row in session.execute(rows)]


@pytest.mark.parametrize("column", ["register_number", "document_id"])
def test_no_number_and_no_file_stands_there_twice(world: World, column: str) -> None:
    send_applications(world, publish_ad(world), 1)
    _form, cv = entries(world)
    same = {"register_number": 7, "document_id": uuid4(), column: getattr(cv, column)}
    walls = {name: getattr(cv, name) for name in ("party_id", "authority_id", "controller_id", "application_id")}
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        session.add(RegisterEntry(**walls, **same, with_authority=True, kind="cv", entered_at=clock.now()))
