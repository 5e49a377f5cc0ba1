"""The texts of the mails: a condition at the end of a line swallows the line's end."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "templates" / "mail").glob("*.txt"))
ENDS_IN_A_CONDITION = re.compile(r"\S.*\{% endif %\}$")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_paragraph_or_link_is_glued_to_the_line_before_it(path: Path) -> None:
    lines = [*path.read_text().split("\n"), "", ""]
    glued = []
    for number, line in enumerate(lines[1:-2], start=1):  # the first is the subject
        follows = lines[number + 1 : number + 3]
        keeps_its_end = follows == ["", ""] or (follows[0] == "" and follows[1].startswith("{{ link"))
        if ENDS_IN_A_CONDITION.search(line) and not keeps_its_end:
            glued.append(line)
    assert glued == []
