"""The pages of privacy: what candidates may ask for about their data, what the office answers, and how long it is kept."""

from flask import Blueprint

privacy = Blueprint("privacy", __name__)
