"""The blueprint that the pages of this package belong to."""

from flask import Blueprint

ads = Blueprint("ads", __name__)
