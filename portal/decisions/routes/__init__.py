"""The pages of decisions: outcomes, the words to each candidate, the checklist, the release, and the decision file."""

from flask import Blueprint

decisions = Blueprint("decisions", __name__)

from portal.decisions.routes import file, outcome, own, release, words  # noqa: E402, F401
