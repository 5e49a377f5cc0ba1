"""`portal check` asks what lies beside the database, and tries to read a file."""

import pytest
from flask import Flask

from portal.documents.engines import keeper
from portal.documents.engines.places import NoChildFree
from portal.operations.stores import silent_stores


def test_an_installation_that_can_read_no_file_is_told_of(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_begins(*_: object, **__: object) -> keeper.Answer:
        raise NoChildFree

    with app.app_context():
        assert list(silent_stores(app)) == []
        monkeypatch.setattr(keeper, "ask", none_begins)
        (told,) = silent_stores(app)
    assert told.startswith("De sökandes filer går inte att läsa här.")
