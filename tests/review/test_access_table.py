"""Every rule of who may do what in a review, asked of everybody in every phase, as one table that is read by people too."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from portal.review import access
from portal.review.access import Standing
from portal.review.phases import Phase

ONE, OTHER = frozenset({UUID(int=1)}), frozenset({UUID(int=2)})

OF_THE_CASE = {
    "E": "may_enter_case", "T": "may_take_part", "J": "may_answer_about_conflicts", "P": "may_name_panel",
    "M": "may_move_on", "A": "may_assess", "K": "may_mask", "R": "may_try_requirements", "D": "only_decides",
    "C": "reads_by_code_name", "S": "names_are_shut",
}  # fmt: skip
OF_ONE = {
    "a": "is_asked", "d": "is_asked_to_decide", "j": "judges", "l": "may_see_listed", "n": "may_see_name",
    "r": "may_read_papers", "w": "may_read_whole_papers", "s": "may_score", "m": "may_mask_application", "c": "may_call",
    "f": "may_drop", "k": "may_see_salary",
}  # fmt: skip

WHO: dict[str, dict[str, object]] = {
    "a stranger": {},
    "the office": {"office": True},
    "the office, with jäv": {"office": True, "conflicts": ONE},
    "the office that applied": {"office": True, "has_applied": True},
    "the office that assesses": {"office": True, "named": True, "clear": ONE},
    "the office that assesses, unanswered": {"office": True, "named": True},
    "the office that decides": {"office": True, "decides": True, "clear": ONE},
    "an assessor": {"named": True, "clear": ONE},
    "an assessor, unanswered": {"named": True},
    "an assessor with jäv": {"named": True, "conflicts": ONE},
    "an assessor that applied": {"named": True, "leads": True, "decides": True, "clear": ONE, "has_applied": True},
    "who leads": {"named": True, "leads": True, "clear": ONE},
    "who led, taken off": {"leads": True, "clear": ONE},
    "a deputy called in": {"named": True, "called_for": ONE, "clear": ONE},
    "a deputy for others": {"named": True, "called_for": OTHER, "clear": ONE},
    "a deputy for others, unanswered": {"named": True, "called_for": OTHER},
    "a deputy for others that decides": {"named": True, "called_for": OTHER, "decides": True, "clear": ONE},
    "who decides": {"decides": True, "clear": ONE},
    "who decides, unanswered": {"decides": True},
    "who decides, with jäv": {"decides": True, "conflicts": ONE},
}

WHEN: dict[str, dict[str, object]] = {
    "jäv": {"phase": Phase.CONFLICTS},
    "blind": {"phase": Phase.BLIND, "blind": True, "approved": ONE},
    "blind, unmasked": {"phase": Phase.BLIND, "blind": True},
    "open": {"phase": Phase.OPEN},
    "open, blind": {"phase": Phase.OPEN, "blind": True, "approved": ONE},
    "interviews, called": {"phase": Phase.INTERVIEWS, "blind": True, "approved": ONE, "shortlisted": ONE},
    "kept for later": {"phase": Phase.OPEN, "later": ONE},
    "kept for later, blind": {"phase": Phase.OPEN, "blind": True, "approved": ONE, "later": ONE},
}

TABLE = """
[jäv]
a stranger                            -         -
the office                            ETJPMR    dlnrwcfk
the office, with jäv                  ETJPMR    d
the office that applied               -         d
the office that assesses              ETJPMAR   adj
the office that assesses, unanswered  ETJPMAR   adj
the office that decides               ETJPMR    adlnrwcfk
an assessor                           ETJA      adj
an assessor, unanswered               ETJA      adj
an assessor with jäv                  ETJA      adj
an assessor that applied              -         adj
who leads                             ETJMAR    adj
who led, taken off                    -         -
a deputy called in                    ETJA      adj
a deputy for others                   ETJA      -
a deputy for others, unanswered       ETJA      -
a deputy for others that decides      ETJA      ad
who decides                           JD        ad
who decides, unanswered               JD        ad
who decides, with jäv                 JD        ad
[blind]
a stranger                            S         -
the office                            ETJPMKRS  dlnrmcf
the office, with jäv                  ETJPMKRS  d
the office that applied               S         d
the office that assesses              ETJPMAKRCS adjlrsmcf
the office that assesses, unanswered  ETJPMAKRCS adj
the office that decides               ETJPMKRS  adlnrmcf
an assessor                           ETJACS    adjlrs
an assessor, unanswered               ETJACS    adj
an assessor with jäv                  ETJACS    adj
an assessor that applied              CS        adj
who leads                             ETJMARCS  adjlrscf
who led, taken off                    S         -
a deputy called in                    ETJACS    adjlrs
a deputy for others                   ETJACS    ad
a deputy for others, unanswered       ETJACS    ad
a deputy for others that decides      ETJACS    ad
who decides                           JDCS      ad
who decides, unanswered               JDCS      ad
who decides, with jäv                 JDCS      ad
[blind, unmasked]
a stranger                            S         -
the office                            ETJPMKRS  dlnmc
the office, with jäv                  ETJPMKRS  d
the office that applied               S         d
the office that assesses              ETJPMAKRCS adjm
the office that assesses, unanswered  ETJPMAKRCS adj
the office that decides               ETJPMKRS  adlnmc
an assessor                           ETJACS    adj
an assessor, unanswered               ETJACS    adj
an assessor with jäv                  ETJACS    adj
an assessor that applied              CS        adj
who leads                             ETJMARCS  adj
who led, taken off                    S         -
a deputy called in                    ETJACS    adj
a deputy for others                   ETJACS    ad
a deputy for others, unanswered       ETJACS    ad
a deputy for others that decides      ETJACS    ad
who decides                           JDCS      ad
who decides, unanswered               JDCS      ad
who decides, with jäv                 JDCS      ad
[open]
a stranger                            -         -
the office                            ETJPMR    dlnrwcfk
the office, with jäv                  ETJPMR    d
the office that applied               -         d
the office that assesses              ETJPMAR   adjlnrwscfk
the office that assesses, unanswered  ETJPMAR   adj
the office that decides               ETJPMR    adlnrwcfk
an assessor                           ETJA      adjlnrwsk
an assessor, unanswered               ETJA      adj
an assessor with jäv                  ETJA      adj
an assessor that applied              -         adj
who leads                             ETJMAR    adjlnrwscfk
who led, taken off                    -         -
a deputy called in                    ETJA      adjlnrwsk
a deputy for others                   ETJA      -
a deputy for others, unanswered       ETJA      -
a deputy for others that decides      ETJA      adlnrwk
who decides                           EJD       adlnrwk
who decides, unanswered               EJD       ad
who decides, with jäv                 EJD       ad
[open, blind]
a stranger                            -         -
the office                            ETJPMKR   dlnrmcf
the office, with jäv                  ETJPMKR   d
the office that applied               -         d
the office that assesses              ETJPMAKRC adjlrsmcf
the office that assesses, unanswered  ETJPMAKRC adj
the office that decides               ETJPMKR   adlnrmcf
an assessor                           ETJAC     adjlrs
an assessor, unanswered               ETJAC     adj
an assessor with jäv                  ETJAC     adj
an assessor that applied              C         adj
who leads                             ETJMARC   adjlrscf
who led, taken off                    -         -
a deputy called in                    ETJAC     adjlrs
a deputy for others                   ETJAC     ad
a deputy for others, unanswered       ETJAC     ad
a deputy for others that decides      ETJAC     adlr
who decides                           EJDC      adlr
who decides, unanswered               EJDC      ad
who decides, with jäv                 EJDC      ad
[interviews, called]
a stranger                            -         -
the office                            ETJPMKR   dlnrwmcfk
the office, with jäv                  ETJPMKR   d
the office that applied               -         d
the office that assesses              ETJPMAKRC adjlnrwsmcfk
the office that assesses, unanswered  ETJPMAKRC adj
the office that decides               ETJPMKR   adlnrwmcfk
an assessor                           ETJAC     adjlnrwsk
an assessor, unanswered               ETJAC     adj
an assessor with jäv                  ETJAC     adj
an assessor that applied              C         adj
who leads                             ETJMARC   adjlnrwscfk
who led, taken off                    -         -
a deputy called in                    ETJAC     adjlnrwsk
a deputy for others                   ETJAC     ad
a deputy for others, unanswered       ETJAC     ad
a deputy for others that decides      ETJAC     adlnrwk
who decides                           EJDC      adlnrwk
who decides, unanswered               EJDC      ad
who decides, with jäv                 EJDC      ad
[kept for later]
a stranger                            -         -
the office                            ETJPMR    dlnrwcfk
the office, with jäv                  ETJPMR    d
the office that applied               -         d
the office that assesses              ETJPMAR   dlnrwcfk
the office that assesses, unanswered  ETJPMAR   dlnrwcfk
the office that decides               ETJPMR    dlnrwcfk
an assessor                           ETJA      -
an assessor, unanswered               ETJA      -
an assessor with jäv                  ETJA      -
an assessor that applied              -         -
who leads                             ETJMAR    -
who led, taken off                    -         -
a deputy called in                    ETJA      -
a deputy for others                   ETJA      -
a deputy for others, unanswered       ETJA      -
a deputy for others that decides      ETJA      -
who decides                           EJD       -
who decides, unanswered               EJD       -
who decides, with jäv                 EJD       -
[kept for later, blind]
a stranger                            -         -
the office                            ETJPMKR   dlnrmcf
the office, with jäv                  ETJPMKR   d
the office that applied               -         d
the office that assesses              ETJPMAKRC dlrmcf
the office that assesses, unanswered  ETJPMAKRC dlrmcf
the office that decides               ETJPMKR   dlnrmcf
an assessor                           ETJAC     -
an assessor, unanswered               ETJAC     -
an assessor with jäv                  ETJAC     -
an assessor that applied              C         -
who leads                             ETJMARC   -
who led, taken off                    -         -
a deputy called in                    ETJAC     -
a deputy for others                   ETJAC     -
a deputy for others, unanswered       ETJAC     -
a deputy for others that decides      ETJAC     -
who decides                           EJDC      -
who decides, unanswered               EJDC      -
who decides, with jäv                 EJDC      -
"""


def rows() -> Iterator[tuple[str, str, str, str]]:
    """When, who, and the letters of what they may in the case and of the one candidate."""
    when = ""
    for line in TABLE.strip().splitlines():
        if line.startswith("["):
            when = line.strip("[]")
            continue
        who, case, one = re.split(r" {2,}| (?=\S+$)", line)
        yield when, who, case.strip("-"), one.strip("-")


@pytest.mark.parametrize(
    ("when", "who", "case", "one"), [pytest.param(*row, id=f"{row[0]}: {row[1]}") for row in rows()]
)
def test_each_may_what_the_table_says_and_nothing_else(when: str, who: str, case: str, one: str) -> None:
    standing, id = Standing(**{**WHO[who], **WHEN[when]}), UUID(int=1)  # type: ignore[arg-type]
    called = {"k": {"called": True}}
    of_case = "".join(key for key, rule in OF_THE_CASE.items() if getattr(access, rule)(standing))
    of_one = "".join(key for key, rule in OF_ONE.items() if getattr(access, rule)(standing, id, **called.get(key, {})))
    assert (of_case, of_one) == (case, one)


def test_everybody_is_asked_about_in_every_phase_and_no_rule_is_left_out() -> None:
    assert [(when, who) for when, who, *_ in rows()] == [(when, who) for when in WHEN for who in WHO]
    named = {
        name for name in vars(access) if name.startswith(("may_", "is_asked", "judges", "only_", "reads_", "names_"))
    }
    assert named - {"may_meet"} == {*OF_THE_CASE.values(), *OF_ONE.values()}
