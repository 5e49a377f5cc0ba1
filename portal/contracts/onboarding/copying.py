"""The first steps as an authority's rules have them. Where its papers say nothing there are none: nothing is invented."""

from portal.contracts.written.rules import Rules
from portal.profiles.profile import Sourced, Step

KEY = "first_steps"


def steps_of_rules(rules: Rules) -> tuple[Step, ...]:
    """The steps in the order of the rules."""
    answer = rules.said[KEY]
    if not isinstance(answer, Sourced) or not isinstance(answer.value, tuple):
        return ()
    return tuple(one for one in answer.value if isinstance(one, Step))
