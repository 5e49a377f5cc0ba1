"""A rule asked of many at once says of each what it says of that one alone."""

import inspect
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.review import access
from portal.review.access import Standing, those
from portal.review.phases import Phase

Rule = Callable[[Standing, UUID], bool]


class One(NamedTuple):
    """An application, as a rule needs it."""

    id: UUID


EACH = [One(UUID(int=number)) for number in range(1, 9)]
A_SET = some.frozensets(some.sampled_from([one.id for one in EACH]))
SETS = ("conflicts", "clear", "approved", "shortlisted", "later")
FLAGS = ("office", "named", "leads", "decides", "has_applied", "blind")
STANDING = some.builds(
    Standing,
    **dict.fromkeys(SETS, A_SET),
    **dict.fromkeys(FLAGS, some.booleans()),
    called_for=some.none() | A_SET,
    phase=some.sampled_from(Phase),
)
RULES: dict[str, Rule] = {
    name: rule
    for name, rule in inspect.getmembers(access, inspect.isfunction)
    if list(inspect.signature(rule).parameters) == ["who", "application_id"] and not name.startswith("_")
}


def test_the_rules_are_found() -> None:
    assert {"may_see_listed", "may_see_name", "judges", "is_asked", "is_asked_to_decide", "may_score"} <= set(RULES)


@pytest.mark.parametrize("name", RULES)
@given(who=STANDING)
def test_a_rule_asked_of_many_says_of_each_what_it_says_of_that_one(name: str, who: Standing) -> None:
    rule = RULES[name]
    assert [bool(rule(who, one.id)) for one in EACH] == [one in those(rule, who, EACH) for one in EACH]


def test_they_keep_their_order() -> None:
    assert those(access.judges, Standing(named=True), EACH[::-1]) == tuple(EACH[::-1])


def test_every_set_a_person_has_is_looked_into() -> None:
    """A set that is added to a standing and forgotten here would make a rule say of one what holds for another."""
    for name, field in inspect.get_annotations(Standing).items():
        if "frozenset" in str(field):
            who = Standing(**{name: frozenset((EACH[0].id,))})
            assert those(lambda who, id, name=name: id in getattr(who, name), who, EACH) == (EACH[0],), name
