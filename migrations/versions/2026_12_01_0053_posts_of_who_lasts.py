"""The post of whoever had turned permanent by their last day (LAS 5 a §) is claimed until something ends the employment.

Why: programs before 1 December 2026 let it go at the paper's end, and what was recorded by them followed only when the
employment was next changed, while the page of the change of mandate said that it is counted. Nothing is claimed for a shorter
time than before; of an authority's, which turns permanent by no law, nothing changes, nor where a notice, an earlier last
day or a calling off is what ends it. Done once more it changes nothing. No table changes, so a program from before goes on.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

WALLED = ("employment", "employment_act", "claim", "claim_source")
DAYS = {"starts_on": sa.Date(), "ends_on": sa.Date(), "permanent_on": sa.Date()}
EMPLOYMENTS = sa.text(
    "SELECT id, renews_id, starts_on, ends_on, permanent_on, stands_in, never_began FROM employment WHERE employer = 'party'"
).columns(id=sa.Uuid(), renews_id=sa.Uuid(), stands_in=sa.Boolean(), never_began=sa.Boolean(), **DAYS)
ACTS = sa.text(
    "SELECT employment_id, number, kind, takes_back FROM employment_act WHERE employer = 'party' ORDER BY number"
).columns(employment_id=sa.Uuid())
CLAIMS = sa.text(
    "SELECT claim.id, claim.ends_on, claim_source.employment_id FROM claim JOIN claim_source "
    "ON claim_source.claim_id = claim.id WHERE claim_source.employment_id IS NOT NULL AND claim.ends_on IS NOT NULL"
).columns(id=sa.Uuid(), ends_on=sa.Date(), employment_id=sa.Uuid())
CLAIM = sa.table("claim", sa.column("id", sa.Uuid()), sa.column("ends_on", sa.Date()))
STAND_IN_TIME = timedelta(days=2 * 365)
Row = Mapping[str, Any]


def upgrade() -> None:
    _force_walls("NO FORCE")
    connection = op.get_bind()
    rows: dict[UUID, Row] = {row["id"]: dict(row) for row in connection.execute(EMPLOYMENTS).mappings()}
    ended = _ended(connection.execute(ACTS).mappings())
    until = _held_until(rows, ended)
    moved = [
        {"which": claim["id"], "until": until[claim["employment_id"]]}
        for claim in connection.execute(CLAIMS).mappings().all()
        if claim["employment_id"] in until and _is_later(until[claim["employment_id"]], claim["ends_on"])
    ]
    if moved:
        put = sa.update(CLAIM).where(CLAIM.c.id == sa.bindparam("which")).values(ends_on=sa.bindparam("until"))
        connection.execute(put, moved)
    _force_walls("FORCE")


def downgrade() -> None:
    """What is claimed stays: a program from before reads that no end is known, as of whoever is there until further notice."""


def _held_until(rows: Mapping[UUID, Row], ended: set[UUID]) -> dict[UUID, date | None]:
    """Of those who go on past their last day: None while nothing ends it, else the day before what renews it begins."""
    after = {row["renews_id"]: row for row in rows.values() if row["renews_id"] and not row["never_began"]}
    found: dict[UUID, date | None] = {}
    for id, row in rows.items():
        if row["ends_on"] is None or row["never_began"] or id in ended or not _has_turned(row, rows, ended):
            continue
        found[id] = after[id]["starts_on"] - timedelta(days=1) if id in after else None
    return found


def _has_turned(row: Row, rows: Mapping[UUID, Row], ended: set[UUID]) -> bool:
    """Whether it, or what it goes on from, renewal after renewal, was permanent by its last day."""
    if _turned(row):
        return True
    while (former := rows.get(row["renews_id"])) is not None and former["id"] not in ended:
        if _turned(former):
            return True
        row = former
    return False


def _turned(row: Row) -> bool:
    turns = row["permanent_on"]
    if turns is not None and row["stands_in"] and row["renews_id"] is None:
        turns = row["starts_on"] + STAND_IN_TIME  # what is stored may have been counted otherwise
    return turns is not None and row["ends_on"] is not None and turns <= row["ends_on"] and not row["never_began"]


def _ended(acts: Iterable[Row]) -> set[UUID]:
    """The employments that a notice or an earlier last day ends, by what stands of their acts."""
    of_each: dict[UUID, list[Row]] = {}
    for act in acts:
        of_each.setdefault(act["employment_id"], []).append(act)
    return {id for id, acts in of_each.items() if _is_ended(acts)}


def _is_ended(acts: list[Row]) -> bool:
    gone, ended = {act["takes_back"] for act in acts}, False
    for act in acts:
        if act["number"] in gone or act["kind"] == "taken_back":
            continue
        if act["kind"] == "extension":
            ended = False
        elif act["kind"] in ("notice", "early_end"):
            ended = True
    return ended


def _is_later(until: date | None, ends: date) -> bool:
    return until is None or until > ends


def _force_walls(force: str) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if op.get_bind().dialect.name == "postgresql":
        for table in WALLED:
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")
