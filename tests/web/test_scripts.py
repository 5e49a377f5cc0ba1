"""What no script of ours does, and no route with what it is sent."""

import re
from pathlib import Path

import pytest

from portal.paths import STATIC

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
NEVER = {
    "text as markup": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment",
    "text as program": r"\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:",
    "loose comparison": r"[^=!<>]==[^=]|!=[^=]",
    "messages of other windows": r"window\.(parent|opener|top)|window\.addEventListener\(\"message|(window|self)\.onmessage",
    "a line that stays open": r"WebSocket|EventSource",
    "a name from elsewhere in an object": r"__proto__|\[[A-Za-z_.]+\]\s*=[^=]",
    "another host": r"https?://(?!www\.w3\.org/2000/svg)",
}
KEPT = {
    ("ahead.js", "sessionStorage", "LED_ON"),
    ("drafting.js", "sessionStorage", "PARTED"),
    ("scale.js", "localStorage", "OFF"),
}


def test_there_are_scripts_to_read() -> None:
    assert len(SCRIPTS) > 10


@pytest.mark.parametrize("pattern", NEVER.values(), ids=NEVER)
def test_a_script_does_none_of_these(pattern: str) -> None:
    assert [path.name for path in SCRIPTS if re.search(pattern, path.read_text())] == []


def test_what_scripts_keep_in_the_browser_is_known() -> None:
    keeps = re.compile(r"(localStorage|sessionStorage|indexedDB|caches|document\.cookie)\W+(?:setItem\((\w+))?")
    found = {(path.name, *one) for path in SCRIPTS for one in keeps.findall(path.read_text())}
    assert {one for one in found if one[2] or one[1] not in ("localStorage", "sessionStorage")} == KEPT


def test_no_route_mixes_address_and_form() -> None:
    mixes = re.compile(r"request\.values|combined_data")
    assert [str(path) for path in (ROOT / "portal").rglob("*.py") if mixes.search(path.read_text())] == []
