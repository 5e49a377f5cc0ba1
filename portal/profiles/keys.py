"""What a profile answers: the catalogue of keys, each with its kind of value and its words on a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a key's value is."""

    TEXT = "text"
    TEXTS = "texts"  # in order
    CHOICE = "choice"  # one of ``Key.choices``
    NUMBER = "number"  # not below zero
    YES_NO = "yes_no"
    STEPS = "steps"  # in order, each with who does it


class Group(StrEnum):
    """The parts of a profile, in the order of the page; the value is the heading."""

    HOLDERS = "Vem som har vilket ansvar"
    DECISION = "Beslut och avtal"
    TERMS = "Villkor"
    END = "När anställningen slutar"
    SHARES = "Hur tjänsterna fördelas"
    ROLES = "Andra uppdrag"
    FIRST_DAYS = "De första dagarna"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a profile says or does not say.

    ``needed_by`` are the employers ("authority", "party") with whom a contract cannot be finished until it is known.
    """

    name: str
    group: Group
    label: str
    kind: Kind = Kind.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)  # stored word to words on the page
    needed_by: frozenset[str] = frozenset()
    unit: str = ""  # after a number


BOTH: Final = frozenset({"authority", "party"})
AUTHORITY: Final = frozenset({"authority"})

# Employer, work leader and work-environment duty are three keys, always: no two of the rules read so far divide them alike.
_KEYS: Final = (
    Key(
        "employer",
        Group.HOLDERS,
        "Arbetsgivare",
        Kind.CHOICE,
        {
            "authority": "Regionen eller kommunen",
            "party": "Partiet",
            "party_chooses": "Partiet väljer: partiet självt, eller regionen eller kommunen",
        },
        BOTH,
    ),
    Key("employing_body", Group.HOLDERS, "Vem som är arbetsgivarens företrädare"),
    Key("work_leader", Group.HOLDERS, "Arbetsledare", needed_by=BOTH),
    Key("work_leader_instead", Group.HOLDERS, "Arbetsledare när gruppledaren själv är sekreterare"),
    Key("work_environment", Group.HOLDERS, "Arbetsmiljöansvar", needed_by=BOTH),
    Key("work_environment_tasks", Group.HOLDERS, "Vem som får arbetsmiljöuppgifterna, och hur"),
    Key("work_environment_more", Group.HOLDERS, "Annat om arbetsmiljön"),
    Key("placement", Group.HOLDERS, "Placering i organisationen"),
    Key("workplace", Group.HOLDERS, "Arbetsplats"),
    Key("decided_by", Group.DECISION, "Vem som beslutar om anställningen", needed_by=BOTH),
    Key("reported_to", Group.DECISION, "Vem som ska få veta beslutet"),
    Key("procedure", Group.DECISION, "Rutin som ska följas"),
    Key("drawn_up_by", Group.DECISION, "Vem som tar fram avtalet"),
    Key("signatories", Group.DECISION, "Vilka som skriver under, i ordning", Kind.TEXTS, needed_by=AUTHORITY),
    Key("duties", Group.DECISION, "Vem som bestämmer arbetsuppgifterna"),
    Key("conditions", Group.TERMS, "Anställningsvillkor"),
    Key(
        "agreement",
        Group.TERMS,
        "Allmänna bestämmelser (AB)",
        Kind.CHOICE,
        {
            "except": "Gäller i tillämpliga delar, utom det som räknas upp",
            "only": "Bara det som räknas upp tillämpas",
            "as_officials": "Samma som för tjänstepersonerna",
        },
    ),
    Key("agreement_items", Group.TERMS, "Det som räknas upp ur AB", Kind.TEXTS),
    Key("pay", Group.TERMS, "Lön"),
    Key("hours", Group.TERMS, "Arbetstid"),
    Key("benefits", Group.TERMS, "Andra förmåner", Kind.TEXTS),
    Key(
        "notice_months",
        Group.END,
        "Uppsägningstid",
        Kind.NUMBER,
        needed_by=AUTHORITY,  # LAS does not apply there (KL 4:33), so no law fills the gap
        unit="månader",
    ),
    Key("notice_mutual", Group.END, "Lika lång för båda", Kind.YES_NO),
    Key("notice_procedure", Group.END, "Hur en uppsägning går till"),
    Key("early_end", Group.END, "Avslut i förtid"),
    Key("release", Group.END, "Arbetsbefrielse under uppsägningstiden"),
    Key("shares", Group.SHARES, "Hur fördelningen bestäms"),
    Key(
        "shares_in",
        Group.SHARES,
        "Det som fördelas",
        Kind.CHOICE,
        {"posts": "Tjänster", "money": "Pengar, som partiet får eller regionen behåller"},
    ),
    Key("posts_in_all", Group.SHARES, "Tjänster i allt", Kind.NUMBER),
    Key("posts_of", Group.SHARES, "Tjänster per grupp", Kind.TEXTS),
    Key("chair_extra", Group.SHARES, "Tillägg för ordförandens gruppering"),
    Key("shared_posts", Group.SHARES, "En tjänst på flera personer"),
    Key("roles", Group.ROLES, "Vad källan säger om flera uppdrag"),
    Key(
        "roles_policy",
        Group.ROLES,
        "Gruppledare och sekreterare samtidigt",
        Kind.CHOICE,
        {"allow": "Får förekomma", "warn": "Bör undvikas", "forbid": "Får inte förekomma"},
    ),
    Key("fees", Group.ROLES, "Arvode för förtroendeuppdrag"),
    Key("first_steps", Group.FIRST_DAYS, "Steg, i ordning", Kind.STEPS),
)

KEYS: Final[Mapping[str, Key]] = {key.name: key for key in _KEYS}
