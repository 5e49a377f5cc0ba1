"""What a person fills in of a contract, and what is lacking before it can be offered."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from portal.contracts.written.roles import ANOTHER_LEADS, NOT_ONESELF, Policy, leads_the_group, rulings
from portal.contracts.written.rules import HOLDERS, Rules
from portal.seen import Between, Seen, between, page_marks, texts_of

MOST_SIGNATORIES: Final = 6
LEAST_NOTICE: Final = 1
MOST_NOTICE: Final = 24
OWN_ROLES: Final = ("För partiet", "Den som anställs")  # where a party employs and no rules say who signs

_WHO: Final = {
    "work_leader": "Skriv vem som är arbetsledare. Reglerna lämnar det öppet.",
    "work_environment": "Skriv vem som har arbetsmiljöansvaret. Reglerna lämnar det öppet.",
    "decided_by": "Skriv vem som har beslutat om anställningen. Reglerna lämnar det öppet.",
}
WHO_DID: Final = (
    "Skriv vem som har beslutat om anställningen. Reglerna säger vem som får besluta, inte vem som gjorde det."
)
NOTICE: Final = "Skriv uppsägningstiden i månader. Ingen lag ger en när LAS inte gäller, så den måste stå i avtalet."
TWO_SIGN: Final = "Skriv vilka som skriver under, i ordning: minst en för arbetsgivaren och den som anställs."
BY_DECISION: Final = "Anställningsbeslutet"
A_NAME: Final = "Skriv namnet på den som skriver under som %(role)s."
OWN_NAMES: Final = dict(
    zip(OWN_ROLES, ("Skriv vem som skriver under för partiet.", "Skriv namnet på den som anställs."), strict=True)
)
A_ROLE: Final = "Skriv vad %(name)s är, till exempel enhetschef."
EMPLOYEE_SIGNS: Final = "%(name)s ska anställas och måste finnas bland dem som skriver under."
EMPLOYEE_ONCE: Final = "%(name)s ska anställas och kan inte skriva under för arbetsgivaren också."


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signs: as what, and by name."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What has been typed. A holder is optional where the rules say who it is: then it tells the person by name."""

    work_leader: str = ""
    work_environment: str = ""
    decided_by: str = ""
    notice_months: int | None = None
    pay: str = ""  # kronor a month for full time, as digits
    more: str = ""
    signatories: tuple[Signatory, ...] = field(default=())
    also: tuple[str, ...] = ()  # roles.Also: what else the one who is to be employed is
    by_decision: bool = False  # ``decided_by`` is what the employment decision says, and nobody's to type


def marks_of(saved: Filled, suggested: Filled) -> str:
    """What a page says that it was opened with; ``suggested`` is what it says where nobody has typed."""
    return page_marks(_texts(saved), _texts(suggested))


def typed_since(seen: Seen, saved: Filled, typed: Filled, *, decided: str = "") -> Between:
    """What has come between a page that was opened with ``seen`` and is sent with ``typed``, and what is saved now. Who has
    ``decided`` is nobody's to type, once there is a decision."""
    return between(seen, _texts(saved), _texts(replace(typed, decided_by=decided) if decided else typed))


def _texts(filled: Filled) -> dict[str, str]:
    """Each field as the one text that it is compared by; rows that are left empty at the end say nothing."""
    signing = [[one.role, one.name] for one in filled.signatories]
    while signing and not any(signing[-1]):
        signing.pop()
    said = {key: value for key, value in asdict(filled).items() if key != "by_decision"}
    return texts_of({**said, "also": list(filled.also), "signatories": signing})


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to fill in, and the form field it belongs to."""

    field: str
    sentence: str


def holder(rules: Rules, key: str, typed: str) -> str:
    """Who has a responsibility, in the contract's words: what the rules say, and who that is."""
    said = "; ".join(rules.words(key))
    return f"{said}: {typed}" if said and typed else said or typed


