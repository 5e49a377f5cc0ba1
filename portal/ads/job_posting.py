"""An ad as schema.org's JobPosting, for search engines: JSON that is safe inside a script element.

PURE.
"""

import json
from datetime import datetime
from html import escape
from typing import Any

from portal.clock import STOCKHOLM


def job_posting(
    content: dict[str, Any], *, url: str, reference: str, published_at: datetime, last_instant: datetime
) -> str:
    """The JSON text. ``content`` is that of a published version; ``last_instant`` is the end of the last day."""
    return _safe(
        {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": content["title"],
            "description": _description(content),
            "identifier": {"@type": "PropertyValue", "name": content["party"]["name"], "value": reference},
            "datePosted": published_at.astimezone(STOCKHOLM).date().isoformat(),
            "validThrough": last_instant.isoformat(timespec="seconds"),
            "employmentType": _employment_types(content),
            "hiringOrganization": {"@type": "Organization", "name": content["employer_name"]},
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": content["place"] or content["authority_name"],
                    "addressCountry": "SE",
                },
            },
            "totalJobOpenings": content["posts"],
            "directApply": True,
            "url": url,
            **_salary(content),
        }
    )


def _employment_types(content: dict[str, Any]) -> list[str]:
    extent = content["extent_percent"]
    hours = [] if extent is None else ["FULL_TIME" if extent == 100 else "PART_TIME"]
    return hours if content["employment_form"] == "tillsvidare" else [*hours, "TEMPORARY"]


def _salary(content: dict[str, Any]) -> dict[str, Any]:
    """The ad's sums, which are for full time; nothing for less, where they would be read as the pay of the post."""
    bounds = {"minValue": content["salary_low"], "maxValue": content["salary_high"]}
    told = {name: sum for name, sum in bounds.items() if sum is not None}
    if not told or (content["extent_percent"] or 100) < 100:
        return {}
    value = {"@type": "QuantitativeValue", **told, "unitText": "MONTH"}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "SEK", "value": value}}


def _description(content: dict[str, Any]) -> str:
    parts = [f"<p>{escape(text)}</p>" for text in content["intro"].split("\n\n") if text]
    lists = (
        ("Arbetsuppgifter", content["tasks"]),
        ("Krav", [row["text"] for row in content["requirements"]]),
        ("Meriterande", [row["text"] for row in content["merits"]]),
    )
    for heading, lines in lists:
        if lines:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            parts.append(f"<p><strong>{heading}</strong></p><ul>{items}</ul>")
    return "".join(parts)


def _safe(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
