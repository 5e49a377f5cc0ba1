"""What another has saved of a party or an authority while its page was open, beside what was typed."""

from functools import partial

from portal import clock
from portal.db import db
from portal.organisations.forms import AuthorityRulesForm, PartyRulesForm
from portal.organisations.models import Authority, Party
from portal.organisations.queries import retention_of, retention_rules_of
from portal.organisations.retention import Retention, in_force
from portal.organisations.services.settings import retention_text, saved_texts, was_left
from portal.seen import Seen, Texts, between, page_marks
from portal.swedish_dates import swedish_day
from portal.web.shared import EMPTY, lines_of, put, tell

RETENTION = "retention"
BOARD = ("board_first_day", "board_source")  # the day, and where it is decided


def suggested(saved: Texts, shown: Retention) -> Texts:
    """What the page says where nobody has typed: of how long applications are kept another thing than all that is saved."""
    return {**saved, RETENTION: retention_text(shown)}


def show_beside(
    form: PartyRulesForm | AuthorityRulesForm, subject: Party | Authority, written: Texts, seen: Seen
) -> None:
    """What only another has changed goes into the form; what both have is told beside it. The page is from now on one that
    was opened with what is saved now."""
    saved, left = saved_texts(db.session, subject), was_left(seen, form.retention)
    moved = between(seen, saved, written).together(*BOARD, among=frozenset(BOARD))
    tell(form, moved, saved, label=partial(_label, form), lines=partial(_lines, form, subject))
    for name in moved.theirs:
        _take_in(form, subject, name)
    form.marks = page_marks(saved, suggested(saved, form.retention) if left else None)


def _take_in(form: PartyRulesForm | AuthorityRulesForm, subject: Party | Authority, name: str) -> None:
    if name == RETENTION:
        put(form.basis, retention_of(db.session, subject, clock.today())[1])
    else:
        put(form[name], getattr(subject, name))


def _label(form: PartyRulesForm | AuthorityRulesForm, name: str) -> str:
    return str((form.basis if name == RETENTION else form[name]).label.text)


def _lines(form: PartyRulesForm | AuthorityRulesForm, subject: Party | Authority, name: str) -> list[str]:
    if name != RETENTION:
        return lines_of(form[name], getattr(subject, name))
    rules, on = retention_rules_of(db.session, subject.id), clock.today()
    rules = [rule for rule in rules if rule.valid_from > on or rule is in_force(rules, on)]
    return [f"Från {swedish_day(rule.valid_from)}: {rule.months} månader. {rule.basis}" for rule in rules] or EMPTY
