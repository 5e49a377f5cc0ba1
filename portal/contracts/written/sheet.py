"""The contract as headings, paragraphs, pairs and lines to sign on, made from data. The limit is read, never worked out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.contracts.titles import title_of_one
from portal.contracts.written.filling import Filled, Signatory, held_by, notice_of, planned
from portal.contracts.written.rules import Rules
from portal.elections.permanent import with_months_of_thirty
from portal.swedish_dates import in_words, swedish_day

Block = dict[str, Any]
TITLE: Final = "Anställningsavtal"
IN_CONTRACT: Final = "Bestämt i det här avtalet"

BY_LAW: Final = (
    "Anställningen är en anställning som politisk sekreterare enligt kommunallagen (2017:725) 4 kap. 33 §. Lagen (1982:80) "
    "om anställningsskydd gäller inte för den (samma paragraf, tredje stycket). Den som anställs har rätt till den ledighet "
    "från annan anställning som tjänsten kräver (4 kap. 34 §)."
)
BY_PARTY: Final = (
    "Partiet är arbetsgivare, så lagen (1982:80) om anställningsskydd gäller. Kommunallagens regler om politiska sekreterare "
    "(4 kap. 33 och 34 §§) gäller bara den som en kommun eller region anställer."
)
LIMIT: Final = (
    "Ingen får vara anställd som politisk sekreterare längre än till utgången av det år då val av fullmäktige ska hållas "
    "nästa gång i hela landet (%(article)s). Gränsen är uträknad för den här anställningen och räknas inte om."
)
PERMANENT: Final = (
    "Pågår anställningen fortfarande %(day)s blir den då en tillsvidareanställning: tiden i särskild visstidsanställning "
    "hos partiet har blivit mer än tolv månader under en femårsperiod (lagen om anställningsskydd 5 a §). Slutdatumet "
    "gäller i så fall inte längre."
)
PERMANENT_BEFORE: Final = (
    "Den fortsätter en anställning som är en tillsvidareanställning från och med %(day)s, om den pågick då (lagen om "
    "anställningsskydd 5 a §). I så fall gäller inte slutdatumet."
)
NOT_PERMANENT: Final = (
    "Den slutar före %(day)s, den dag då tiden i särskild visstidsanställning hos partiet annars hade blivit mer än tolv "
    "månader och anställningen en tillsvidareanställning (lagen om anställningsskydd 5 a §)."
)
MAYBE_PERMANENT: Final = (
    "Den blir en tillsvidareanställning om tiden i särskild visstidsanställning hos partiet hinner bli mer än tolv månader "
    "under en femårsperiod (lagen om anställningsskydd 5 a §). Slutdatumet gäller i så fall inte längre."
)
STANDS_IN: Final = (
    "Anställningen är ett vikariat (lagen om anställningsskydd 5 §). Har den som anställs varit vikarie hos partiet i "
    "sammanlagt mer än två år under en femårsperiod blir den en tillsvidareanställning (5 a §)."
)
NO_LAS: Final = "Lagen om anställningsskydd gäller inte, så vid en uppsägning är det avtalet som gäller."
NO_TIME: Final = "Uppsägningstiden fylls i innan avtalet kan erbjudas."
TO_FILL: Final = "Fylls i innan avtalet kan erbjudas"
BESIDE_IT: Final = "Lag och kollektivavtal gäller vid sidan av avtalet, också det som inte står här."
LAS_NOTICE: Final = "Uppsägningstiden följer lagen om anställningsskydd 11 §."
LAS_LONGER: Final = "Ger lagen om anställningsskydd 11 § en längre tid gäller den."
AB: Final = "Allmänna bestämmelser (AB)"
THREE: Final = "Att vara arbetsgivare, att leda arbetet och att ansvara för arbetsmiljön är tre olika ansvar."
SIGN: Final = "Var och en skriver under på sin rad, i den här ordningen."


@dataclass(frozen=True, slots=True)
class Facts:
    """What the employment and its organisations say. Days are calendar days in Sweden; ``ends_on`` None: until further
    notice. ``stands_in`` for a stand-in (vikariat)."""

    employer: str  # authority or party
    employer_name: str
    authority_name: str
    party_name: str
    employee: str
    title: str
    extent_percent: int
    decided_on: date
    starts_on: date
    ends_on: date | None
    limit_reference: date
    limit_election: date
    limit_latest_end: date
    limit_rule: str
    limit_article: str
    permanent_on: date | None
    earlier_days: int
    stands_in: bool
    permanent_since: date | None = None  # what it renews was permanent already from that day
    extended_on: date | None = None  # the decision that the last day rests on, where that is not the first one
    extended_by: str = ""  # who took it, in its own words, where it is written down

    @property
    def by_authority(self) -> bool:
        """A region or a municipality employs."""
        return self.employer == "authority"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contract to be set: its blocks in order, who signs, and the day it is drawn up."""

    blocks: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    on: date

    @property
    def print(self) -> str:
        """A hash of every word: the same words, the same print."""
        return hashlib.sha256(json.dumps(self.blocks, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sheet_of(facts: Facts, rules: Rules, filled: Filled, *, on: date) -> Sheet:
    """The whole contract as it is drawn up ``on`` a day. What the rules do not say and nobody wrote is left out."""
    signing = planned(rules, filled, employer=facts.employer, employee=facts.employee)
    articles = (
        ("Parter", _parties(facts, rules)),
        ("Anställningen", _work(facts, rules, filled)),
        ("Anställningstid", _time(facts)),
        ("Uppsägning", _notice(facts, rules, filled)),
        ("Villkor", _conditions(rules)),
        ("Ansvar", _responsible(facts, rules, filled)),
        ("Övrigt", [_text(filled.more)] if filled.more else []),
        ("Regler", _rules(facts, rules)),
        ("Underskrifter", _signing(signing)),
    )
    blocks: list[Block] = [_head(facts, on)]
    for number, (heading, body) in enumerate(((name, list(body)) for name, body in articles if body), 1):
        if body:
            blocks += [{"kind": "heading", "text": f"{number}  {heading}"}, *body]
    return Sheet(tuple(blocks), signing, on)


def _head(facts: Facts, on: date) -> Block:
    return {"kind": "head", "employer": facts.employer_name, "title": TITLE, "about": f"Upprättat {swedish_day(on)}"}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _pairs(*rows: tuple[str, str, str]) -> Block:
    """Label, value, and where it is from; rows without a value are left out."""
    return {"kind": "pairs", "rows": [list(row) for row in rows if row[1]]}


def _said(rules: Rules, key: str, label: str) -> tuple[str, str, str]:
    return label, "; ".join(rules.words(key)), rules.source(key)


def _parties(facts: Facts, rules: Rules) -> Iterator[Block]:
    yield _pairs(
        ("Arbetsgivare", facts.employer_name, ""),
        _said(rules, "employing_body", "Arbetsgivaren företräds av"),
        ("Den som anställs", facts.employee, ""),
        ("Arbetar åt", facts.party_name if facts.by_authority else "", ""),
    )


def _work(facts: Facts, rules: Rules, filled: Filled) -> Iterator[Block]:
    yield _text(BY_LAW if facts.by_authority else BY_PARTY)
    pay = f"{int(filled.pay):,} kronor i månaden vid heltid".replace(",", "\u00a0") if filled.pay else ""
    yield _pairs(
        ("Befattning", title_of_one(facts.title) or "Politisk sekreterare", ""),
        ("Omfattning", f"{facts.extent_percent} procent av heltid", ""),
        ("Lön", pay, "") if pay else _said(rules, "pay", "Lön"),
        _said(rules, "hours", "Arbetstid"),
        _said(rules, "placement", "Placering"),
        _said(rules, "workplace", "Arbetsplats"),
        _said(rules, "duties", "Arbetsuppgifter"),
        ("Beslut fattat", swedish_day(facts.decided_on), ""),
        _holder(rules, filled, "decided_by", "Beslut fattat av"),
        ("Förlängning beslutad", swedish_day(facts.extended_on) if facts.extended_on else "", ""),
        ("Förlängning beslutad av", facts.extended_by, ""),
    )


def _holder(rules: Rules, filled: Filled, key: str, label: str) -> tuple[str, str, str]:
    who, source = held_by(rules, filled, key)
    told = source or ("" if key == "decided_by" else IN_CONTRACT)  # who decided is no term of the contract
    return (label, who, told) if who else (label, TO_FILL, "")


def _time(facts: Facts) -> Iterator[Block]:
    starts = swedish_day(facts.starts_on)
    if facts.ends_on is None:
        yield _text(f"Anställningen gäller tills vidare från och med {starts}.")
        return
    span = f"från och med {starts} till och med {swedish_day(facts.ends_on)}"
    if facts.by_authority:
        yield _text(f"Anställningen gäller {span} och upphör då utan uppsägning.")
        yield _limit(facts)
    elif facts.permanent_since is not None:
        yield _text(f"Anställningen gäller {span}. {PERMANENT_BEFORE % {'day': swedish_day(facts.permanent_since)}}")
    elif facts.stands_in:
        yield _text(f"Anställningen gäller {span}. {STANDS_IN}")
    else:
        yield _text(f"Anställningen är en särskild visstidsanställning (lagen om anställningsskydd 5 §) {span}.")
        yield from _permanent(facts, facts.ends_on)


def _limit(facts: Facts) -> Block:
    return {
        "kind": "reasoned",
        "rows": [
            ["Räknat från", swedish_day(facts.limit_reference)],
            ["Nästa val i hela landet", swedish_day(facts.limit_election)],
            ["Sista möjliga dag", swedish_day(facts.limit_latest_end)],
        ],
        "text": LIMIT % {"article": facts.limit_article},
        "rule": f"Regel {facts.limit_rule}",
    }


def _permanent(facts: Facts, ends: date) -> Iterator[Block]:
    if facts.permanent_on is None:
        return
    maybe = ends >= with_months_of_thirty(facts.starts_on, facts.earlier_days)
    words = PERMANENT if ends >= facts.permanent_on else MAYBE_PERMANENT if maybe else NOT_PERMANENT
    counted = f" {facts.earlier_days} tidigare dagar är inräknade." if facts.earlier_days else ""
    yield _text(words % {"day": swedish_day(facts.permanent_on)} + counted)


def _notice(facts: Facts, rules: Rules, filled: Filled) -> Iterator[Block]:
    months = notice_of(rules, filled)
    time = ""
    if months is not None:
        both = " för båda" if rules.notice_mutual or rules.notice_months is None else ""
        time = f"Uppsägningstiden är {in_words(months)} {'månad' if months == 1 else 'månader'}{both}."
    source = rules.source("notice_months") if rules.notice_months is not None else IN_CONTRACT if time else ""
    if facts.by_authority:
        yield {"kind": "text", "text": f"{time or NO_TIME} {NO_LAS}", "source": source}
    else:
        yield {"kind": "text", "text": f"{time} {LAS_LONGER}" if time else LAS_NOTICE, "source": source}
    further = _pairs(
        _said(rules, "notice_procedure", "Så går det till"),
        _said(rules, "early_end", "Avslut i förtid"),
        _said(rules, "release", "Arbetsbefrielse"),
    )
    if further["rows"]:
        yield further


def _conditions(rules: Rules) -> Iterator[Block]:
    for line in rules.words("conditions"):
        yield {"kind": "text", "text": line, "source": rules.source("conditions")}
    agreement = "; ".join(rules.words("agreement"))
    if items := rules.words("agreement_items"):
        lead = f"{AB}: {_small(agreement)}" if agreement else AB
        yield _list(lead, items, rules.source("agreement_items"))
    elif agreement:
        yield _pairs((AB, agreement, rules.source("agreement")))
    if benefits := rules.words("benefits"):
        yield _list("Andra förmåner", benefits, rules.source("benefits"))


def _list(lead: str, items: tuple[str, ...], source: str) -> Block:
    return {"kind": "list", "lead": lead, "items": list(items), "source": source}


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _responsible(facts: Facts, rules: Rules, filled: Filled) -> Iterator[Block]:
    yield _text(THREE) | {"leads": True}
    yield _pairs(
        ("Arbetsgivare", facts.employer_name, rules.source("employer")),
        _holder(rules, filled, "work_leader", "Arbetsledare"),
        _holder(rules, filled, "work_environment", "Arbetsmiljöansvar"),
        _said(rules, "work_environment_tasks", "Arbetsmiljöuppgifter"),
        _said(rules, "work_environment_more", "Mer om arbetsmiljön"),
    )


def _rules(facts: Facts, rules: Rules) -> Iterator[Block]:
    profile = rules.profile
    if not facts.by_authority:
        yield _text(BESIDE_IT)
    if profile is None:
        yield _text(f"{facts.authority_name} har inga egna regler inlagda för den här anställningen.")
        return
    valid = swedish_day(profile.valid_from)
    yield _text(
        f"Avtalet följer de regler för politiska sekreterare som {profile.name} har bestämt, version {profile.version}, som "
        f"källorna visar gällde {valid}. Det som reglerna inte säger har parterna bestämt här."
    )
    yield _list("Reglerna står i", rules.sources, "")


def _signing(signing: tuple[Signatory, ...]) -> Iterator[Block]:
    yield _text(SIGN) | {"leads": True}
    rows = [[str(place), one.role, one.name] for place, one in enumerate(signing, 1)]
    yield {"kind": "signatures", "rows": rows}


def data_of(sheet: Sheet, *, mark: str) -> Mapping[str, Any]:
    """What the page setter is given; ``mark`` stands at the head of each page, as "UTKAST"."""
    day = [sheet.on.year, sheet.on.month, sheet.on.day]
    return {"title": TITLE, "mark": mark, "day": day, "blocks": list(sheet.blocks)}
