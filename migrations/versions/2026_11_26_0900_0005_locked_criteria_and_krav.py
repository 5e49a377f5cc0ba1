"""Krav and merits of a published ad are locked in the database, and a decision of krav has a table.

Why: candidates are judged by what the ad said and by nothing else, so a weight that changes after somebody has been
judged by it must be impossible, not only refused by a page. What is published already is locked as of then. A program
from before this migration, still running, can publish; its criteria are locked when it is published anew.

`requirement_decision` keeps that a candidate falls on one krav or goes on in spite of it: a person's decision.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIXED = ("id", "party_id", "ad_id", "position", "kind", "judged", "text", "explanation", "weight", "locked_at")
SAID = "ad_criterion_locked: krav and merits of a published ad never change"
OVER = "state IN ('withdrawn', 'ended')"  # what is over may be disposed of

SQLITE = {
    "ad_criterion_locked_insert": "BEFORE INSERT ON ad_criterion WHEN NEW.locked_at IS NULL AND EXISTS "
    "(SELECT 1 FROM ad WHERE ad.id = NEW.ad_id AND ad.party_id = NEW.party_id AND ad.published_at IS NOT NULL)",
    "ad_criterion_locked_update": "BEFORE UPDATE ON ad_criterion WHEN OLD.locked_at IS NOT NULL AND NOT ("
    + " AND ".join(f"NEW.{name} IS OLD.{name}" for name in FIXED)
    + ")",
    "ad_criterion_locked_delete": "BEFORE DELETE ON ad_criterion WHEN OLD.locked_at IS NOT NULL AND NOT EXISTS "
    f"(SELECT 1 FROM ad WHERE ad.id = OLD.ad_id AND ad.{OVER})",
}
POSTGRESQL = (
    f"""CREATE FUNCTION ad_criterion_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.locked_at IS NULL AND EXISTS (
      SELECT 1 FROM ad WHERE ad.id = NEW.ad_id AND ad.party_id = NEW.party_id AND ad.published_at IS NOT NULL) THEN
      RAISE EXCEPTION '{SAID}';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.locked_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ad WHERE ad.id = OLD.ad_id AND ad.{OVER}) THEN
      RAISE EXCEPTION '{SAID}';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.locked_at IS NOT NULL AND ({", ".join(f"NEW.{name}" for name in FIXED)})
     IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in FIXED)}) THEN
    RAISE EXCEPTION '{SAID}';
  END IF;
  RETURN NEW;
END $$""",
    "CREATE TRIGGER ad_criterion_locked BEFORE INSERT OR UPDATE OR DELETE ON ad_criterion "
    "FOR EACH ROW EXECUTE FUNCTION ad_criterion_locked()",
)
STANDING = "one_standing_decision_per_krav"
NOT_TAKEN_BACK = "taken_back_at IS NULL"


def upgrade() -> None:
    op.add_column("ad_criterion", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    _lock_what_is_published()
    for statement in _shutting():
        op.execute(statement)
    _make_decisions()


def downgrade() -> None:
    op.drop_table("requirement_decision")
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER ad_criterion_locked ON ad_criterion")
        op.execute("DROP FUNCTION ad_criterion_locked()")
    op.drop_column("ad_criterion", "locked_at")


def _shutting() -> tuple[str, ...]:
    if op.get_bind().dialect.name != "sqlite":
        return POSTGRESQL
    return tuple(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SAID}'); END" for name, when in SQLITE.items())


def _lock_what_is_published() -> None:
    """Row level security is forced on the owner too, who therefore sees no row: for this one statement it is not."""
    walled = () if op.get_bind().dialect.name == "sqlite" else ("ad", "ad_criterion")
    for table in walled:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE ad_criterion SET locked_at = (SELECT published_at FROM ad WHERE ad.id = ad_criterion.ad_id)")
    for table in walled:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _make_decisions() -> None:
    op.create_table(
        "requirement_decision",
        sa.Column("ad_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=False),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.CheckConstraint("result IN ('faller', 'gar_vidare')", name=op.f("ck_requirement_decision_known_result")),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by IS NULL)",
            name=op.f("ck_requirement_decision_taken_back_by_somebody"),
        ),
        sa.CheckConstraint(
            "taken_back_at IS NULL OR taken_back_reason_sealed IS NOT NULL",
            name=op.f("ck_requirement_decision_taken_back_with_reason"),
        ),
        sa.CheckConstraint(
            "controller_id IN (party_id, authority_id)",
            name=op.f("ck_requirement_decision_controller_is_party_or_authority"),
        ),
        sa.CheckConstraint(
            "NOT with_authority OR controller_id = authority_id",
            name=op.f("ck_requirement_decision_authority_sees_only_its_own"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "application_id"],
            ["application.party_id", "application.id"],
            name=op.f("fk_requirement_decision_party_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "criterion_id"],
            ["ad_criterion.party_id", "ad_criterion.id"],
            name=op.f("fk_requirement_decision_party_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_requirement_decision_decided_by")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_requirement_decision_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_decision")),
    )
    for column in ("ad_id", "application_id", "party_id"):
        op.create_index(op.f(f"ix_requirement_decision_{column}"), "requirement_decision", [column])
    op.create_index(
        STANDING,
        "requirement_decision",
        ["party_id", "application_id", "criterion_id"],
        unique=True,
        sqlite_where=sa.text(NOT_TAKEN_BACK),
        postgresql_where=sa.text(NOT_TAKEN_BACK),
    )
    if op.get_bind().dialect.name != "sqlite":
        for statement in statements("requirement_decision", None):
            op.execute(statement)
