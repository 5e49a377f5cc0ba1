"""What the pages say of an employment's acts: each with its limit, the last that stands, and how far an extension reaches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.contracts.acts import forms, rules
from portal.contracts.acts.kinds import (
    BY_WHOM,
    WORDS,
    By,
    Kind,
    Standing,
    in_force,
    is_decided,
    still_standing,
    was_ended,
)
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.corrected import Corrected, Recounted, Resized, StoodIn, corrections_of
from portal.contracts.acts.queries.rows import note_on, standing_of
from portal.contracts.acts.services.correcting import has_run_out
from portal.contracts.acts.services.following import standing_renewal
from portal.contracts.decision.models import ActDecision
from portal.contracts.decision.queries import decisions_of_acts
from portal.contracts.decision.stages import STANDINGS, Stage, stage_of
from portal.contracts.models import Employment
from portal.contracts.pictures import Reasoning, permanent_words, reasoning_of, recorded_reasoning
from portal.contracts.renewal.queries import permanent_since, stood_in_before
from portal.contracts.terms import Answer, Terms
from portal.contracts.written.queries import is_offered
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.swedish_dates import in_words, shown_day

WITH_THAT_END: Final = "Förlängd till och med %(ends)s: %(words)s"
IS_NOW: Final = {  # by what it was and became
    (False, True): "det är ett vikariat",
    (True, False): "det är inget vikariat",
    (True, True): "det är för en annan än den som stod",
}
FORMER_DAY: Final = "Skrevs in när första dagen stod som %(starts)s."


@dataclass(frozen=True, slots=True)
class Changed:
    """One act as a page shows it. ``gone``: taken back since. ``former_day``: that the first day was put right after it.
    ``decision`` is where the employer's own decision on it stands; empty where nobody but the employee decided. ``off``: it
    says that the employment is not to be."""

    number: int
    word: str
    decided: date
    moved: str
    about: str
    former_day: str
    limit: str
    note: str
    by: str
    gone: bool
    decision: str
    off: bool


def changed(session: Session, rows: Sequence[EmploymentAct], *, on: date) -> list[Changed]:
    """The acts, the last first; how it was recorded stands elsewhere."""
    gone = {row.takes_back for row in rows}
    decided = decisions_of_acts(session, rows[0].employment_id) if rows else {}
    first_days = {row.starts_on for row in rows if row.kind in (Kind.RECORDED, Kind.EXTENSION)}
    names = {row.recorded_by: session.get_one(Person, row.recorded_by).name for row in rows}
    return [
        Changed(
            number=row.number,
            word=WORDS[Kind(row.kind)],
            decided=row.decided_on,
            moved=f"{_end(row.previous_ends_on)} → {'börjar aldrig' if row.kind == Kind.NEVER_BEGAN else _end(row.ends_on)}",
            about=_about(row, rows),
            former_day="" if row.starts_on in first_days else FORMER_DAY % {"starts": shown_day(row.starts_on)},
            limit=_limit(row),
            note=note_on(session, row),
            by=names[row.recorded_by],
            gone=row.number in gone,
            decision=_standing(row, decided.get(row.number), on),
            off=row.kind == Kind.NEVER_BEGAN,
        )
        for row in reversed(rows)
        if row.kind != Kind.RECORDED
    ]


def _standing(row: EmploymentAct, decision: ActDecision | None, on: date) -> str:
    if not is_decided(row.kind, row.notice_by):
        return ""
    if row.employer == Employer.AUTHORITY:
        return STANDINGS[stage_of(decision, on=on)]
    return "inskrivet" if decision else STANDINGS[Stage.UNWRITTEN]


def put_right(session: Session, row: Employment) -> list[str]:
    """Each time its first day, earlier days, extent or stand-in were put right, and what came along."""
    return [_put_right(one) for one in corrections_of(session, row)]


def _put_right(one: Corrected) -> str:
    if isinstance(one, StoodIn):
        return f"Vikariatet rättades {shown_day(one.on)}: {IS_NOW[one.is_one]}."
    if isinstance(one, Recounted):
        return f"Tidigare dagar hos partiet rättades {shown_day(one.on)}: {one.days[0]} → {one.days[1]}."
    if isinstance(one, Resized):
        return f"Omfattningen rättades {shown_day(one.on)}: {one.percent[0]} → {one.percent[1]} procent."
    (was, became), (before, after) = one.starts, one.ends
    words = f"Första dagen rättades {shown_day(one.on)}: {shown_day(was)} → {shown_day(became)}."
    return words if before == after else f"{words} Slutdatum {_end(before)} → {_end(after)}."


def last_standing(rows: Sequence[EmploymentAct]) -> int | None:
    """The number of the act that can be taken back."""
    kept = [row.number for row in still_standing(rows) if row.kind != Kind.RECORDED]
    return kept[-1] if kept else None


def open_to_correct(
    session: Session, row: Employment, acts: Sequence[EmploymentAct], lasts: date | None, *, on: date
) -> dict[str, bool]:
    """What was written down wrong and can be put right. ``lasts``: since when, where its last day has ended nothing."""
    unsaid = not row.never_began and not is_offered(session, row.id)
    counts = row.employer == Employer.PARTY and not row.never_began
    return {
        "first_day_open": unsaid and last_standing(acts) is None and not has_run_out(row, on=on),
        "days_open": counts and (lasts is not None or not has_run_out(row, on=on)),
        "extent_open": unsaid and not row.is_over(on),
        "stand_in_open": unsaid and (lasts is not None or not row.is_over(on)),
    }


def reasoning_in_force(row: Employment, acts: Sequence[EmploymentAct], *, on: date) -> Reasoning:
    """The panel of an employment: from what was stored with it, or with the extension that its end rests on."""
    holds = in_force(acts)
    extended = row.extended_latest_end is not None and isinstance(holds, EmploymentAct)
    return recorded_reasoning(holds if extended else row, ends=row.ends_on, on=on)


def permanent_now(session: Session, row: Employment, acts: Sequence[EmploymentAct], *, on: date) -> str:
    """That it is, or becomes, permanent with the last day it has (LAS 5 a §); nothing where it does not."""
    renewal = standing_renewal(session, row)
    since = permanent_since(session, row)
    return permanent_words(row, on=on, ended=was_ended(acts), since=since, renewed=renewal is not None)


def extension_warning(
    session: Session, row: Employment, acts: Sequence[EmploymentAct], filled: forms.ActForm | None, *, on: date
) -> str:
    """The same of the last day that an extension would give."""
    tried = _extended(session, row, acts, filled, on)
    if tried is None or tried[1].ends is None or row.employer != Employer.PARTY:
        return ""
    words = permanent_words(row, on=on, ends=tried[1].ends)
    return WITH_THAT_END % {"ends": shown_day(tried[1].ends), "words": words} if words else ""


def extension_reasoning(
    session: Session, row: Employment, acts: Sequence[EmploymentAct], filled: forms.ActForm | None, *, on: date
) -> Reasoning | None:
    """How far an extension reaches: as it was filled in, or one that is decided to-day; None where none can be."""
    tried = _extended(session, row, acts, filled, on)
    if tried is None:
        return None
    wish, found = tried
    terms = Terms(Employer(row.employer), wish.decided, found.starts, found.ends, row.extent_percent)
    return reasoning_of(terms, Answer(found.limit, found.ends, ()), on=on)


def _extended(
    session: Session, row: Employment, acts: Sequence[EmploymentAct], filled: forms.ActForm | None, on: date
) -> tuple[rules.Extension, rules.Worked] | None:
    if row.ends_on is None or row.is_over(on):
        return None
    wish = rules.Extension(on, None)
    if isinstance(filled, forms.ExtensionForm) and filled.decided.data:
        wish = filled.wish()
    stood_in = stood_in_before(session, row) if row.stands_in else 0
    standing: Standing = replace(standing_of(row, acts), stood_in_days=stood_in)
    try:
        return wish, rules.extension(wish, standing, on=on)
    except Refusal:  # beyond the table of elections: said beside the field when it is tried
        return None


def _about(row: EmploymentAct, rows: Sequence[EmploymentAct]) -> str:
    if row.kind == Kind.NOTICE:
        months = row.notice_months
        time = f"{in_words(months)} {'månad' if months == 1 else 'månader'}" if months else "sista dagen angiven"
        free = {True: ", arbetsbefriad", False: ", inte arbetsbefriad", None: ""}[row.released]
        return f"{BY_WHOM[By(row.notice_by or '')]}, {time}{free}"
    if row.kind == Kind.TAKEN_BACK:
        former = next(one for one in rows if one.number == row.takes_back)
        return f"{WORDS[Kind(former.kind)].lower()} {shown_day(former.decided_on)} gäller inte"
    return row.policy_lifted_reason


def _limit(row: EmploymentAct) -> str:
    if row.kind == Kind.NEVER_BEGAN:
        return "Ingen: anställningen täcker ingen dag"
    if row.kind in (Kind.EARLY_END, Kind.NOTICE):
        return "Som förut: ett tidigare slut ger ingen längre gräns"
    return (
        f"Räknat från {shown_day(row.limit_reference)} längst till och med {shown_day(row.limit_latest_end)}, enligt "
        f"{row.limit_article} (regel {row.limit_rule})"
    )


def _end(day: date | None) -> str:
    return shown_day(day) if day else "tills vidare"
