"""The letterbox: what a candidate and the office write to each other on the private link; how an application came that the
office registers for somebody; and who stands behind a code name.

Why: a candidate could ask nothing and change nothing after the last day but by telephone, and the office never knew whether
its words had arrived; what came by post stood outside the case; and whoever lives under protected identity could not apply
here at all. Four new tables and a column of parties, all empty; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0022"
down_revision = "0026"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
RULES = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "known_sender": "sender IN ('candidate', 'office')",
    "somebody_writes_for_the_office": "(sender = 'office') = (written_by IS NOT NULL)",
    "settled_by_somebody": "(settled_at IS NULL) = (settled_by IS NULL)",
    "only_the_candidates_is_settled": "settled_at IS NULL OR sender = 'candidate'",
    "opened_once_written": "opened_at IS NULL OR opened_at >= written_at",
}


INTAKE = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "known_way": "way IN ('post', 'mail', 'hand')",
    "known_consent": "consent IN ('', 'form', 'letter')",
    "consent_on_a_day": "(consent = '') = (consented_on IS NULL)",
    "form_with_its_paper": "(consent = 'form') = (form_sealed IS NOT NULL)",
    "finished_by_somebody": "(finished_at IS NULL) = (finished_by IS NULL)",
    "a_party_has_consent": "finished_at IS NULL OR consent <> '' OR controller_id = authority_id",
}
IDENTITY = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "paper_with_its_name": "(paper_sealed IS NULL) = (paper_name_sealed IS NULL)",
    "never_with_the_authority": "NOT with_authority",
}
OPENING = {name: IDENTITY[name] for name in ("controller_is_party_or_authority", "authority_sees_only_its_own")}
READER = "identity_reader_id CHAR(32) CONSTRAINT fk_party_identity_reader_id REFERENCES person (id)"
INDEXES = {
    "message": ("application_id", "party_id"),
    "intake": ("ad_id", "party_id"),
    "protected_identity": ("application_id", "ad_id", "party_id"),
    "identity_opening": ("identity_id", "party_id"),
}
OWN = {"message": "application_id", "intake": None, "protected_identity": "application_id", "identity_opening": None}  # the candidate's column


def upgrade() -> None:
    _message()
    _intake()
    _identity()
    _opening()
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"ALTER TABLE party ADD COLUMN {READER.replace('CHAR(32)', 'UUID') if postgresql else READER}")
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if postgresql:
        for table, candidate_column in OWN.items():
            for statement in statements(table, candidate_column):
                op.execute(statement)


def downgrade() -> None:
    for table in reversed(OWN):
        op.drop_table(table)
    op.execute("ALTER TABLE party DROP COLUMN identity_reader_id")


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        _instant("written_at", nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        _instant("opened_at"),
        _instant("settled_at"),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("arrival_number", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        *_scope("message"),
        *_rules("message", RULES),
        _within_party("message", "application"),
        *_by_persons("message", "written_by", "settled_by"),
        sa.UniqueConstraint("authority_id", "arrival_number", name="message_number_once"),
    )


def _intake() -> None:
    op.create_table(
        "intake",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        _instant("begun_at", nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("form_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("form_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("finished_by", sa.Uuid(), nullable=True),
        _instant("finished_at"),
        *_scope("intake"),
        *_rules("intake", INTAKE),
        _within_party("intake", "application", ondelete="CASCADE"),
        _within_party("intake", "ad"),
        *_by_persons("intake", "begun_by", "finished_by"),
        sa.UniqueConstraint("party_id", "application_id", name=op.f("uq_intake_party_id_application_id")),
    )


def _identity() -> None:
    op.create_table(
        "protected_identity",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("code_name", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("paper_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_name_sealed", sa.LargeBinary(), nullable=True),
        _instant("made_at", nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        *_scope("protected_identity"),
        *_rules("protected_identity", IDENTITY),
        _within_party("protected_identity", "application"),
        _within_party("protected_identity", "ad"),
        *(_unique("protected_identity", *columns) for columns in (("id",), ("application_id",), ("ad_id", "code_name"))),
    )


def _opening() -> None:
    op.create_table(
        "identity_opening",
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        _instant("opened_at", nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        *_scope("identity_opening"),
        *_rules("identity_opening", OPENING),
        sa.ForeignKeyConstraint(
            ["party_id", "identity_id"],
            ["protected_identity.party_id", "protected_identity.id"],
            name=op.f("fk_identity_opening_party_id_identity_id"),
            ondelete="CASCADE",
        ),
        *_by_persons("identity_opening", "opened_by"),
    )


def _unique(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint("party_id", *columns, name=op.f(f"uq_{table}_party_id_{'_'.join(columns)}"))


def _instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _scope(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _rules(table: str, rules: dict[str, str]) -> list[sa.Constraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in rules.items()]


def _within_party(table: str, to: str, ondelete: str | None = None) -> sa.Constraint:
    columns, name = ["party_id", f"{to}_id"], op.f(f"fk_{table}_party_id_{to}_id")
    return sa.ForeignKeyConstraint(columns, [f"{to}.party_id", f"{to}.id"], name=name, ondelete=ondelete)


def _by_persons(table: str, *columns: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}")) for column in columns
    ]
