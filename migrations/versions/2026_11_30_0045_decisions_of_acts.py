"""The decision behind what changes an employment.

Why: an extension, an early end, a notice by the employer and a calling off are decided anew, by somebody, by a delegation, and
are reported and announced as any decision of an authority's (kommunallagen 6:37, 6:40, 13:5); only the first one could be
written down. They go to a table of their own. What is stored does not change, and a program from before this goes on working.
"""

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE, ACT = "employment_act_decision", ("party_id", "employment_id", "number", "decided_on")
OF_PARTY = "decider IN ('party_board', 'party_group', 'party_person')"
OF_AUTHORITY = "decider IN ('board', 'committee', 'member', 'group_leader', 'employee')"
NOTHING_AFTER = (
    "report_by IS NULL AND reported_on IS NULL AND announced_on IS NULL AND appealed_on IS NULL AND final_on IS NULL"
)
CHECKS = {
    "controller_is_party_or_authority": "controller_id IN (party_id, authority_id)",
    "authority_sees_only_its_own": "NOT with_authority OR controller_id = authority_id",
    "decided_by_whom_the_employer_lets": (
        f"CASE WHEN controller_id = authority_id THEN {OF_AUTHORITY} ELSE {OF_PARTY} END"
    ),
    "kl_6_37_group_leader_sits_on_the_board": (
        "decider <> 'group_leader' OR (seat IS NOT NULL AND seat IN ('member', 'deputy'))"
    ),
    "seat_of_a_group_leader": "seat IS NULL OR decider = 'group_leader'",
    "decided_by_somebody": "length(who) > 0",
    "delegated_by_a_point": f"decider = 'board' OR {OF_PARTY} OR length(delegation) > 0",
    "a_party_announces_nothing": f"controller_id = authority_id OR (NOT minuted_apart AND {NOTHING_AFTER})",
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
DAYS = ("report_by", "reported_on", "announced_on", "last_appeal_on", "appealed_on", "final_on", "confirmed_on")


def upgrade() -> None:
    op.create_index("uq_employment_act_decided_on", "employment_act", list(ACT), unique=True)
    op.create_table(
        TABLE,
        sa.Column("employment_id", sa.Uuid(), nullable=False),
        sa.Column("act_number", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("decider", "who", "delegation", "number")),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=True),
        sa.Column("minuted_apart", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in DAYS),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("party_id", "authority_id", "controller_id")),
        sa.Column("with_authority", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["party_id", "employment_id", "act_number", "decided_on"],
            [f"employment_act.{name}" for name in ACT],
            name=op.f("act_of_that_day"),
        ),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column in ("confirmed_by", "recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("party_id", "employment_id", "act_number", name=op.f(f"uq_{TABLE}_once_each")),
    )
    for column in ("party_id", "employment_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements(TABLE, None):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_index("uq_employment_act_decided_on", table_name="employment_act")
