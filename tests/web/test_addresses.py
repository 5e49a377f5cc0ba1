"""What builds the addresses of a rule is compiled when the first one is built, and builds what the library's own does; and a
number in an address is one that a database can hold."""

import re

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from portal.web.addresses import BuiltLate

PATH = "/annonser/<uuid:ad>/del <int:part>"
VALUES = {"ad": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "part": 3, "q": "å & ä"}


def test_no_rule_compiles_what_nobody_has_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_now = Rule._compile_builder
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda rule, unknown: compiled.append(rule.endpoint) or compile_now(rule, unknown)
    )
    pages = Map([BuiltLate(PATH, endpoint="part"), BuiltLate("/only-here", endpoint="front")]).bind("localhost")
    assert pages.match("/only-here") == ("front", {})
    assert compiled == []
    assert [pages.build("front") for _ in range(3)] == ["/only-here"] * 3
    assert compiled == ["front"]


@pytest.mark.parametrize("unknown", [True, False])
def test_the_address_is_the_same(unknown: bool) -> None:
    late, at_once = (Map([kind(PATH, endpoint="part")]).bind("localhost") for kind in (BuiltLate, Rule))
    assert late.build("part", VALUES, append_unknown=unknown) == at_once.build("part", VALUES, append_unknown=unknown)


@pytest.mark.parametrize("number", ["2147483648", "9" * 19, "9" * 4301])
def test_a_number_that_no_database_holds_leads_nowhere_in_any_address(app: Flask, number: str) -> None:
    held = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    pages, tried = app.url_map.bind("localhost"), 0
    for rule in app.url_map.iter_rules():
        if "<int:" in rule.rule:
            path = re.sub(r"<uuid:\w+>", held, rule.rule)
            method = sorted(rule.methods or ())[0]
            pages.match(re.sub(r"<int:\w+>", "999999999", path), method=method)
            with pytest.raises(NotFound):
                pages.match(re.sub(r"<int:\w+>", number, path), method=method)
            tried += 1
    assert tried > 15
