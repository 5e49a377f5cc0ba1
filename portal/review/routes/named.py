"""Names that somebody's own words give away in a blind review, before they are saved."""

from flask import request

from portal.db import db
from portal.review.blind.given_away import names_given_away
from portal.review.meeting.refusals import NamesSomebody
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of

ANYWAY = "Spara ändå"


def told_names(case: Case, text: str) -> list[str]:
    """Names that the text gives away in a blind review, unless the person has said that it is meant.

    Whoever writes: the office knows the names, and is read by those who do not. Whose name is open to all is no secret, and
    nor is a code name that stands for one.
    """
    if not text or not case.blind or request.form.get("anyway") == "1":
        return []
    hidden = [row for row in case.applications if row.id not in case.standing.shortlisted and not row.protected]
    return names_given_away(text, list(names_of(db.session, hidden).values()))


def naming_sentence(what: str, told: list[str]) -> str:
    """What is said of it: nothing is saved yet, and nothing is forbidden. ``what``: "Anteckningen"."""
    return f"{what} nämner {', '.join(told)}. Bedömningen är blind, och andra läser det du skriver."


def naming(case: Case, what: str, text: str) -> NamesSomebody | None:
    """What is asked first of a text that names somebody in a blind review; None where there is nothing to ask."""
    told = told_names(case, text)
    return NamesSomebody(sentence=naming_sentence(what, told)) if told else None
