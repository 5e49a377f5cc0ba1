"""The invented people of the demo and their papers."""

import re

from portal.demo.engines import papers
from portal.demo.people import candidates


def test_the_same_person_and_layout_give_the_same_bytes():
    candidate = candidates()[0]
    for layout in papers.LAYOUTS:
        assert papers.cv(candidate.person, layout) == papers.cv(candidate.person, layout)
    assert papers.letter(candidate.person, candidate.letter) == papers.letter(candidate.person, candidate.letter)


def test_nobody_real_can_be_reached_by_what_stands_in_the_papers():
    for candidate in candidates():
        assert re.fullmatch(r"[a-z.]+@example\.(se|com)", candidate.person.email)
        number = re.fullmatch(r"070-174 06 (\d\d)", candidate.person.phone)
        assert number
        assert 5 <= int(number[1]) <= 99


def test_there_are_nine_different_people_with_letters_of_a_usual_length():
    people = candidates()
    assert len({candidate.person.name for candidate in people}) == len({c.person.phone for c in people}) == 9
    assert {candidate.layout for candidate in people} == set(papers.LAYOUTS)
    for candidate in people:
        assert 150 <= len(candidate.letter.split()) <= 250
        assert 34_000 <= candidate.salary_kronor <= 48_000
