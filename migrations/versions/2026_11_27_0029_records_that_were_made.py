"""What an authority makes are records too: numbers of requests and decisions, what an assessment says, the minutes; what
the machine suggests to mask; and how long an employer keeps applications is said in one place.

Why: a request for records and the decision on it stood outside the series they are about (TF 2:9-10, OSL 5:1). An assessment
had its number and could not be opened, for what it was made from is the panel's: from now on it is frozen when the matter
closes, and so are the minutes. The words of a retention rule stood in two columns beside the table of rules, and could say
another thing than it.

Requests that are there get the numbers after the authority's last, in the order in which they were noted, each followed by
its decision's; words that are in no rule become one, from the day their employer was added, where none is older. A program
from before this reads the columns that go, so web and worker are restarted together.
"""

import re
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
OF_BOTH = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "only_of_what_the_authority_employs_for": "with_authority",
}
OF_CASE = {"numbered_from_one": "register_number >= 1", "known_kind": "kind IN ('minutes')"}
OF_REQUEST = {"numbered_from_one": "register_number >= 1", "known_kind": "kind IN ('request', 'decision')"}
WORDS = {"authority": "disposal_decision", "party": "retention_rule"}  # the columns that go
USUAL_MONTHS = 24
REQUEST = sa.table(
    "disclosure_request", *(sa.column(name, sa.Uuid()) for name in ("id", "authority_id")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("came_at", "noted_at", "decided_at")),
)  # fmt: skip
NUMBERED = sa.table(
    "request_record", *(sa.column(name, sa.Uuid()) for name in ("id", "authority_id", "request_id")),
    sa.column("register_number", sa.Integer()), sa.column("kind", sa.String()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
)  # fmt: skip
COUNTER = sa.table("arrival_counter", sa.column("id", sa.Uuid()), sa.column("last_number", sa.Integer()))
RULE = sa.table(
    "retention_rule", *(sa.column(name, sa.Uuid()) for name in ("id", "party_id", "authority_id")),
    sa.column("months", sa.Integer()), sa.column("basis", sa.String()), sa.column("valid_from", sa.Date()),
    sa.column("said_at", sa.DateTime(timezone=True)),
)  # fmt: skip


def upgrade() -> None:
    _made_record()
    _case_record()
    op.add_column("disclosure_request", sa.Column("diary_number", sa.String(), server_default="", nullable=False))
    op.add_column("covered_record", sa.Column("looked_sealed", sa.LargeBinary(), nullable=True))
    _request_record()
    _number_requests()
    _one_place_for_rules()


def downgrade() -> None:
    _two_places_for_rules()
    op.drop_table("request_record")
    op.drop_column("covered_record", "looked_sealed")
    op.drop_column("disclosure_request", "diary_number")
    op.drop_table("case_record")
    op.drop_table("made_record")


def _made_record() -> None:
    table = "made_record"
    op.create_table(
        table,
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        *_scope(table, {}),
        sa.ForeignKeyConstraint(
            ["party_id", "entry_id"], ["register_entry.party_id", "register_entry.id"],
            name=op.f(f"fk_{table}_party_id_entry_id"),
        ),
        _within_party(table, "application"),
        sa.UniqueConstraint("party_id", "entry_id", name=op.f(f"uq_{table}_party_id_entry_id")),
    )  # fmt: skip
    _shut(table, "application_id", "party_id")


def _case_record() -> None:
    table = "case_record"
    op.create_table(
        table,
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        *_scope(table, OF_CASE),
        _within_party(table, "ad"),
        sa.UniqueConstraint("authority_id", "register_number", name="case_record_number_once"),
        sa.UniqueConstraint("party_id", "ad_id", "kind", name=op.f(f"uq_{table}_party_id_ad_id_kind")),
    )
    _shut(table, "party_id")


def _request_record() -> None:
    table = "request_record"
    op.create_table(
        table,
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in OF_REQUEST.items()),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["request_id"], ["disclosure_request.id"], name=op.f(f"fk_{table}_request_id")),
        sa.UniqueConstraint("authority_id", "register_number", name="request_record_number_once"),
        sa.UniqueConstraint("request_id", "kind", name=op.f(f"uq_{table}_request_id_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _shut(table: str, *indexed: str) -> None:
    for column in indexed:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(table, None):
            op.execute(statement)


def _scope(table: str, rules: dict[str, str]) -> list[sa.Column[Any] | sa.Constraint]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in {**OF_BOTH, **rules}.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _within_party(table: str, to: str) -> sa.Constraint:
    name = op.f(f"fk_{table}_party_id_{to}_id")
    return sa.ForeignKeyConstraint(["party_id", f"{to}_id"], [f"{to}.party_id", f"{to}.id"], name=name)


def _number_requests() -> None:
    connection = op.get_bind()
    last = {row.id: row.last_number for row in connection.execute(sa.select(COUNTER))}
    known = set(last)
    for row in connection.execute(sa.select(REQUEST).order_by(REQUEST.c.noted_at, REQUEST.c.id)).all():
        for kind, at in (("request", row.came_at), ("decision", row.decided_at)):
            if at is not None:
                number = last[row.authority_id] = last.get(row.authority_id, 0) + 1
                connection.execute(sa.insert(NUMBERED).values(
                    id=uuid.uuid4(), authority_id=row.authority_id, request_id=row.id, register_number=number, kind=kind,
                    entered_at=at,
                ))  # fmt: skip
    for id, number in last.items():
        said = sa.update(COUNTER).where(COUNTER.c.id == id) if id in known else sa.insert(COUNTER)
        connection.execute(said.values(id=id, last_number=number))


def _one_place_for_rules() -> None:
    connection = op.get_bind()
    for owner, column in WORDS.items():
        table = sa.table(
            owner, sa.column("id", sa.Uuid()), sa.column(column, sa.String()),
            sa.column("created_at", sa.DateTime(timezone=True)),
        )  # fmt: skip
        said = sa.select(RULE.c.id).where(RULE.c[f"{owner}_id"] == table.c.id)
        silent = sa.select(table).where(table.c[column] != "", ~said.exists())
        for id, basis, at in connection.execute(silent).all():
            connection.execute(RULE.insert().values(
                id=uuid.uuid4(), **{f"{owner}_id": id}, months=_months_in(basis), basis=basis, valid_from=at.date(), said_at=at,
            ))  # fmt: skip
        op.drop_column(owner, column)


def _two_places_for_rules() -> None:
    """The words of the rule said last."""
    for owner, column in WORDS.items():
        op.add_column(owner, sa.Column(column, sa.String(), server_default="", nullable=False))
        last = f"SELECT basis FROM retention_rule WHERE {owner}_id = {owner}.id ORDER BY said_at DESC, valid_from DESC LIMIT 1"
        op.execute(f"UPDATE {owner} SET {column} = coalesce(({last}), '')")
        if op.get_bind().dialect.name == "postgresql":
            op.alter_column(owner, column, server_default=None)


def _months_in(words: str) -> int:
    found = re.search(r"\b(\d{1,3}) månad", words)
    months = int(found.group(1)) if found else USUAL_MONTHS
    return months if 1 <= months <= 120 else USUAL_MONTHS
