"""How long applications are kept: each employer's rules with the day from which they hold, and what people say of a case.

Why: the words of a rule stood in two columns without months or days, and nothing was ever destroyed by them. What is there
becomes each employer's first rule, from the day it was added; the columns keep the words, and a program from before this
goes on working. Holds and postponements are new, and empty.
"""

import re
import uuid

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0023"
down_revision = "0024"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
USUAL_MONTHS = 24
OF_BOTH = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
}


def _together(first: str, *rest: str) -> str:
    return " AND ".join(f"({first} IS NULL) = ({one} IS NULL)" for one in rest)


CHECKS = {
    "retention_rule": {
        "of_one_employer": "(party_id IS NULL) <> (authority_id IS NULL)",
        "months_in_range": "months BETWEEN 1 AND 120",
        "rests_on_something": "length(basis) > 0",
    },
    "retention_case": {
        **OF_BOTH,
        "start_said_by_somebody": _together("starts_on", "start_said_by", "start_said_at"),
        "postponed_by_somebody": _together("postponed_to", "postponed_by", "postponed_at"),
        "postponed_with_a_reason": "postponed_reason_sealed IS NOT NULL OR postponed_to IS NULL",
        "start_with_its_basis": "start_basis_sealed IS NOT NULL OR starts_on IS NULL",
        "told_on_a_day": _together("told_of", "told_at"),
    },
    "legal_hold": {**OF_BOTH, "lifted_by_somebody": _together("lifted_at", "lifted_by")},
}
INDEXES = {
    "retention_rule": ("party_id", "authority_id"),
    "retention_case": ("ad_id", "party_id"),
    "legal_hold": ("ad_id", "party_id"),
}
HOLDS = {
    "one_hold_of_a_recruitment": ("ad_id", "lifted_at IS NULL AND application_id IS NULL"),
    "one_hold_of_a_candidate": ("application_id", "lifted_at IS NULL AND application_id IS NOT NULL"),
}


def upgrade() -> None:
    _rule()
    _case()
    _hold()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for name, (column, where) in HOLDS.items():
        op.create_index(
            name, "legal_hold", ["party_id", column], unique=True,
            sqlite_where=sa.text(where), postgresql_where=sa.text(where),
        )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("retention_case", "legal_hold"):
            for statement in statements(table, None):
                op.execute(statement)
    _carry_over()


def downgrade() -> None:
    for table in ("legal_hold", "retention_case", "retention_rule"):
        op.drop_table(table)


def _carry_over() -> None:
    """The words there are, with the months they name, or the usual ones."""
    rule = sa.table(
        "retention_rule", *(sa.column(name, sa.Uuid()) for name in ("id", "party_id", "authority_id")),
        sa.column("months", sa.Integer()), sa.column("basis", sa.String()), sa.column("valid_from", sa.Date()),
        sa.column("said_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    for owner, words in (("party", "retention_rule"), ("authority", "disposal_decision")):
        table = sa.table(
            owner, sa.column("id", sa.Uuid()), sa.column(words, sa.String()),
            sa.column("created_at", sa.DateTime(timezone=True)),
        )
        rows = connection.execute(sa.select(table).where(table.c[words] != "")).all()
        for id, basis, at in rows:
            connection.execute(rule.insert().values(
                id=uuid.uuid4(), **{f"{owner}_id": id}, months=_months_in(basis), basis=basis, valid_from=at.date(), said_at=at,
            ))


def _months_in(words: str) -> int:
    found = re.search(r"\b(\d{1,3}) månad", words)
    months = int(found.group(1)) if found else USUAL_MONTHS
    return months if 1 <= months <= 120 else USUAL_MONTHS


def _rule() -> None:
    table = "retention_rule"
    op.create_table(
        table,
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *_checks(table),
        *_to(table, party_id="party", authority_id="authority", said_by="person"),
    )


def _case() -> None:
    table = "retention_case"
    op.create_table(
        table,
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("start_basis_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("start_said_by", sa.Uuid(), nullable=True),
        sa.Column("start_said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_to", sa.Date(), nullable=True),
        sa.Column("postponed_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("postponed_by", sa.Uuid(), nullable=True),
        sa.Column("postponed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_of", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        *_scope(table),
        *_checks(table),
        *_within_party(table, ad_id="ad"),
        *_to(table, start_said_by="person", postponed_by="person"),
        sa.UniqueConstraint("party_id", "ad_id", name=op.f(f"uq_{table}_party_id_ad_id")),
    )


def _hold() -> None:
    table = "legal_hold"
    op.create_table(
        table,
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        *_scope(table),
        *_checks(table),
        *_within_party(table, ad_id="ad", application_id="application"),
        *_to(table, set_by="person", lifted_by="person"),
    )


def _scope(table: str) -> list[sa.Column | sa.PrimaryKeyConstraint]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _checks(table: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in CHECKS[table].items()]


def _to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")) for column, to in columns.items()
    ]


def _within_party(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["party_id", column], [f"{to}.party_id", f"{to}.id"], name=op.f(f"fk_{table}_party_id_{column}")
        )
        for column, to in columns.items()
    ]
