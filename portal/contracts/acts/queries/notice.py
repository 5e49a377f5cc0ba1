"""What a notice and an early end go by: the contract that is offered, else the authority's own rules."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.contracts.acts.las import least_months
from portal.contracts.models import Employment
from portal.contracts.written.queries import contract_of
from portal.contracts.written.rules import NO_RULES, Rules
from portal.posts.employer_model import Employer
from portal.profiles.faults import BadProfile

BY_CONTRACT = "enligt avtalet"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the rules say, with its source; without words ``unclear`` says what is not known."""

    words: str = ""
    source: str = ""
    unclear: str = NO_RULES


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """``months`` None: the last day is typed. ``from_where`` is the contract or the rules' source. ``at_least``: the months
    are the least that holds, so a later last day can be typed (LAS 11 §)."""

    months: int | None = None
    from_where: str = ""
    early_end: Said = Said()
    release: Said = Said()
    procedure: Said = Said()
    at_least: bool = False

    @property
    def asks_release(self) -> bool:
        """Whether arbetsbefrielse is something that these rules know of."""
        return bool(self.release.words)


def notice_rules(session: Session, employment_id: UUID, *, on: date) -> NoticeRules:
    """What holds of a notice on a day. Rules that cannot be read say nothing."""
    try:
        held = contract_of(session, employment_id, on=on)
    except BadProfile:
        held = None
    if held is None:
        return NoticeRules()
    rules, row = held.rules, held.row
    by_contract = row.notice_months if row is not None and row.offered_at is not None else None
    from_where = BY_CONTRACT if by_contract else rules.source("notice_months") if rules.notice_months else ""
    said = {key: _said(rules, key) for key in ("early_end", "release")}
    return NoticeRules(
        by_contract or rules.notice_months, from_where, procedure=_said(rules, "notice_procedure"),
        at_least=held.employment.employer == Employer.PARTY, **said,
    )  # fmt: skip


def months_by_law(session: Session, row: Employment, given: date) -> int:
    """LAS 11 §, where a party gives notice: by its own days and those of what it renews, with those told of before, which a
    renewal's number holds already. Of other time at the party the portal knows nothing, so the law may give longer."""
    before, days, there = row.earlier_days, 0, row
    while there.renews_id is not None:
        there = session.get_one(Employment, there.renews_id)
        if there.ends_on is not None and not there.never_began:
            days += (there.ends_on - there.starts_on).days + 1
        before = max(before, days + there.earlier_days)
    return least_months(row.starts_on - timedelta(days=before), given)


def _said(rules: Rules, key: str) -> Said:
    return Said("; ".join(rules.words(key)), rules.source(key), rules.unclear(key))
