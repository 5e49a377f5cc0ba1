"""The ledger read: one party's book, with what its coalition uses in sum, and the authority's book of all parties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal import scope
from portal.posts import ledger
from portal.posts.models import Claim, ClaimSource, Quota


@dataclass(frozen=True, slots=True)
class Book:
    """Quotas in force or once in force (never those taken back) and claims, as the ledger counts them."""

    quotas: tuple[ledger.Quota, ...] = ()
    claims: tuple[ledger.Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Of:
    """A claim of the party's own with what it is of."""

    row: Claim
    source: ClaimSource


def quota_rows(session: Session) -> Sequence[Quota]:
    """Every line that the scope may see and that is not taken back, in order of decision."""
    return session.scalars(_standing().order_by(Quota.turn, Quota.party_id)).all()


def decision_rows(session: Session, decision_id: UUID, *, lock: bool = False) -> Sequence[Quota]:
    """The lines of one decision, if the scope may see them and it is not taken back."""
    rows = _standing().where(Quota.decision_id == decision_id)
    return session.scalars(rows.with_for_update() if lock else rows).all()


def own_claims(session: Session) -> list[Of]:
    """The claims of the scope's party, the first to begin first, each with what it is of."""
    rows = select(Claim, ClaimSource).join(ClaimSource, ClaimSource.claim_id == Claim.id)
    ordered = rows.order_by(Claim.starts_on, Claim.kind.desc(), Claim.id)
    return [Of(row.Claim, row.ClaimSource) for row in session.execute(ordered)]


def book_of_party(session: Session, quotas: Sequence[Quota], claims: Iterable[Claim]) -> Book:
    """The party's book from its own rows; what the other members of its coalitions have is added, to be counted in sum."""
    own = Book(tuple(map(counted_quota, quotas)), tuple(map(counted_claim, claims)))
    pools = {row.coalition_id for row in quotas if row.coalition_id is not None}
    if not pools:
        return own
    others = _others(session, quotas[0].authority_id, quotas[0].party_id, pools)
    return Book((*own.quotas, *others.quotas), (*own.claims, *others.claims))


def book_of_authority(session: Session, quotas: Sequence[Quota]) -> Book:
    """Every party's quotas and claims."""
    claims = session.scalars(select(Claim).order_by(Claim.starts_on, Claim.id))
    return Book(tuple(map(counted_quota, quotas)), tuple(map(counted_claim, claims)))


def _others(session: Session, authority_id: UUID, party_id: UUID, pools: set[UUID]) -> Book:
    """Sizes and days of the other members, as their authority sees them: no party learns more than the sum it is told."""
    with scope.reading_for(scope.authority(authority_id), within=session) as own:
        members = select(Quota.party_id).where(Quota.coalition_id.in_(pools), Quota.party_id != party_id)
        quotas = own.scalars(_standing().where(Quota.party_id.in_(members)))
        claims = own.scalars(select(Claim).where(Claim.party_id.in_(members)))
        return Book(tuple(map(counted_quota, quotas)), tuple(map(counted_claim, claims)))


def counted_quota(row: Quota) -> ledger.Quota:
    """A line as the ledger counts it."""
    return ledger.Quota(row.party_id, posts(row.hundredths), row.starts_on, row.ends_on, row.turn, row.coalition_id)


def counted_claim(row: Claim) -> ledger.Claim:
    """A claim as the ledger counts it."""
    kind, size = ledger.Kind(row.kind), posts(row.hundredths)
    return ledger.Claim(row.party_id, size, row.starts_on, row.ends_on, kind, row.post, row.in_place_of)


def posts(hundredths: int) -> Decimal:
    """Whole posts with two decimals."""
    return Decimal(hundredths).scaleb(-2)


def _standing() -> Select[Quota]:
    return select(Quota).where(Quota.taken_back_at.is_(None))
