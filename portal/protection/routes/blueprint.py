"""The blueprint of protected identity."""

from flask import Blueprint

protection = Blueprint("protection", __name__)
