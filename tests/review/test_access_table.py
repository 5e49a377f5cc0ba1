"""Every rule of who may do what in a review, asked of everybody in every phase, as one table that is read by people too."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from portal.decisions import access as deciding
from portal.review import access
from portal.review.access import Standing
from portal.review.phases import Phase

ONE, OTHER = frozenset({UUID(int=1)}), frozenset({UUID(int=2)})

RULES: dict[str, Callable[..., bool]] = {
    name: rule
    for where in (access, deciding)
    for name, rule in vars(where).items()
    if name.startswith(("may_", "is_asked", "judges", "only_", "reads_", "names_")) and name != "may_meet"
}

OF_THE_CASE = {
    "E": "may_enter_case", "T": "may_take_part", "J": "may_answer_about_conflicts", "P": "may_name_panel",
    "M": "may_move_on", "A": "may_assess", "K": "may_mask", "R": "may_try_requirements", "D": "only_decides",
    "C": "reads_by_code_name", "S": "names_are_shut", "V": "may_decide",
}  # fmt: skip
OF_ONE = {
    "a": "is_asked", "d": "is_asked_to_decide", "j": "judges", "l": "may_see_listed", "n": "may_see_name",
    "r": "may_read_papers", "w": "may_read_whole_papers", "s": "may_score", "m": "may_mask_application", "c": "may_call",
    "f": "may_drop", "k": "may_see_salary", "b": "may_decide_about", "o": "may_read_about",
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
    "who leads and decides": {"named": True, "leads": True, "decides": True, "clear": ONE},
    "who leads and decides, unanswered": {"named": True, "leads": True, "decides": True},
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
a stranger                            -           o
the office                            ETJPMRV     dlnrwcfko
the office, with jäv                  ETJPMRV     d
the office that applied               -           do
the office that assesses              ETJPMARV    adjo
the office that assesses, unanswered  ETJPMARV    adj
the office that decides               ETJPMRV     adlnrwcfkbo
an assessor                           ETJA        adjo
an assessor, unanswered               ETJA        adj
an assessor with jäv                  ETJA        adj
an assessor that applied              -           adjo
who leads                             ETJMAR      adjo
who leads and decides                 ETJMARV     adjo
who leads and decides, unanswered     ETJMARV     adj
who led, taken off                    -           o
a deputy called in                    ETJA        adjo
a deputy for others                   ETJA        o
a deputy for others, unanswered       ETJA        o
a deputy for others that decides      ETJAV       ado
who decides                           JD          ado
who decides, unanswered               JD          ad
who decides, with jäv                 JD          ad
[blind]
a stranger                            S           o
the office                            ETJPMKRSV   dlnrmcfo
the office, with jäv                  ETJPMKRSV   d
the office that applied               S           do
the office that assesses              ETJPMAKRCSV adjlrsmcfbo
the office that assesses, unanswered  ETJPMAKRCSV adj
the office that decides               ETJPMKRSV   adlnrmcfbo
an assessor                           ETJACS      adjlrso
an assessor, unanswered               ETJACS      adj
an assessor with jäv                  ETJACS      adj
an assessor that applied              CS          adjo
who leads                             ETJMARCS    adjlrscfo
who leads and decides                 ETJMARCSV   adjlrscfbo
who leads and decides, unanswered     ETJMARCSV   adj
who led, taken off                    S           o
a deputy called in                    ETJACS      adjlrso
a deputy for others                   ETJACS      ado
a deputy for others, unanswered       ETJACS      ad
a deputy for others that decides      ETJACSV     ado
who decides                           JDCS        ado
who decides, unanswered               JDCS        ad
who decides, with jäv                 JDCS        ad
[blind, unmasked]
a stranger                            S           o
the office                            ETJPMKRSV   dlnmco
the office, with jäv                  ETJPMKRSV   d
the office that applied               S           do
the office that assesses              ETJPMAKRCSV adjmo
the office that assesses, unanswered  ETJPMAKRCSV adj
the office that decides               ETJPMKRSV   adlnmcbo
an assessor                           ETJACS      adjo
an assessor, unanswered               ETJACS      adj
an assessor with jäv                  ETJACS      adj
an assessor that applied              CS          adjo
who leads                             ETJMARCS    adjo
who leads and decides                 ETJMARCSV   adjo
who leads and decides, unanswered     ETJMARCSV   adj
who led, taken off                    S           o
a deputy called in                    ETJACS      adjo
a deputy for others                   ETJACS      ado
a deputy for others, unanswered       ETJACS      ad
a deputy for others that decides      ETJACSV     ado
who decides                           JDCS        ado
who decides, unanswered               JDCS        ad
who decides, with jäv                 JDCS        ad
[open]
a stranger                            -           o
the office                            ETJPMRV     dlnrwcfko
the office, with jäv                  ETJPMRV     d
the office that applied               -           do
the office that assesses              ETJPMARV    adjlnrwscfkbo
the office that assesses, unanswered  ETJPMARV    adj
the office that decides               ETJPMRV     adlnrwcfkbo
an assessor                           ETJA        adjlnrwsko
an assessor, unanswered               ETJA        adj
an assessor with jäv                  ETJA        adj
an assessor that applied              -           adjo
who leads                             ETJMAR      adjlnrwscfko
who leads and decides                 ETJMARV     adjlnrwscfkbo
who leads and decides, unanswered     ETJMARV     adj
who led, taken off                    -           o
a deputy called in                    ETJA        adjlnrwsko
a deputy for others                   ETJA        o
a deputy for others, unanswered       ETJA        o
a deputy for others that decides      ETJAV       adlnrwkbo
who decides                           EJDV        adlnrwkbo
who decides, unanswered               EJDV        ad
who decides, with jäv                 EJDV        ad
[open, blind]
a stranger                            -           o
the office                            ETJPMKRV    dlnrmcfo
the office, with jäv                  ETJPMKRV    d
the office that applied               -           do
the office that assesses              ETJPMAKRCV  adjlrsmcfbo
the office that assesses, unanswered  ETJPMAKRCV  adj
the office that decides               ETJPMKRV    adlnrmcfbo
an assessor                           ETJAC       adjlrso
an assessor, unanswered               ETJAC       adj
an assessor with jäv                  ETJAC       adj
an assessor that applied              C           adjo
who leads                             ETJMARC     adjlrscfo
who leads and decides                 ETJMARCV    adjlrscfbo
who leads and decides, unanswered     ETJMARCV    adj
who led, taken off                    -           o
a deputy called in                    ETJAC       adjlrso
a deputy for others                   ETJAC       ado
a deputy for others, unanswered       ETJAC       ad
a deputy for others that decides      ETJACV      adlrbo
who decides                           EJDCV       adlrbo
who decides, unanswered               EJDCV       ad
who decides, with jäv                 EJDCV       ad
[interviews, called]
a stranger                            -           o
the office                            ETJPMKRV    dlnrwmcfko
the office, with jäv                  ETJPMKRV    d
the office that applied               -           do
the office that assesses              ETJPMAKRCV  adjlnrwsmcfkbo
the office that assesses, unanswered  ETJPMAKRCV  adj
the office that decides               ETJPMKRV    adlnrwmcfkbo
an assessor                           ETJAC       adjlnrwsko
an assessor, unanswered               ETJAC       adj
an assessor with jäv                  ETJAC       adj
an assessor that applied              C           adjo
who leads                             ETJMARC     adjlnrwscfko
who leads and decides                 ETJMARCV    adjlnrwscfkbo
who leads and decides, unanswered     ETJMARCV    adj
who led, taken off                    -           o
a deputy called in                    ETJAC       adjlnrwsko
a deputy for others                   ETJAC       ado
a deputy for others, unanswered       ETJAC       ad
a deputy for others that decides      ETJACV      adlnrwkbo
who decides                           EJDCV       adlnrwkbo
who decides, unanswered               EJDCV       ad
who decides, with jäv                 EJDCV       ad
[kept for later]
a stranger                            -           -
the office                            ETJPMRV     dlnrwcfko
the office, with jäv                  ETJPMRV     d
the office that applied               -           do
the office that assesses              ETJPMARV    dlnrwcfkbo
the office that assesses, unanswered  ETJPMARV    dlnrwcfko
the office that decides               ETJPMRV     dlnrwcfkbo
an assessor                           ETJA        -
an assessor, unanswered               ETJA        -
an assessor with jäv                  ETJA        -
an assessor that applied              -           -
who leads                             ETJMAR      -
who leads and decides                 ETJMARV     -
who leads and decides, unanswered     ETJMARV     -
who led, taken off                    -           -
a deputy called in                    ETJA        -
a deputy for others                   ETJA        -
a deputy for others, unanswered       ETJA        -
a deputy for others that decides      ETJAV       -
who decides                           EJDV        -
who decides, unanswered               EJDV        -
who decides, with jäv                 EJDV        -
[kept for later, blind]
a stranger                            -           -
the office                            ETJPMKRV    dlnrmcfo
the office, with jäv                  ETJPMKRV    d
the office that applied               -           do
the office that assesses              ETJPMAKRCV  dlrmcfbo
the office that assesses, unanswered  ETJPMAKRCV  dlrmcfo
the office that decides               ETJPMKRV    dlnrmcfbo
an assessor                           ETJAC       -
an assessor, unanswered               ETJAC       -
an assessor with jäv                  ETJAC       -
an assessor that applied              C           -
who leads                             ETJMARC     -
who leads and decides                 ETJMARCV    -
who leads and decides, unanswered     ETJMARCV    -
who led, taken off                    -           -
a deputy called in                    ETJAC       -
a deputy for others                   ETJAC       -
a deputy for others, unanswered       ETJAC       -
a deputy for others that decides      ETJACV      -
who decides                           EJDCV       -
who decides, unanswered               EJDCV       -
who decides, with jäv                 EJDCV       -
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
    of_case = "".join(key for key, name in OF_THE_CASE.items() if RULES[name](standing))
    of_one = "".join(key for key, name in OF_ONE.items() if RULES[name](standing, id, **called.get(key, {})))
    assert (of_case, of_one) == (case, one)


def test_everybody_is_asked_about_in_every_phase_and_no_rule_is_left_out() -> None:
    assert [(when, who) for when, who, *_ in rows()] == [(when, who) for when in WHEN for who in WHO]
    assert RULES.keys() == {*OF_THE_CASE.values(), *OF_ONE.values()}
