"""Each record of the authority's has a number of its own; the case has its diary number; requests are answered.

Why: an application had one number, and its CV, letter and attachments none, though each is a record that has arrived
(TF 2:9, OSL 5:1). An application keeps the number it has, on its form; the files that came with it get the numbers that
follow the authority's last, in the order of their applications: a number that was given is never given to anything else. A
program from before this, still running, lets applications arrive without lines for them, so web and worker are restarted
together.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements, statements_of_authority

revision = "0025"
down_revision = "0022"
branch_labels = None
depends_on = None

OF_BOTH = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
}
OF_ENTRY = {
    "numbered_from_one": "register_number >= 1",
    "only_of_what_the_authority_employs_for": "with_authority",
    "known_kind": "kind IN ('application', 'cv', 'letter', 'attachment', 'change', 'message_in', 'message_out', 'assessment')",
    "a_file_where_it_is_one": "(document_id IS NULL) = (kind IN ('application', 'assessment'))",
}
OF_DIARY = {
    "only_of_what_the_authority_employs_for": "with_authority",
    "says_a_number": "length(diary_number) BETWEEN 1 AND 60",
}
OF_COVERED = {
    "only_of_what_the_authority_employs_for": "with_authority",
    "known_answer": "handed_out IN ('', 'oppen', 'maskad', 'hemlig')",
    "reviewed_by_somebody": "(handed_out = '') = (reviewed_by IS NULL) AND (handed_out = '') = (reviewed_at IS NULL)",
    "protected_is_never_handed_out_whole": "NOT protected OR handed_out <> 'oppen'",
}
OF_REQUEST = {
    "known_state": "state IN ('mottagen', 'beslutad', 'besvarad', 'aterkallad')",
    "known_outcome": "outcome IN ('', 'helt', 'delvis', 'avslag')",
    "decided_by_somebody_in_words": "(decided_at IS NULL) = (outcome = '') AND (decided_at IS NULL) = (decided_by IS NULL)"
    " AND (decided_at IS NULL) = (decision_sealed IS NULL)",
    "answered_as_decided": "state NOT IN ('beslutad', 'besvarad') OR decided_at IS NOT NULL",
    "ended_when_it_has": "(ended_at IS NULL) = (state IN ('mottagen', 'beslutad'))",
}
WALLS = {"party_id": sa.Uuid, "authority_id": sa.Uuid, "controller_id": sa.Uuid, "with_authority": sa.Boolean}
APPLICATION = sa.table(
    "application",
    sa.column("id", sa.Uuid()),
    sa.column("arrival_number", sa.Integer()),
    sa.column("submitted_at", sa.DateTime(timezone=True)),
    *(sa.column(name, kind()) for name, kind in WALLS.items()),
)
DOCUMENT = sa.table(
    "document",
    sa.column("id", sa.Uuid()),
    sa.column("application_id", sa.Uuid()),
    sa.column("slot", sa.String()),
    sa.column("with_authority", sa.Boolean()),
)
ENTRY = sa.table(
    "register_entry",
    sa.column("id", sa.Uuid()),
    sa.column("application_id", sa.Uuid()),
    sa.column("document_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("register_number", sa.Integer()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
    *(sa.column(name, kind()) for name, kind in WALLS.items()),
)
COUNTER = sa.table("arrival_counter", sa.column("id", sa.Uuid()), sa.column("last_number", sa.Integer()))
BATCH = 1000
READ = ("application", "document")


def upgrade() -> None:
    _register_entry()
    _case_diary()
    _disclosure_request()
    _covered_record()
    _number_what_is_there()
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements("register_entry", "application_id"):
            op.execute(statement)
        for table in ("case_diary", "covered_record"):
            for statement in statements_of_authority(table):
                op.execute(statement)


def downgrade() -> None:
    for table in ("covered_record", "disclosure_request", "case_diary", "register_entry"):
        op.drop_table(table)


def _register_entry() -> None:
    table = "register_entry"
    op.create_table(
        table,
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        *_scope(table, OF_ENTRY),
        _within_party(table, "application"),
        _unique(table, "party_id", "id"),
        _unique(table, "party_id", "document_id"),
        sa.UniqueConstraint("authority_id", "register_number", name="register_number_once"),
    )
    for column in ("application_id", "party_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _case_diary() -> None:
    table = "case_diary"
    op.create_table(
        table,
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("diary_number", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *_scope(table, OF_DIARY),
        _within_party(table, "ad"),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f(f"fk_{table}_written_by")),
    )
    for column in ("ad_id", "party_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _disclosure_request() -> None:
    table = "disclosure_request"
    op.create_table(
        table,
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_by", sa.String(), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asker_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in OF_REQUEST.items()),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f(f"fk_{table}_authority_id")),
        *_by_persons(table, "noted_by", "decided_by"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_authority_id"), table, ["authority_id"])


def _covered_record() -> None:
    table = "covered_record"
    op.create_table(
        table,
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("handed_out", sa.String(), nullable=False),
        sa.Column("protected", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("marks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        *_scope(table, OF_COVERED),
        sa.ForeignKeyConstraint(["request_id"], ["disclosure_request.id"], name=op.f(f"fk_{table}_request_id")),
        sa.ForeignKeyConstraint(
            ["party_id", "entry_id"],
            ["register_entry.party_id", "register_entry.id"],
            name=op.f(f"fk_{table}_party_id_entry_id"),
        ),
        _within_party(table, "application"),
        *_by_persons(table, "reviewed_by"),
        _unique(table, "party_id", "request_id", "entry_id"),
    )
    for column in ("party_id", "request_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _by_persons(table: str, *columns: str) -> list[sa.Constraint]:
    return [sa.ForeignKeyConstraint([one], ["person.id"], name=op.f(f"fk_{table}_{one}")) for one in columns]


def _scope(table: str, rules: dict[str, str]) -> list[sa.Column | sa.Constraint]:
    return [
        *(sa.Column(name, kind(), nullable=False) for name, kind in WALLS.items()),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in {**OF_BOTH, **rules}.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _within_party(table: str, to: str) -> sa.Constraint:
    name = op.f(f"fk_{table}_party_id_{to}_id")
    return sa.ForeignKeyConstraint(["party_id", f"{to}_id"], [f"{to}.party_id", f"{to}.id"], name=name)


def _unique(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _number_what_is_there() -> None:
    """In order of arrival. Within this transaction the owner reaches every party's rows; else it would find none."""
    connection = op.get_bind()
    _force_walls("NO FORCE")
    last = {row.id: row.last_number for row in connection.execute(sa.select(COUNTER))}
    found = sa.select(APPLICATION, DOCUMENT.c.id.label("document_id"), DOCUMENT.c.slot).outerjoin(
        DOCUMENT, sa.and_(DOCUMENT.c.application_id == APPLICATION.c.id, DOCUMENT.c.with_authority)
    )
    in_order = sa.case({"cv": 0, "letter": 1, "attachment": 2}, value=DOCUMENT.c.slot)
    came = found.where(APPLICATION.c.arrival_number.is_not(None)).order_by(
        APPLICATION.c.authority_id, APPLICATION.c.arrival_number, in_order, DOCUMENT.c.id
    )
    entries: dict[object, dict[str, object]] = {}
    for row in connection.execute(came).mappings().all():
        entries.setdefault(row["id"], _entry(row, row["arrival_number"], "application", None))
        if row["document_id"] is not None:
            last[row["authority_id"]] += 1
            entries[row["document_id"]] = _entry(row, last[row["authority_id"]], row["slot"], row["document_id"])
    made = list(entries.values())
    for start in range(0, len(made), BATCH):
        connection.execute(sa.insert(ENTRY), made[start : start + BATCH])
    for id, number in last.items():
        connection.execute(sa.update(COUNTER).where(COUNTER.c.id == id).values(last_number=number))
    _force_walls("FORCE")


def _entry(row: Any, number: int, kind: str, document_id: object) -> dict[str, object]:
    return {
        "id": uuid4(),
        **{name: row[name] for name in WALLS},
        "application_id": row["id"],
        "document_id": document_id,
        "kind": kind,
        "register_number": number,
        "entered_at": row["submitted_at"],
    }


def _force_walls(force: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in READ:
            op.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")
