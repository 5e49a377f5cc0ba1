"""A published ad as data, with the names that Arbetsförmedlingen's JobSearch uses where it has one.

PURE: it is given published contents.
"""

from datetime import datetime
from typing import Any

LAW = "kommunallagen 4 kap. 33 §"


def advert(
    content: dict[str, Any],
    *,
    reference: str,
    version: int,
    url: str,
    apply_url: str,
    published_at: datetime,
    corrected_at: datetime,
    last_instant: datetime,
) -> dict[str, Any]:
    """The ad as plain values. Days are ISO; ``last_instant`` is the end of the last day, with its offset; ``corrected_at`` is
    when this version of it was published.

    ``apply_url`` is empty where nobody can apply any more.
    """
    return {
        "id": reference,
        "version": version,
        "webpage_url": url,
        "headline": content["title"],
        "publication_date": published_at.isoformat(timespec="seconds"),
        "last_publication_date": last_instant.isoformat(timespec="seconds"),
        "correction_date": corrected_at.isoformat(timespec="seconds"),
        "application_deadline": last_instant.isoformat(timespec="seconds"),
        "number_of_vacancies": content["posts"],
        "description": {"text": content["intro"], "tasks": content["tasks"]},
        "must_have": [row["text"] for row in content["requirements"]],
        "nice_to_have": [row["text"] for row in content["merits"]],
        **_whose_and_where(content),
        **_extent_and_pay(content),
        "term": _term(content),
        "application_details": {"url": apply_url or None, "documents": content["documents"]},
        "application_contacts": [
            {"name": row["name"], "title": row["title"], "email": row["email"], "telephone": row["phone"]}
            for row in content["contacts"]
        ],
    }


def _whose_and_where(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "employer": {"name": content["employer_name"], "kind": content["employer"]},
        "party": content["party"]["name"],
        "authority": {"name": content["authority_name"], "kind": content["authority_kind"]},
        "workplace_address": {"city": content["place"] or None, "country_code": "SE"},
        "remote_work": content["remote"],
    }


def _extent_and_pay(content: dict[str, Any]) -> dict[str, Any]:
    """An extent is told as JobSearch does, as a range; pay is what the ad says, for full time."""
    return {
        "scope_of_work": {"min": content["extent_percent"], "max": content["extent_percent"]},
        "employment_type": content["employment_form"],
        "salary": {
            "min_monthly_sek": content["salary_low"],
            "max_monthly_sek": content["salary_high"],
            "description": content["salary_form"] or None,
        },
    }


def _term(content: dict[str, Any]) -> dict[str, Any]:
    """First and last day, and what bounds the last one where an authority employs."""
    bounded = content["employer"] == "authority"
    return {
        "earliest_start": content["earliest_start"],
        "latest_end": content["latest_end"],
        "limit": content["limit_latest_end"] if bounded else None,
        "election_day": content["election_day"] if bounded else None,
        "law": LAW if bounded else None,
    }


def page_of(rows: list[dict[str, Any]], *, total: int) -> dict[str, Any]:
    """One page of a list, and how many there are in all."""
    return {"total": {"value": total}, "hits": rows}
