"""The ledger's pages: a party's own posts; for the authority every party's line and the decisions behind them."""

from flask import Blueprint

posts = Blueprint("posts", __name__)

from portal.posts.routes import deciding, reading, taking_over  # noqa: E402, F401
