"""What who assesses blind is shown: code names, pages with boxes burnt in, typed texts with names covered.

Why: a blind review needs papers that do not tell who sent them, approved by the office before anybody opens them. Nothing
there is changes: no review is blind before this.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
INDEXES = {
    "masking": ("ad_id", "party_id"),
    "masked_page": ("application_id", "document_id", "party_id"),
    "masked_text": ("application_id", "party_id"),
}
OWN = {"masking": None, "masked_page": "application_id", "masked_text": "application_id"}  # the candidate's column
APPROVED = "(approved_at IS NULL) = (approved_by IS NULL)"


def upgrade() -> None:
    _masking()
    _masked_page()
    _masked_text()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    if op.get_bind().dialect.name == "postgresql":
        for table, candidate_column in OWN.items():
            for statement in statements(table, candidate_column):
                op.execute(statement)


def downgrade() -> None:
    for table in ("masked_text", "masked_page", "masking"):
        op.drop_table(table)


def _masking() -> None:
    op.create_table(
        "masking",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("code_name", sa.String(), nullable=False),
        _instant("suggested_at"),
        *_approval("masking"),
        sa.CheckConstraint(
            "approved_at IS NULL OR suggested_at IS NOT NULL", name=op.f("ck_masking_approved_after_suggested")
        ),
        _reference("masking", "ad"),
        _reference("masking", "application"),
        *_scope("masking"),
        _unique("masking", "application_id"),
        _unique("masking", "ad_id", "code_name"),
    )


def _masked_page() -> None:
    op.create_table(
        "masked_page",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        *_approval("masked_page"),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=True),
        sa.Column("text_blob", sa.String(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_masked_page_pages_from_one")),
        sa.CheckConstraint(
            "blob IS NULL OR approved_at IS NOT NULL", name=op.f("ck_masked_page_burnt_as_approved")
        ),
        sa.CheckConstraint(
            "text_blob IS NULL OR blob IS NOT NULL", name=op.f("ck_masked_page_text_with_its_picture")
        ),
        _reference("masked_page", "document"),
        *_scope("masked_page"),
        _unique("masked_page", "document_id", "number"),
    )


def _masked_text() -> None:
    op.create_table(
        "masked_text",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        *_approval("masked_text"),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        _reference("masked_text", "application"),
        *_scope("masked_text"),
        _unique("masked_text", "application_id", "place"),
    )


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _approval(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        _instant("approved_at"),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(APPROVED, name=op.f(f"ck_{table}_approved_by_somebody")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f(f"fk_{table}_approved_by")),
    ]


def _scope(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)", name=op.f(f"ck_{table}_controller_is_party_or_authority")
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id", name=op.f(f"ck_{table}_authority_sees_only_its_own")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _reference(table: str, to: str) -> sa.Constraint:
    columns = ["party_id", f"{to}_id"]
    name = op.f(f"fk_{table}_party_id_{to}_id")
    return sa.ForeignKeyConstraint(columns, [f"{to}.party_id", f"{to}.id"], name=name)


def _unique(table: str, *columns: str) -> sa.Constraint:
    whole = ("party_id", *columns)
    return sa.UniqueConstraint(*whole, name=op.f(f"uq_{table}_{'_'.join(whole)}"))
