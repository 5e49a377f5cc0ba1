"""Absolute addresses of our own pages, for mails and feeds: the same in a request, in the worker and on the command line."""

from typing import Any

from flask import current_app


def absolute(endpoint: str, *, language: str = "sv", **values: Any) -> str:
    """The address of a page with the installation's own scheme and host, never those a request came with."""
    if language == "en":
        values["lang"] = "en"
    base: str = current_app.config["SETTINGS"].base_url
    return base + current_app.url_map.bind("").build(endpoint, values)
