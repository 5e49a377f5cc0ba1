"""The acts that change when an employment ends, and what a party says of other offices beside the post.

Why: an employment could be recorded and then neither extended nor ended early. Each act is a row of its own with its own
limit; on the employment stands the limit of the extension that its end rests on, where there is one, and the constraint
of KL 4:33 reads that one. No employment has an act before this, so every stored end is tried as before. A program from
before this migration goes on working: it knows no act, and the new columns may be empty or have a default.

SQLite cannot change a constraint, and a batch would lose the CHECKs: there the table is made anew from its own text.
"""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from portal.row_security import statements

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "employment_act"
SCOPE = ("party_id", "authority_id", "controller_id")
LIMIT = "coalesce(extended_latest_end, limit_latest_end)"
# name: as it was, as it is
OF_EMPLOYMENT = {
    "kl_4_33_ends_within_limit": (
        "employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end)",
        f"employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= {LIMIT})",
    ),
    "policy_passed_with_a_reason": (
        "employer <> 'party' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end) OR length(policy_lifted_reason) > 0",
        f"employer <> 'party' OR (ends_on IS NOT NULL AND ends_on <= {LIMIT}) OR length(policy_lifted_reason) > 0",
    ),
}
OF_PARTY = ("group_leader_policy", "elected_policy")
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "known_employer": "employer IN ('authority', 'party')",
    "employer_is_controller": "(employer = 'authority') = (controller_id = authority_id)",
    "kl_4_33_ends_within_its_own_limit": (
        "employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end)"
    ),
    "kl_4_33_reference_is_the_earlier_day": (
        "limit_reference <= decided_on AND limit_reference <= starts_on AND limit_reference <= limit_election "
        "AND limit_election <= limit_latest_end"
    ),
    "policy_passed_with_a_reason": OF_EMPLOYMENT["policy_passed_with_a_reason"][0],
    "an_extension_goes_on_from_the_end": (
        "kind <> 'extension' OR (previous_ends_on IS NOT NULL AND starts_on > previous_ends_on "
        "AND decided_on <= previous_ends_on AND (ends_on IS NULL OR ends_on >= starts_on))"
    ),
    "an_early_end_comes_before_the_end": (
        "kind <> 'early_end' OR (ends_on IS NOT NULL AND ends_on >= starts_on "
        "AND (previous_ends_on IS NULL OR ends_on < previous_ends_on))"
    ),
    "a_notice_never_lengthens": (
        "kind <> 'notice' OR (ends_on IS NOT NULL AND ends_on >= starts_on AND ends_on >= decided_on "
        "AND (previous_ends_on IS NULL OR ends_on <= previous_ends_on))"
    ),
    "known_kind": "kind IN ('recorded', 'extension', 'early_end', 'notice', 'taken_back')",
    "begins_with_what_was_recorded": "number >= 0 AND (kind = 'recorded') = (number = 0)",
    "notice_by_somebody": (
        "(kind = 'notice') = (notice_by IS NOT NULL) AND (notice_by IS NULL OR notice_by IN ('employer', 'employee'))"
    ),
    "months_and_release_of_a_notice": "(notice_months IS NULL AND released IS NULL) OR kind = 'notice'",
    "notice_in_months": "notice_months IS NULL OR notice_months BETWEEN 1 AND 24",
    "takes_back_a_former_act": (
        "(kind = 'taken_back') = (takes_back IS NOT NULL) "
        "AND (takes_back IS NULL OR (takes_back >= 1 AND takes_back < number))"
    ),
}
TAKEN_BACK = "uq_employment_act_taken_back_once"


def upgrade() -> None:
    op.create_table(TABLE, *_columns(), *_keys(), *_checks())
    for column in ("employment_id", "party_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(op.f(TAKEN_BACK), TABLE, ["party_id", "employment_id", "takes_back"], unique=True)
    op.add_column("employment", sa.Column("extended_latest_end", sa.Date(), nullable=True))
    for name, (former, new) in OF_EMPLOYMENT.items():
        _replace(name, former, new)
    for column in OF_PARTY:
        known = f"CHECK ({column} IN ('allow', 'warn', 'forbid'))"
        op.execute(
            f"ALTER TABLE party ADD COLUMN {column} VARCHAR DEFAULT 'warn' NOT NULL CONSTRAINT ck_party_known_{column} {known}"
        )
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, None):
            op.execute(statement)


def downgrade() -> None:
    """The program from before knows no act: each employment ends as it was recorded."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _force_walls("NO FORCE", on_postgresql)
    first = "FROM employment_act a WHERE a.employment_id = employment.id AND a.number = 0"
    op.execute(
        f"UPDATE employment SET ends_on = (SELECT a.ends_on {first}), extended_latest_end = NULL, "
        f"policy_lifted_reason = (SELECT a.policy_lifted_reason {first}) WHERE EXISTS (SELECT 1 {first})"
    )
    _force_walls("FORCE", on_postgresql)
    for name, (former, new) in OF_EMPLOYMENT.items():
        _replace(name, new, former)
    op.drop_column("employment", "extended_latest_end")
    for column in reversed(OF_PARTY):
        if on_postgresql:
            op.execute(f"ALTER TABLE party DROP CONSTRAINT ck_party_known_{column}")
        op.execute(f"ALTER TABLE party DROP COLUMN {column}")
    op.drop_table(TABLE)


def _force_walls(force: str, on_postgresql: bool) -> None:
    """Within this transaction the tables' owner reaches every party's rows; else it would find none, without a word."""
    if on_postgresql:
        for table in ("employment", TABLE):
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")


def _replace(name: str, former: str, new: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection, "employment", name, new)
        return
    op.drop_constraint(op.f(f"ck_employment_{name}"), "employment", type_="check")
    op.create_check_constraint(op.f(f"ck_employment_{name}"), "employment", new)


def _make_anew(connection: Connection, table: str, name: str, check: str) -> None:
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (table,)).scalars()
    changed = _with_check(text, f"CONSTRAINT ck_{table}_{name} CHECK ", check)
    if changed == text:
        return
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (table,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}_new")
    connection.exec_driver_sql(re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {table}_new", changed))
    connection.exec_driver_sql(f"INSERT INTO {table}_new SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in beside:
        connection.exec_driver_sql(statement)


def _with_check(text: str, before: str, check: str) -> str:
    """The table's text with another check where ``before`` stands, up to the bracket that closes the present one."""
    begins = text.index(before) + len(before)
    depth, ends = 0, begins
    for ends in range(begins, len(text)):
        depth += {"(": 1, ")": -1}.get(text[ends], 0)
        if depth == 0:
            break
    return f"{text[:begins]}({check}){text[ends + 1 :]}"


def _columns() -> list[sa.Column]:
    return [
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "employer")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("decided_on", "starts_on")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("previous_ends_on", "ends_on")),
        *(
            sa.Column(name, sa.Date(), nullable=False)
            for name in ("limit_reference", "limit_election", "limit_latest_end")
        ),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("limit_rule", "limit_article", "policy_lifted_reason")),
        sa.Column("permanent_on", sa.Date(), nullable=True),
        sa.Column("notice_by", sa.String(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("released", sa.Boolean(), nullable=True),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def _keys() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "employment_id", "number", name=op.f(f"uq_{TABLE}_once_each")),
        sa.ForeignKeyConstraint(
            ["party_id", "employment_id"],
            ["employment.party_id", "employment.id"],
            name=op.f(f"fk_{TABLE}_party_id_employment_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f(f"fk_{TABLE}_recorded_by")),
    ]


def _checks() -> list[sa.Constraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{TABLE}_{name}")) for name, text in CHECKS.items()]