def held_by(rules: Rules, filled: Filled, key: str) -> tuple[str, str]:
    """Who has a responsibility and where that is written. A gruppledare who is employed never leads their own work: then
    the rules' other leader does, or who is typed. Who decided is told by the decision alone, once it is written down, and
    of an authority's before it by who is typed: the rules say who may, and it may be another than they mean (KL 6:37)."""
    if key == "decided_by" and (filled.by_decision or not rules.by_party):
        return filled.decided_by, BY_DECISION if filled.by_decision else ""
    another = key == "work_leader" and leads_the_group(filled.also)
    rule = "work_leader_instead" if another else key
    return holder(rules, rule, getattr(filled, key)), rules.source(rule)


def notice_of(rules: Rules, filled: Filled) -> int | None:
    """The months of notice: the rules', or what a person has written where they leave it open."""
    return filled.notice_months if rules.notice_months is None else rules.notice_months


def suggested(rules: Rules, employer: str, employee: str) -> tuple[Signatory, ...]:
    """Who is employed signs last in every set of rules that has been read; somebody sees to it that it is so here."""
    if rules.roles:
        return (*(Signatory(role, "") for role in rules.roles[:-1]), Signatory(rules.roles[-1], employee))
    first = OWN_ROLES[0] if employer == "party" else ""
    return (Signatory(first, ""), Signatory(OWN_ROLES[1], employee))


def planned(rules: Rules, filled: Filled, *, employer: str, employee: str = "") -> tuple[Signatory, ...]:
    """Who signs, in order: the rules' roles with the names that were written, or what a person has written; where nobody has,
    what the form suggests.

    A name may still be empty.
    """
    written = filled.signatories or suggested(rules, employer, employee)
    if not rules.roles:
        return tuple(one for one in written if one.role or one.name)
    names = [one.name for one in written]
    return tuple(Signatory(role, names[place] if place < len(names) else "") for place, role in enumerate(rules.roles))


def lacking(
    rules: Rules, filled: Filled, *, employer: str, employee: str, policies: Mapping[str, str] | None = None
) -> tuple[Lack, ...]:
    """All that must be filled in before the contract can be offered, and what must not be. ``policies`` are the party's
    own on other offices beside the post."""
    found = rulings(filled.also, rules, policies or {})
    return (
        *(Lack("also", one.sentence) for one in found if one.policy is Policy.FORBID),
        *_of_leader(rules, filled, employee),
        *(Lack(key, _asked(rules, key)) for key in HOLDERS[1:] if not held_by(rules, filled, key)[0]),
        *([Lack("notice_months", NOTICE)] if employer == "authority" and notice_of(rules, filled) is None else []),
        *_of_signatories(planned(rules, filled, employer=employer, employee=employee), employee),
    )


def _asked(rules: Rules, key: str) -> str:
    return WHO_DID if key == "decided_by" and rules.words(key) else _WHO[key]


def _of_leader(rules: Rules, filled: Filled, employee: str) -> Iterator[Lack]:
    """Nobody leads their own work."""
    typed = filled.work_leader
    if typed and same_name(typed, employee):
        yield Lack("work_leader", NOT_ONESELF % {"name": employee})
    elif not held_by(rules, filled, "work_leader")[0]:
        yield Lack("work_leader", ANOTHER_LEADS if leads_the_group(filled.also) else _WHO["work_leader"])


def _of_signatories(signing: tuple[Signatory, ...], employee: str) -> Iterator[Lack]:
    for place, one in enumerate(signing):
        if not one.name:
            asked = OWN_NAMES.get(one.role) or A_NAME % {"role": _begun_small(one.role)}
            yield Lack(f"name_{place}", asked)
        elif not one.role:
            yield Lack(f"role_{place}", A_ROLE % {"name": one.name})
    if len(signing) < 2:
        yield Lack("name_0", TWO_SIGN)
    elif all(one.name for one in signing):
        times = sum(same_name(one.name, employee) for one in signing)
        if times != 1:
            yield Lack("name_0", (EMPLOYEE_ONCE if times else EMPLOYEE_SIGNS) % {"name": employee})


def _begun_small(words: str) -> str:
    return words[:1].lower() + words[1:]


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spaces."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
