"""A text field that is sent as if it were a file: no form falls over it, and it counts as not filled in."""

import io
import re
from pathlib import Path

import pytest

import portal
from portal.web.bodies import FILE_FIELDS
from tests.forms import fields_of
from tests.world import World, publish_ad


@pytest.mark.parametrize("field", ["email", "password", "vidare", "name", "phone"])
def test_a_text_that_is_sent_as_a_file_is_no_text_and_no_fault(world: World, field: str) -> None:
    browser = world.browser()
    place = (
        "/logga-in" if field in ("email", "password", "vidare") else f"/annonser/{publish_ad(world).reference}/ansok"
    )
    token = fields_of(browser.get(place))["csrf_token"][0]
    sent = {"csrf_token": token, field: (io.BytesIO(b"hej"), "x.txt")}
    assert browser.post(place, data=sent, content_type="multipart/form-data").status_code == 422, "told what is missing"


def test_each_field_for_a_file_is_known() -> None:
    sources = [path.read_text("utf-8") for path in Path(portal.__file__).parent.rglob("*.py")]
    assert {name for text in sources for name in re.findall(r"^    (\w+) = FileField\(", text, re.M)} == FILE_FIELDS
