"""The authority's register of records, and its desk for requests. Only those whom it employs through: a party's own never."""

from flask import Blueprint

disclosure = Blueprint("disclosure", __name__)

from portal.disclosure.routes import appeals, deciding, desk, marking, records, register, taken  # noqa: E402, F401
