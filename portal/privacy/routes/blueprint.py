"""The pages of privacy: what candidates may ask for about their data, and the office's answers."""

from flask import Blueprint

privacy = Blueprint("privacy", __name__)
