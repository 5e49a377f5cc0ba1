"""How the database finds what a page of a recruitment asks of each candidate: by an index, and never all there is."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import event

from portal.db import db
from tests.review.panel import panel_of
from tests.world import World


def test_what_is_asked_of_each_candidate_is_looked_up_and_not_searched_for(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    if not _is_sqlite(world):
        pytest.skip("SQLite says how it will go about it before it knows how much there is; PostgreSQL looks first")
    panel = panel_of(world, set_clock, world.gunnel, applications=1)
    panel.declare(world.gunnel)
    asked: list[tuple[str, object]] = []
    with panel.as_person(world.gunnel) as (session, _case):
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda _c, _u, said, given, *_: asked.append((said, given)))
    with panel.as_person(world.gunnel) as (session, _case):
        said, given = next(one for one in asked if "FROM application LEFT OUTER JOIN masking" in one[0])
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given)  # type: ignore[arg-type]
        steps = [row[3] for row in rows]
    assert not [step for step in steps if step.startswith("SCAN")], steps
    for table, columns in (
        ("application", "party_id=? AND ad_id=?"),
        ("conflict_answer", "panel_member_id=? AND application_id=?"),
        ("deciding_answer", "person_id=? AND application_id=?"),
        ("requirement_decision", "party_id=? AND application_id=?"),
    ):
        ways = [step for step in steps if step.startswith(f"SEARCH {table} ")]
        assert ways and all(columns in way for way in ways), ways


def _is_sqlite(world: World) -> bool:
    with world.app.app_context():
        return db.engine.dialect.name == "sqlite"
