"""Names that somebody's own words give away in a blind review, before they are saved."""

from flask import request

from portal.db import db
from portal.review.access import reads_by_code_name
from portal.review.blind.given_away import names_given_away
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of

ANYWAY = "Spara ändå"


def told_names(case: Case, text: str) -> list[str]:
    """Names that the text gives away in a blind review, unless the person has said that it is meant."""
    if not text or not reads_by_code_name(case.standing) or request.form.get("anyway") == "1":
        return []
    hidden = [row for row in case.applications if row.id not in case.standing.shortlisted]
    return names_given_away(text, list(names_of(db.session, hidden).values()))


def naming_sentence(what: str, told: list[str]) -> str:
    """What is said of it: nothing is saved yet, and nothing is forbidden. ``what``: "Anteckningen"."""
    return f"{what} nämner {', '.join(told)}. Bedömningen är blind, och andra läser det du skriver."
