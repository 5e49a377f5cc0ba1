"""The audit chain: added to, never changed, and every change found."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from portal import clock, scope
from portal.audit import services
from portal.audit.models import AuditHead, AuditLine
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record, record_reading
from portal.audit.verification import broken_lines
from portal.config import Settings
from portal.db import unit_of_work
from tests.counting import statements
from tests.world import World


def _add(world: World, lines: int) -> None:
    for number in range(lines):
        with world.writing(scope.PLATFORM) as session:
            record(
                session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb=f"test.{number}", object_id=uuid4()
            )


def test_a_whole_chain_has_nothing_to_tell(world: World) -> None:
    _add(world, 5)
    with world.acting(scope.PLATFORM) as session:
        assert list(broken_lines()) == []
        assert session.get_one(AuditHead, PLATFORM_CHAIN).count == 5


def test_a_line_cannot_be_changed_or_deleted_by_the_application(world: World, settings: Settings) -> None:
    _add(world, 1)
    engine = create_engine(settings.database_url)
    for statement in ("UPDATE audit_line SET verb = 'x'", "DELETE FROM audit_line"):
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "mutation",
    [
        "UPDATE audit_line SET verb = 'something.else' WHERE number = 2",
        "UPDATE audit_line SET actor = 'person:x' WHERE number = 3",
        "DELETE FROM audit_line WHERE number = 2",
        "DELETE FROM audit_line WHERE number = 3",
        "UPDATE audit_head SET count = 2",
    ],
)
def test_a_mutation_by_whoever_owns_the_database_is_found(world: World, settings: Settings, mutation: str) -> None:
    _add(world, 3)
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        _without_triggers(connection)
        connection.execute(text(mutation))
    engine.dispose()
    with world.acting(scope.PLATFORM):
        assert len(list(broken_lines())) == 1


def _without_triggers(connection: object) -> None:
    run = connection.execute  # type: ignore[attr-defined]
    if connection.dialect.name == "sqlite":  # type: ignore[attr-defined]
        run(text("DROP TRIGGER audit_line_never_changed"))
        run(text("DROP TRIGGER audit_line_never_deleted"))
    else:
        run(text("ALTER TABLE audit_line DISABLE TRIGGER audit_line_unchanging"))


def test_a_reading_is_logged_even_if_the_page_then_fails(world: World) -> None:
    with world.app.app_context():
        record_reading(chain=world.party, at=clock.now(), actor=SYSTEM, verb="papers.read", object_id=uuid4())
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(AuditHead, world.party).count == 1


def test_a_failed_unit_of_work_leaves_no_line(world: World) -> None:
    with pytest.raises(SQLAlchemyError), world.writing(scope.PLATFORM) as session:
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="x")
        session.execute(text("SELECT nothing FROM nowhere"))
    with world.acting(scope.PLATFORM) as session:
        assert session.get(AuditHead, PLATFORM_CHAIN) is None


def test_lines_are_written_last_by_chain_in_the_order_in_which_they_were_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chains, held, lock = sorted((world.party, world.authority, PLATFORM_CHAIN)), [], services._locked_head
    monkeypatch.setattr(services, "_locked_head", lambda session, chain: held.append(chain) or lock(session, chain))
    with world.writing(scope.PLATFORM) as session, statements(world.app) as asked:
        for verb in ("first", "second"):
            for chain in reversed(chains):
                record(session, chain=chain, at=clock.now(), actor=SYSTEM, verb=verb)
        assert asked == []
    assert held == chains, "in one order, whoever writes in several"
    with world.acting(scope.PLATFORM) as session:
        for chain in chains:
            lines = select(AuditLine.verb).where(AuditLine.chain_id == chain).order_by(AuditLine.number)
            assert list(session.scalars(lines)) == ["first", "second"]
        assert list(broken_lines()) == []


def test_of_what_was_let_go_no_line_comes_along_with_the_next_thing(world: World) -> None:
    with world.acting(scope.PLATFORM) as session:
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="undone")
        session.rollback()
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="closed")
        session.close()
        with unit_of_work():
            record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="done")
        assert list(session.scalars(select(AuditLine.verb))) == ["done"]


def test_in_a_savepoint_nothing_is_recorded_and_around_one_it_is(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="before")
        with session.begin_nested(), pytest.raises(RuntimeError, match="taken back"):
            record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="within")
        with session.begin_nested() as savepoint:
            savepoint.rollback()
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="after")
    with world.acting(scope.PLATFORM) as session:
        assert list(session.scalars(select(AuditLine.verb).order_by(AuditLine.number))) == ["before", "after"]


def test_what_is_done_is_not_committed_once_its_line_could_not_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OSError("no room")

    with world.acting(scope.PLATFORM) as session:
        record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="x")
        with monkeypatch.context() as patch:
            patch.setattr(services, "_locked_head", broken)
            with pytest.raises(OSError, match="no room"):
                session.commit()
        with pytest.raises(RuntimeError, match="not committed without"):
            session.commit()
        session.rollback()
        session.commit()
        assert session.get(AuditHead, PLATFORM_CHAIN) is None


def test_a_session_that_reads_within_anothers_transaction_records_nothing(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        with scope.reading_for(scope.PLATFORM, within=session) as reading, pytest.raises(RuntimeError, match="within"):
            record(reading, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="x")
