"""Every row of ASVS 5.0 that is aimed at has one answer, each answer can be found, and the page is made from them."""

import re
from collections import Counter

import pytest

from portal.accounts import password_rule, session
from portal.accounts.services import PASSWORD_LINK
from portal.applications.services.papers import MOST_ATTACHMENTS
from portal.documents import kinds
from portal.documents.engines import archive, child
from portal.documents.engines import limits as walls
from portal.documents.engines.reader import BUDGET
from portal.links import door
from portal.organisations.services.inviting import INVITATION, RECOVERY
from portal.web import bodies, body_places, fields, limits
from tests import asvs

CHAPTERS = asvs.chapters(asvs.DATA.read_text())
ROWS = [row for chapter in CHAPTERS for row in chapter.rows]
# Chapter by chapter, rows of levels 1 and 2 in the standard (5.0.0).
AIMED_AT = {
    "V1": (8, 19), "V2": (4, 7), "V3": (8, 11), "V4": (2, 8), "V5": (4, 5), "V6": (13, 22), "V7": (6, 12), "V8": (4, 3),
    "V9": (4, 3), "V11": (3, 11), "V12": (3, 6), "V13": (1, 12), "V14": (2, 7), "V15": (3, 10), "V16": (0, 16),
}  # fmt: skip
OF_LEVEL_3 = ["2.3.5", "5.2.4", "5.2.5", "5.2.6", "5.3.3", "6.3.7", "6.3.8", "7.5.3", "8.3.2", "14.2.7", "14.2.8"]
MB = 1024 * 1024
TOLD = asvs.ROOT / "docs" / "security.md"
FIGURES = {
    "wrong passwords": limits.PASSWORDS_PER_ACCOUNT,
    "a network's": limits.PASSWORDS_PER_NETWORK,
    "mails": f"{limits.LETTERS_PER_ADDRESS}; {limits.LETTERS_PER_NETWORK}",
    "begun": limits.DRAFTS_PER_NETWORK,
    "codes": f"{limits.CODES_PER_LINK} and {limits.CODES_PER_LINK_A_DAY}; {limits.CODES_PER_NETWORK}",
    "addresses": f"{limits.LINKS_PER_ADDRESS}; {limits.ADDRESSES_PER_APPLICATION}",
    "files": limits.FILES_PER_NETWORK,
    "tries": f"| tries of one mailed code | {door.TRIES} |",
    "code": f"a mailed code of {door.CODE_DIGITS} digits that lasts {door.CODE_LASTS.seconds // 60} minutes",
    "open": f"open {door.OPEN_FOR.seconds // 3600} hours",
    "invitation": f"once, {INVITATION.days} days",
    "forgotten": f"once, {PASSWORD_LINK.seconds // 60} minutes",
    "lost": f"once, {RECOVERY.days} day;",
    "password": f"at least {password_rule.SHORTEST} characters, at most {password_rule.LONGEST}",
    "log-in": f"{session.IDLE.seconds // 3600} hours idle and {session.LONGEST.seconds // 3600} hours in all",
    "fields": f"at most {fields.LINE} and {fields.LONG_TEXT:,} characters",
    "bodies": f"{bodies.READ_ELSEWHERE // 1000} kB; {bodies.READ_OF_EVERYBODY // 1000} kB; "
    f"{bodies.READ_OF_A_REQUEST // MB} MB read, {bodies.KEPT_OF_A_REQUEST // MB} MB kept",
    "places": f"{bodies.BODIES_AT_ONCE} large with {bodies.BODIES_WAITING} waiting, "
    f"{bodies.SMALL_AT_ONCE} small with {bodies.SMALL_WAITING} waiting",
    "slowest": f"{bodies.SLOWEST_BYTES_PER_SECOND} bytes a second, after {bodies.PATIENCE_SECONDS} seconds",
    "lent": f"{body_places.FAST_BYTES_PER_SECOND // 1000} kB a second, after {body_places.HELD_SECONDS} seconds; "
    f"{body_places.HELD_BY_MANY} of a network",
    "size": f"{kinds.MAX_BYTES // MB} MB a file, {MOST_ATTACHMENTS} attachments besides CV and letter",
    "kinds": ", ".join(kind.upper() for kind in kinds.Kind),
    "inside": f"{kinds.MAX_PAGES} pages, {kinds.MAX_CHARACTERS:,} characters; a zip: {archive.MAX_ENTRIES:,} entries, "
    f"{archive.MAX_DECLARED // MB} MB declared, {archive.MAX_PART // MB} MB a part",
    "child": f"{walls.CPU_SECONDS} seconds of processor, {max(child.MEMORY_MB.values())} MB at most, {BUDGET:.0f} seconds",
}


def test_every_row_that_is_aimed_at_is_there_once_with_its_level() -> None:
    levels = Counter((f"V{row.id.partition('.')[0]}", row.level) for row in ROWS)
    assert {chapter.id: (levels[chapter.id, 1], levels[chapter.id, 2]) for chapter in CHAPTERS} == AIMED_AT
    assert [sum(level == row.level for row in ROWS) for level in (1, 2, 3)] == [65, 152, len(OF_LEVEL_3)]
    assert sorted(row.id for row in ROWS if row.level == 3) == sorted(OF_LEVEL_3)
    assert len({row.id for row in ROWS}) == len(ROWS)


def test_rows_stand_in_their_own_chapter_in_order() -> None:
    for chapter in CHAPTERS:
        numbers = [tuple(map(int, row.id.split("."))) for row in chapter.rows]
        assert numbers == sorted(numbers)
        assert {f"V{number[0]}" for number in numbers} == {chapter.id}


@pytest.mark.parametrize("kind", ["test", "place"])
def test_each_test_and_place_that_is_named_is_there(kind: str) -> None:
    named = [row for row in ROWS if row.kind == kind]
    assert len(named) > 30
    assert [f"{row.id}: {row.answer}" for row in named if not asvs.is_there(row.answer)] == []


def test_a_test_is_a_function_of_the_tests() -> None:
    shape = re.compile(r"tests/(\w+/)*test_\w+\.py::test_\w+")
    assert [row.id for row in ROWS if row.kind == "test" and not shape.fullmatch(row.answer)] == []


@pytest.mark.parametrize(
    "answer",
    [
        "tests/test_asvs.py::test_nothing",
        "tests/test_none.py",
        "portal/web/limits.py::NOTHING",
        "docs/security.md#nothing",
    ],
)
def test_what_is_not_there_is_not_found(answer: str) -> None:
    assert not asvs.is_there(answer)


@pytest.mark.parametrize(
    "answers", ["", 'test = "a", open = "b"', 'place = "a", why_not = "b"', 'place = "a", note = "b"']
)
def test_a_row_without_an_answer_or_with_two_is_refused(answers: str) -> None:
    with pytest.raises(ValueError, match=r"1\.1\.1 has"):
        asvs.chapters(f'[V1]\ntitle = "x"\n"1.1.1" = {{ level = 1, means = "x"{answers and ", "}{answers} }}\n')


def test_the_page_in_the_repository_is_made_from_the_data() -> None:
    assert asvs.PAGE.read_text() == asvs.page(CHAPTERS)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_the_figures_of_the_page_on_security_are_those_of_the_code(figure: str) -> None:
    assert figure in TOLD.read_text()
