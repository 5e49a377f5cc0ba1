"""The blueprint of the letterbox."""

from flask import Blueprint

letterbox = Blueprint("letterbox", __name__)
