"""Upgrades of a database that is full: what any version wrote is there at the newest, whatever stops the way there."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from portal.revisions import known_revisions
from tests.backups.machines import running, sqlite_machine
from tests.database import Databases
from tests.everything import past_the_walls
from tests.proofs.around import wait_until
from tests.proofs.filling import Filler
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.proofs.survival import altered, broken_rules, contents, lost
from tests.proofs.test_upgrade_killed import is_at_work, state, tables_of_each_version
from tests.proofs.versions import Version, version_of

# What migrations are known to write anew in rows that were there.
REWRITTEN: Final = {
    ("panel_member", "leads"),  # 0006: of two who lead the first
    ("arrival_counter", "last_number"),  # 0025 and 0029: files and requests have numbers too
    ("claim", "ends_on"),  # 0053: of who has turned permanent
}


@pytest.mark.proof(
    "Det som någon äldre version har skrivit finns kvar ordagrant efter en uppgradering, i varje tabell.",
    how="at each version rows of every table it has, of shapes that its own checks allow, at the first with ten thousand "
    "applications; after each upgrade every row and every column that lives on is compared, and keys and checks tried",
    short={"versions": 5, "applications": 12, "more": 4, "shapes": 4},
    full={"versions": 1000, "applications": 10_000, "more": 200, "shapes": 6},
)
def test_what_each_version_wrote_is_whole_at_the_newest(
    proof: Proof, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    chosen = _chosen(proof.size("versions"))
    gone, other, faults, seconds = 0, [], [], {}
    _up(settings, chosen[0], from_the_bottom=True)
    with _versions(settings, tmp_path / "empty", chosen) as versions, _filling(settings, databases) as engine:
        filler = Filler(engine, seed=len(versions))
        for revision, following in zip(chosen, [*chosen[1:], "head"], strict=True):
            size = proof.size("applications" if revision == chosen[0] else "more")
            filler.fill(versions[revision], shapes=proof.size("shapes"), applications=size)
            before = contents(engine)
            engine.dispose()
            seconds[following] = _up(settings, following)
            after = contents(engine, of=before)
            gone += lost(before, after)
            other += [f"{following}: {one}" for one in altered(before, after, but=REWRITTEN)]
            faults += broken_rules(engine)
        rows = contents(engine).rows
    proof.came_to(
        versions=len(chosen), rows=rows, lost=gone, altered=len(other), broken_rules=len(faults),
        tables_left_empty=len(filler.empty), seconds=round(sum(seconds.values()), 1),
        slowest_step=max(seconds, key=lambda one: seconds[one]), slowest_seconds=round(max(seconds.values()), 1),
    )  # fmt: skip
    assert (gone, other, faults) == (0, [], [])
    assert filler.empty == set()


@pytest.mark.proof(
    "En uppgradering av en full databas som dör gång på gång går vidare där den var, och ingenting har gått förlorat.",
    how="ten thousand applications at the first version, and kill -9 on `portal db upgrade` again and again on its way; "
    "each leaves a whole version, and at the newest every row and column that lives on is compared",
    short={"kills": 2, "applications": 60, "shapes": 4},
    full={"kills": 30, "applications": 10_000, "shapes": 6},
)
def test_a_full_database_killed_again_and_again_on_its_way_is_whole(
    proof: Proof, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    first, half, passed = known_revisions()[-1], 0, []
    with running(settings) as app:
        whole_at = tables_of_each_version(app, settings)
    _up(settings, first, from_the_bottom=True)
    with (
        _versions(settings, tmp_path / "empty", [first]) as versions,
        _filling(settings, databases) as engine,
        living(settings, log=tmp_path / "log") as portal,
    ):
        Filler(engine, seed=1).fill(
            versions[first], shapes=proof.size("shapes"), applications=proof.size("applications")
        )
        before = contents(engine)
        engine.dispose()
        for number in range(proof.size("kills")):
            at = state(settings)[0]
            portal._start("upgrade", "db", "upgrade")
            wait_until(partial(is_at_work, settings, since=at), seconds=60)
            time.sleep(random.random() * 0.05 * (number + 1))
            with suppress(ProcessLookupError):
                portal.kill("upgrade")
            version, tables = state(settings)
            passed.append(str(version))
            half += tables != whole_at[version]
            if version == known_revisions()[0]:
                break
        begun = time.monotonic()
        ended = portal.portal("db", "upgrade").returncode
        seconds = time.monotonic() - begun
        after = contents(engine, of=before)
        gone, other, faults = lost(before, after), altered(before, after, but=REWRITTEN), broken_rules(engine)
    proof.came_to(
        kills=len(passed), versions_killed_at=len(set(passed)), left_half=half, rows=before.rows, lost=gone,
        altered=len(other), broken_rules=len(faults), last_run_seconds=round(seconds, 1),
    )  # fmt: skip
    assert (ended, half) == (0, 0)
    assert (gone, other, faults) == (0, [], [])
    assert state(settings) == (known_revisions()[0], whole_at[known_revisions()[0]])


def _chosen(number: int) -> list[str]:
    """The first, the last but one, and so many between as make the number; all where there are fewer."""
    known = list(reversed(known_revisions()))[:-1]
    step = max(1, -(-len(known) // number))
    return sorted({*known[::step], known[-1]}, key=known.index)


@contextmanager
def _versions(settings: Settings, folder: Path, chosen: list[str]) -> Iterator[dict[str, Version]]:
    """What each of them has, told by an empty SQLite database at that version."""
    with sqlite_machine(settings, folder) as machine:
        engine, found = sa.create_engine(machine.database_url), {}
        for revision in chosen:
            _up(machine, revision)
            found[revision] = version_of(engine, revision)
        engine.dispose()
        yield found


@contextmanager
def _filling(settings: Settings, databases: Databases) -> Iterator[sa.Engine]:
    """The database for whom no wall applies, with every rule of its own in force."""
    engine = past_the_walls(settings, databases)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _with_keys)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    yield engine
    engine.dispose()


def _with_keys(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin too late for a savepoint
    connection.execute("PRAGMA foreign_keys=ON")


def _up(settings: Settings, revision: str, *, from_the_bottom: bool = False) -> float:
    """Seconds that it took."""
    with running(settings):
        if from_the_bottom:
            downgrade(revision="base")
        begun = time.monotonic()
        upgrade(revision=revision)
        return time.monotonic() - begun
