"""The decision behind each employment: who took it by which delegation, when it was reported and announced, and laga kraft.

Why: an authority's decision can be appealed for three weeks from the announcement, and nobody could say when they had
passed. A new table, empty: of the employments that are there nobody has written the decision down, and the desk asks for
it. A key on the employment lets the decision have the same day as it; a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = "uq_employment_party_id_id_decided_on"
TABLE = "employment_decision"
SCOPE = ("party_id", "authority_id", "controller_id")
OF_PARTY = "decider IN ('party_board', 'party_group', 'party_person')"
OF_AUTHORITY = "decider IN ('board', 'committee', 'member', 'group_leader', 'employee')"
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "decided_by_whom_the_employer_lets": f"CASE WHEN controller_id = authority_id THEN {OF_AUTHORITY} ELSE {OF_PARTY} END",
    "kl_6_37_group_leader_sits_on_the_board": (
        "decider <> 'group_leader' OR (seat IS NOT NULL AND seat IN ('member', 'deputy'))"
    ),
    "seat_of_a_group_leader": "seat IS NULL OR decider = 'group_leader'",
    "decided_by_somebody": "length(who) > 0",
    "delegated_by_a_point": f"decider = 'board' OR {OF_PARTY} OR length(delegation) > 0",
    "a_party_announces_nothing": (
        "controller_id = authority_id OR (NOT minuted_apart AND report_by IS NULL AND reported_on IS NULL "
        "AND announced_on IS NULL AND appealed_on IS NULL AND final_on IS NULL)"
    ),
    "to_be_reported_after_the_decision": "report_by IS NULL OR report_by >= decided_on",
    "reported_after_the_decision": (
        "reported_on IS NULL OR (reported_on >= decided_on AND decider <> 'board' AND NOT minuted_apart)"
    ),
    "announced_after_the_report": (
        "announced_on IS NULL OR (announced_on >= decided_on AND (decider = 'board' OR minuted_apart "
        "OR (reported_on IS NOT NULL AND announced_on >= reported_on)))"
    ),
    "kl_13_5_appeal_runs_from_announcement": (
        "(announced_on IS NULL) = (last_appeal_on IS NULL) AND (announced_on IS NULL OR last_appeal_on > announced_on)"
    ),
    "appealed_after_the_decision": "appealed_on IS NULL OR appealed_on >= decided_on",
    "case_of_an_appeal": "case_number = '' OR appealed_on IS NOT NULL",
    "kl_13_5_final_after_the_last_day": (
        "final_on IS NULL OR (last_appeal_on IS NOT NULL AND final_on > last_appeal_on "
        "AND confirmed_on IS NOT NULL AND confirmed_on >= final_on)"
    ),
    "confirmed_by_somebody": (
        "(final_on IS NULL) = (confirmed_on IS NULL) AND (final_on IS NULL) = (confirmed_by IS NULL)"
    ),
}


def upgrade() -> None:
    op.create_index(op.f(KEY), "employment", ["party_id", "id", "decided_on"], unique=True)
    op.create_table(TABLE, *_columns(), *_keys(), *_checks())
    for column in ("employment_id", "party_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, None):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_index(op.f(KEY), "employment")


def _columns() -> list[sa.Column]:
    return [
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("decider", "who")),
        sa.Column("seat", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("delegation", "number")),
        sa.Column("report_by", sa.Date(), nullable=True),
        sa.Column("minuted_apart", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("reported_on", "announced_on", "last_appeal_on", "appealed_on")
        ),
        sa.Column("case_number", sa.String(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("final_on", "confirmed_on")),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in SCOPE),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def _keys() -> list[sa.Constraint]:
    own = ["party_id", "employment_id", "decided_on"]
    of_employment = ["employment.party_id", "employment.id", "employment.decided_on"]
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "employment_id", name=op.f(f"uq_{TABLE}_party_id_employment_id")),
        sa.ForeignKeyConstraint(
            own, of_employment, name=op.f(f"fk_{TABLE}_party_id_employment_id_decided_on"), onupdate="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{TABLE}_{name}"))
            for name in ("confirmed_by", "recorded_by")
        ),
    ]


def _checks() -> list[sa.Constraint]:
    return [sa.CheckConstraint(text, name=op.f(f"ck_{TABLE}_{name}")) for name, text in CHECKS.items()]
