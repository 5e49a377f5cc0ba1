"""Addresses of our own pages: absolute ones for mails and feeds, and those of a long list."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from werkzeug.datastructures import ImmutableDict
from werkzeug.routing import IntegerConverter, Map, Rule

_ANY = UUID(int=0)


class Number(IntegerConverter):
    """A number in an address. One that no column can hold is an address that leads nowhere, and no question to a database,
    which would refuse it."""

    regex = r"\d{1,9}"


class Addresses(Map):
    """The application's map: its numbers are `Number`."""

    default_converters = ImmutableDict({**Map.default_converters, "int": Number})


class BuiltLate(Rule):
    """A rule that compiles what builds its addresses when the first one is built. There are hundreds of rules, and to
    compile for them all took three quarters of the time in which an application is made."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))
        return lambda rule, /, **values: compiled()(rule, **values)


def absolute(endpoint: str, *, language: str = "sv", **values: Any) -> str:
    """The address of a page with the installation's own scheme and host, never those a request came with."""
    if language == "en":
        values["lang"] = "en"
    base: str = current_app.config["SETTINGS"].base_url
    return base + current_app.url_map.bind("").build(endpoint, values)


def addresses_of(endpoint: str, name: str, ids: Iterable[UUID], **values: Any) -> dict[UUID, str]:
    """The addresses of one page for many ids, given as the parameter ``name``: built once, not a thousand times."""
    parameters: dict[str, Any] = {name: _ANY, **values}
    before, _, after = url_for(endpoint, **parameters).partition(str(_ANY))
    return {id: f"{before}{id}{after}" for id in ids}
