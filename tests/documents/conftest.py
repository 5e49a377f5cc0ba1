"""No test of files leaves a child or a place behind."""

import pytest

from portal.documents.engines import keeper, places, reader, setter
from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.children import children


@pytest.fixture
def instead(monkeypatch, tmp_path):
    """Another program in the child's place."""

    def put(program):
        script = tmp_path / "instead.py"
        script.write_text(program)
        monkeypatch.setattr(keeper, "_PROGRAM", [*keeper._PROGRAM, str(script)])

    yield put
    monkeypatch.undo()  # and the real nursery takes the other one's place again
    assert reader.read_document(hostile.plain(), name="cv.pdf").verdict is Verdict.ok


@pytest.fixture(autouse=True)
def _nothing_is_left_behind():
    setter._setter.leave()  # nor does one of another's test set the next one's papers
    before = set(children())
    yield
    setter._setter.leave()
    assert set(children()) <= before
    assert places.READING.here._value == places.READING.at_once
    assert places.SETTING.here._value == places.SETTING.at_once
