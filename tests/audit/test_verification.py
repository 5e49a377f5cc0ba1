"""What the chain shows by itself, what only kept heads show, and what is left of a program from before the seal."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from sqlalchemy import delete, select, text

from portal import clock, scope
from portal.audit.commands import audit
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.audit.verification import CHANGED, CUT, Chain, broken_lines, verify
from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from tests.audit.bending import HEAD, LINE, Bender, owner_of, past_the_triggers
from tests.database import POSTGRESQL
from tests.world import World


def add(world: World, lines: int, chain: UUID = PLATFORM_CHAIN) -> None:
    with world.writing(scope.PLATFORM) as session:
        for number in range(lines):
            record(session, chain=chain, at=clock.now(), actor=SYSTEM, verb=f"test.{number}")


def command(world: World, *arguments: str) -> Result:
    return world.app.test_cli_runner().invoke(audit, arguments)


def broken(world: World) -> list[str]:
    with world.app.app_context():
        return list(broken_lines())


def cut_and_set_back(settings: Settings, head: dict[str, object]) -> None:
    """The lines after an older head are taken away, and that head put in the present one's place."""
    with owner_of(settings) as owner, past_the_triggers(owner) as connection:
        connection.execute(delete(LINE).where(LINE.c.number > head["count"]))
        connection.execute(HEAD.update().values(head))


def test_whole_chains_are_counted(world: World) -> None:
    add(world, 3)
    add(world, 2, world.party)
    told = command(world, "verify")
    assert (told.exit_code, told.stdout) == (0, "2 kedjor, 5 rader: alla är hela.\n")


def test_a_head_set_back_to_an_older_one_is_seen_by_heads_that_were_kept(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    add(world, 3)
    with world.app.app_context(), owner_of(settings) as owner, owner.connect() as connection:
        older = dict(connection.execute(select(HEAD)).mappings().one())
    add(world, 2)
    kept = tmp_path / "heads"
    kept.write_text(command(world, "heads").stdout)
    assert command(world, "verify", "--heads", str(kept)).exit_code == 0
    cut_and_set_back(settings, older)
    assert command(world, "verify").exit_code == 0, "nothing inside the database can show this"
    told = command(world, "verify", "--heads", str(kept))
    assert (told.exit_code, told.stdout) == (1, f"kedja {PLATFORM_CHAIN}: rad 4 {CUT}\n")
    add(world, 4)
    told = command(world, "verify", "--heads", str(kept))
    assert (told.exit_code, told.stdout.split()[3]) == (1, "5")


def test_a_chain_that_is_gone_is_seen_by_heads_that_were_kept(world: World, settings: Settings, tmp_path: Path) -> None:
    add(world, 2, world.party)
    (tmp_path / "heads").write_text(command(world, "heads").stdout)
    with owner_of(settings) as owner, past_the_triggers(owner) as connection:
        connection.execute(delete(LINE))
        connection.execute(delete(HEAD))
    told = command(world, "verify", "--heads", str(tmp_path / "heads"))
    assert (told.exit_code, told.stdout) == (1, f"kedja {world.party}: rad 1 {CUT}\n")


def test_a_genuine_line_of_another_history_is_found_by_the_one_that_follows(world: World, settings: Settings) -> None:
    add(world, 3)
    with owner_of(settings) as owner, owner.connect() as connection:
        older = dict(connection.execute(select(HEAD)).mappings().one())
    add(world, 2)
    with owner_of(settings) as owner, owner.connect() as connection:
        fourth = Bender(connection, None).line(PLATFORM_CHAIN, 4)  # type: ignore[arg-type]
    cut_and_set_back(settings, older)
    add(world, 2)
    assert broken(world) == []
    with owner_of(settings) as owner, past_the_triggers(owner) as connection:
        connection.execute(delete(LINE).where(LINE.c.number == 4))
        connection.execute(LINE.insert().values(fourth))
    assert broken(world) == [f"kedja {PLATFORM_CHAIN}: rad 5 {CHANGED}"]


def test_kept_heads_tell_the_seal_to_nobody(world: World, settings: Settings) -> None:
    add(world, 1)
    with owner_of(settings) as owner, owner.connect() as connection:
        seal = connection.scalar(select(HEAD.c.seal))
    assert seal is not None
    assert seal.hex() not in command(world, "heads").stdout


def test_a_file_that_is_no_heads_is_told_of(world: World, tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("nonsense\n")
    told = command(world, "verify", "--heads", str(tmp_path / "heads"))
    assert "rad 1" in str(told.exception)


def test_a_cut_is_not_healed_by_the_lines_that_follow(world: World, settings: Settings) -> None:
    add(world, 5)
    with owner_of(settings) as owner, past_the_triggers(owner) as connection:
        bender = Bender(connection, None)  # type: ignore[arg-type]
        connection.execute(delete(LINE).where(LINE.c.number > 2))
        bender.head(PLATFORM_CHAIN, count=2, last_hash=bender.line(PLATFORM_CHAIN, 2)["hash"], sealed_count=2)
    assert len(broken(world)) == 1
    add(world, 3)
    assert broken(world) == [f"kedja {PLATFORM_CHAIN}: rad 6 {CUT}"]


def test_lines_of_a_program_from_before_the_seal_are_taken_in(world: World, settings: Settings) -> None:
    add(world, 4)
    with owner_of(settings) as owner, owner.connect() as connection:
        older = dict(connection.execute(select(HEAD)).mappings().one())
    add(world, 2)
    with owner_of(settings) as owner, owner.begin() as connection:
        connection.execute(HEAD.update().values(seal=older["seal"], sealed_count=older["sealed_count"]))
    assert broken(world) == []
    add(world, 1)
    assert broken(world) == []
    with owner_of(settings) as owner, owner.connect() as connection:
        assert connection.scalar(select(HEAD.c.sealed_count)) == 7


def test_the_migration_seals_what_is_there_and_changes_no_line(world: World, settings: Settings) -> None:
    add(world, 3)
    add(world, 2, world.party)
    with owner_of(settings) as owner, owner.connect() as connection:
        before = connection.execute(select(LINE).order_by(LINE.c.id)).all(), connection.execute(select(HEAD)).all()
    with world.app.app_context():
        downgrade(revision="0001")
        upgrade()
    with owner_of(settings) as owner, owner.connect() as connection:
        after = connection.execute(select(LINE).order_by(LINE.c.id)).all(), connection.execute(select(HEAD)).all()
    assert (after[0], sorted(after[1])) == (before[0], sorted(before[1]))
    assert broken(world) == []


@pytest.mark.skipif(POSTGRESQL, reason="PostgreSQL's columns hold nothing but their own type")
@pytest.mark.parametrize("change", ["at = 'igår'", "object_id = 'x'", "hash = 'x'", "chain_id = 'x'", "number = 'x'"])
def test_a_value_that_cannot_be_read_is_named_and_no_crash(world: World, settings: Settings, change: str) -> None:
    add(world, 4)
    with owner_of(settings) as owner, past_the_triggers(owner) as connection:
        connection.execute(text(f"UPDATE audit_line SET {change} WHERE number = 3"))
    assert broken(world) == [f"kedja {PLATFORM_CHAIN}: rad 3 {CHANGED}"]


def test_a_chain_longer_than_a_page_is_walked_to_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.audit.verification._PAGE", 3)
    add(world, 10)
    with world.app.app_context():
        assert list(verify()) == [Chain(PLATFORM_CHAIN, 10)]
