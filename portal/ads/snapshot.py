"""What is published of an ad: plain values only, so that the snapshot can be kept as it is for as long as it is needed.

PURE: it is given rows or anything with the same attributes.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

TEXTS = (
    "title",
    "intro",
    "hours",
    "place",
    "remote_text",
    "employment_form",
    "subject_line",
    "salary_form",
    "salary_reason",
    "collective_agreement",
    "retention_rule",
    "employer",
)
VALUES = (
    "tasks",
    "remote",
    "posts",
    "extent_percent",
    "start_agreed",
    "salary_low",
    "salary_high",
    "documents",
    "retention_months",
    "timetable",
)
DAYS = ("earliest_start", "expected_decision", "latest_end", "deadline")


def content_of(ad: Any, criteria: Iterable[Any], contacts: Iterable[Any], party: Any, authority: Any) -> dict[str, Any]:
    """The public content of an ad. Days are ISO texts; criteria carry their ids, by which they are later judged."""
    by_authority = ad.employer == "authority"
    controller = authority if by_authority else party
    rows = sorted(criteria, key=lambda row: row.position)
    return {
        **{name: getattr(ad, name) or "" for name in TEXTS},
        **{name: getattr(ad, name) for name in VALUES},
        **{name: _iso(getattr(ad, name)) for name in DAYS},
        "election_day": _iso(ad.limit_election),
        "limit_latest_end": _iso(ad.limit_latest_end),
        "requirements": [_criterion(row) for row in rows if row.kind == "krav"],
        "merits": [_criterion(row) for row in rows if row.kind == "merit"],
        "contacts": [
            {"name": row.name, "title": row.title, "email": row.email, "phone": row.phone}
            for row in sorted(contacts, key=lambda row: row.position)
        ],
        "party": {"name": party.name, "key": party.key, "initial": party.initial},
        "authority_name": authority.name,
        "authority_kind": authority.kind,
        "employer_name": authority.name if by_authority else party.name,
        "controller_name": controller.controller_name,
        # Only where one is named, so that an ad published before there could be is not taken for changed.
        **({"data_officer": controller.data_officer} if controller.data_officer else {}),
    }


def _criterion(row: Any) -> dict[str, str]:
    return {"id": str(row.id), "judged": row.judged, "text": row.text, "explanation": row.explanation}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
