"""The ledger of posts: what each party has been given, and what ads and employments claim of it.

Why: nobody could say how many posts a party has left. All are new tables, so that a program from before them goes on
working; what it publishes or records meanwhile is claimed when it is published anew or changed. Ads that are out and
employments that are recorded get their claims here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from portal.row_security import statements, statements_of_authority

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCOPE = ("party_id", "authority_id", "controller_id")
INDEXES = {
    "quota": ("decision_id", "party_id"),
    "claim": ("party_id",),
    "claim_source": ("ad_id", "employment_id", "party_id"),
}
KEY = "uq_employment_party_id_id"
MONEY = (
    "kronor IS NULL AND kronor_per_post IS NULL OR "
    "(kronor >= 0 AND kronor_per_post > 0 AND hundredths = kronor * 100 / kronor_per_post)"
)
# What is read of the rows that are there. Of an ad what is published: what the office has changed since is not claimed yet.
ADS = """SELECT ad.id, ad.party_id, ad.authority_id, ad.controller_id, ad.with_authority, published_ad.content
FROM ad JOIN published_ad ON published_ad.ad_id = ad.id
WHERE ad.state = 'published' AND published_ad.superseded_at IS NULL"""
EMPLOYMENTS = """SELECT id, party_id, authority_id, controller_id, with_authority, ad_id, extent_percent, starts_on, ends_on
FROM employment"""
WALLS = {"party_id": sa.Uuid, "authority_id": sa.Uuid, "controller_id": sa.Uuid, "with_authority": sa.Boolean}
CLAIM = sa.table(
    "claim",
    sa.column("id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("hundredths", sa.Integer()),
    sa.column("starts_on", sa.Date()),
    sa.column("ends_on", sa.Date()),
    sa.column("post", sa.Uuid()),
    sa.column("in_place_of", sa.Uuid()),
    *(sa.column(name, kind()) for name, kind in WALLS.items()),
)
SOURCE = sa.table(
    "claim_source",
    *(sa.column(name, sa.Uuid()) for name in ("id", "claim_id", "ad_id", "employment_id")),
    *(sa.column(name, kind()) for name, kind in WALLS.items()),
)
BATCH = 1000  # one statement for each row took five milliseconds, a minute for ten thousand who are employed
Claimed = tuple[dict[str, Any], dict[str, Any]]


def upgrade() -> None:
    op.create_index(op.f(KEY), "employment", ["party_id", "id"], unique=True)
    _quota()
    _claim()
    _claim_source()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    _claim_what_is_there()
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*statements_of_authority("quota"), *statements("claim", None), *statements("claim_source", None)):
            op.execute(statement)


def downgrade() -> None:
    for table in ("claim_source", "claim", "quota"):
        op.drop_table(table)
    op.drop_index(op.f(KEY), "employment")


def _quota() -> None:
    op.create_table(
        "quota",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("kronor", sa.BigInteger(), nullable=True),
        sa.Column("kronor_per_post", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("coalition_id", sa.Uuid(), nullable=True),
        sa.Column("coalition_name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision_body", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_paragraph", sa.String(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_quota_ends_after_start")),
        sa.CheckConstraint("hundredths BETWEEN 0 AND 100000", name=op.f("ck_quota_size_in_hundredths_of_a_post")),
        sa.CheckConstraint(MONEY, name=op.f("ck_quota_money_pays_for_the_posts")),
        sa.CheckConstraint("length(decision_body) > 0", name=op.f("ck_quota_decided_by_a_body")),
        sa.CheckConstraint(
            "(coalition_id IS NULL) = (coalition_name = '')", name=op.f("ck_quota_coalition_has_a_name")
        ),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by IS NULL)", name=op.f("ck_quota_taken_back_by_somebody")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_quota_set_by")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_quota_taken_back_by")),
        *_of_the_authority("quota"),
        *_scope("quota"),
        sa.UniqueConstraint("party_id", "decision_id", name=op.f("uq_quota_party_id_decision_id")),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("post", sa.Uuid(), nullable=False),
        sa.Column("in_place_of", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('filled', 'advertised')", name=op.f("ck_claim_known_kind")),
        sa.CheckConstraint("hundredths BETWEEN 1 AND 9900", name=op.f("ck_claim_size_in_hundredths_of_a_post")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_claim_ends_after_start")),
        sa.CheckConstraint(
            "in_place_of IS NULL OR in_place_of <> post", name=op.f("ck_claim_nobody_stands_in_for_themselves")
        ),
        *_of_the_authority("claim"),
        *_scope("claim"),
        sa.UniqueConstraint("party_id", "id", name=op.f("uq_claim_party_id_id")),
    )


def _claim_source() -> None:
    op.create_table(
        "claim_source",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("ad_id", sa.Uuid(), nullable=True),
        sa.Column("employment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "ad_id IS NOT NULL OR employment_id IS NOT NULL", name=op.f("ck_claim_source_of_an_ad_or_an_employment")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["party_id", f"{to}_id"],
                [f"{to}.party_id", f"{to}.id"],
                name=op.f(f"fk_claim_source_party_id_{to}_id"),
            )
            for to in ("claim", "ad", "employment")
        ),
        *_scope("claim_source"),
        sa.UniqueConstraint("party_id", "claim_id", name=op.f("uq_claim_source_party_id_claim_id")),
    )


def _of_the_authority(table: str) -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "controller_id = authority_id AND with_authority", name=op.f(f"ck_{table}_open_to_the_authority")
        ),
        *(
            sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=op.f(f"fk_{table}_{to}_id"))
            for to in ("party", "authority")
        ),
    ]


def _scope(table: str) -> list[Any]:
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


def _claim_what_is_there() -> None:
    """Row level security is forced on the owner too, who therefore sees no row: while these are read it is not."""
    connection = op.get_bind()
    walled = ("ad", "employment") if connection.dialect.name == "postgresql" else ()
    for table in walled:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    walls = {name: kind() for name, kind in WALLS.items()}
    ads = connection.execute(sa.text(ADS).columns(id=sa.Uuid(), content=sa.JSON(), **walls)).mappings().all()
    columns = {"id": sa.Uuid(), "ad_id": sa.Uuid(), "starts_on": sa.Date(), "ends_on": sa.Date(), **walls}
    employed = connection.execute(sa.text(EMPLOYMENTS).columns(**columns)).mappings().all()
    for table in walled:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    made = [*_filled(employed), *_advertised(ads, Counter(row["ad_id"] for row in employed))]
    for start in range(0, len(made), BATCH):
        claims, sources = zip(*made[start : start + BATCH], strict=True)
        connection.execute(sa.insert(CLAIM), claims)
        connection.execute(sa.insert(SOURCE), sources)


def _filled(employed: Iterable[Mapping[Any, Any]]) -> Iterator[Claimed]:
    for row in employed:
        about = {"ad_id": row["ad_id"], "employment_id": row["id"]}
        yield _claimed(row, "filled", row["extent_percent"], row["starts_on"], row["ends_on"], **about)


def _advertised(ads: Iterable[Mapping[Any, Any]], filled: Mapping[Any, int]) -> Iterator[Claimed]:
    """Who is sought to stand in for somebody takes no further post."""
    for row in ads:
        told, left = row["content"], row["content"]["posts"] - filled[row["id"]]
        if left <= 0 or told["employment_form"] == "vikariat":
            continue
        size, about = left * (told["extent_percent"] or 100), {"ad_id": row["id"], "employment_id": None}
        starts, ends = (day and date.fromisoformat(day) for day in (told["earliest_start"], told["latest_end"]))
        yield _claimed(row, "advertised", size, starts, ends, **about)


def _claimed(row: Any, kind: str, hundredths: int, starts: Any, ends: Any, **about: Any) -> Claimed:
    """A claim, and what it comes from."""
    claim_id = uuid4()
    walls = {name: row[name] for name in WALLS}
    held = {"hundredths": hundredths, "starts_on": starts, "ends_on": ends, "post": uuid4(), "in_place_of": None}
    seen = {**walls, "controller_id": row["authority_id"], "with_authority": True}
    return {"id": claim_id, "kind": kind, **held, **seen}, {"id": uuid4(), "claim_id": claim_id, **about, **walls}
