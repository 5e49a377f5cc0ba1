"""What the page of a contract shows, put together from rows and rules."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal import clock
from portal.accounts.models import Person
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.routes.acted import Changed, changed
from portal.contracts.written.filling import Signatory
from portal.contracts.written.forms import LABELS, AcceptanceForm, ContractForm, SignatureForm, TakeBackForm
from portal.contracts.written.models import Contract, ContractSignature
from portal.contracts.written.queries import (
    Held,
    accepted_day,
    filed_document,
    name_on,
    rules_it_rests_on,
    signatories_of,
    signatures_of,
    signatures_taken_back,
    why_taken_back,
    words_of_paper,
)
from portal.contracts.written.roles import Policy, rulings
from portal.contracts.written.rules import HOLDERS
from portal.contracts.written.states import WAY, WORDS, State
from portal.db import db
from portal.documents.services import filed_text
from portal.web.filters import day, day_and_time, sum_of_money

STEPS = [WORDS[state] for state in WAY]


def page_of(
    held: Held, *, form: ContractForm, may_write: bool, signature_form: SignatureForm | None = None,
    take_back_form: TakeBackForm | None = None, acceptance_form: AcceptanceForm | None = None,
) -> dict[str, Any]:  # fmt: skip
    """All variables of the page."""
    on, row = clock.today(), held.row
    draft = held.state is State.DRAFT
    page: dict[str, Any] = {
        "held": held,
        "form": form,
        "may_write": may_write,
        "state": held.state.value,
        "state_word": WORDS[held.state],
        "steps": STEPS,
        "step": WAY.index(held.state) + 1,
        "late": row is not None and row.signed_at is None and on >= held.employment.starts_on,
        "current": "employments",
    }
    if draft:
        seen = {"seen": held.sheet(on=on).print, "too_early": held.is_decided_after(on), "how_far": _how_far(held)}
        return page | _of_draft(held) | seen
    assert row is not None
    forms = {
        "signature_form": signature_form or SignatureForm(formdata=None),
        "take_back_form": take_back_form or TakeBackForm(formdata=None),
        "acceptance_form": acceptance_form or AcceptanceForm(formdata=None, accepted_on=accepted_day(row) or on),
        "accepted_on": accepted_day(row),
        "tried": take_back_form or signature_form or acceptance_form,
    }
    offered = _of_offered(held, row)
    how_far = _how_far(held, signed=f"{offered['signed']} av {len(offered['signatures'])}")
    return page | offered | forms | {"how_far": how_far}


def _how_far(held: Held, *, signed: str = "") -> str:
    """What follows the word of the state: what is done now, since when, or how long it runs. ``signed``: how many have."""
    row, job = held.row, held.employment
    if held.state is State.DRAFT or row is None or row.offered_at is None:
        return ": det blir inget avtal" if job.never_began else ": skrivs på kansliet"
    match held.state:
        case State.OFFERED:
            return f" {day_and_time(row.offered_at)}"
        case State.ACCEPTED:
            on = accepted_day(row)
            return f"{f' {day(on)}' if on else ''}, {signed} har skrivit under"
        case State.SIGNED:
            return f" av alla. Löper från {day(job.starts_on)}"
        case State.RUNNING:
            return f" till och med {day(job.ends_on)}" if held.last_day and job.ends_on else " tills vidare"
        case State.ENDED:
            return f" {day(job.ends_on)}" if job.ends_on else ""
    return ""


def _of_draft(held: Held) -> dict[str, Any]:
    rules = held.rules
    return {
        "holders": [
            {
                "name": key,
                "label": LABELS[key],
                "words": "; ".join(rules.words(key)),
                "source": rules.source(key),
                "unclear": rules.unclear(key),
                "decided": held.decided if key == "decided_by" else "",
            }
            for key in HOLDERS
        ],
        "discouraged": [
            one.sentence for one in rulings(held.filled.also, rules, held.policies) if one.policy is Policy.WARN
        ],
        "instead": "; ".join(rules.words("work_leader_instead")),
        "notice_rule": {
            "words": "; ".join(rules.words("notice_months")) if rules.notice_months is not None else "",
            "source": rules.source("notice_months"),
            "unclear": rules.unclear("notice_months") or "; ".join(rules.words("notice_months")),
        },
        "signing": {
            "roles": rules.roles,
            "source": rules.source("signatories"),
            "unclear": rules.unclear("signatories"),
        },
        "lacks": held.lacks,
    }


def _months(months: int | None) -> str:
    return f"{months} {'månad' if months == 1 else 'månader'}" if months else ""


def _of_offered(held: Held, row: Contract) -> dict[str, Any]:
    signing, there = signatories_of(db.session, row), signatures_of(db.session, row.id)
    paper = filed_document(db.session, row.document_id)
    return {
        "row": row,
        "responsible": [
            {"label": "Arbetsgivare", "value": row.employer_name},
            *({"label": LABELS[key], "value": words_of_paper(db.session, row, key)} for key in HOLDERS),
            {"label": "Uppsägningstid", "value": _months(row.notice_months)},
            {"label": "Lön", "value": _pay(held.filled.pay)},
            {"label": "Övrigt", "value": held.filled.more},
            {"label": "Regler", "value": rules_it_rests_on(row)},
        ],
        "since": _changed_since(row),
        "paper": paper,
        "checksum": filed_text(db.session, paper, "checksum") if paper else "",
        "signatures": list(_lines(signing, there)),
        "signed": len(there),
        "taken_back": list(_taken_back(row)),
    }


def _changed_since(row: Contract) -> list[Changed]:
    """The acts that have changed the end since the paper was set; the paper stays as it is. One that was taken back again is
    as if it had not been."""
    acts = acts_of(db.session, row.employment_id)
    later = {act.number for act in acts if row.offered_at is not None and act.recorded_at > row.offered_at}
    later -= {act.number for act in acts if act.takes_back in later}
    return [act for act in changed(db.session, acts, on=clock.today()) if act.number in later and not act.gone]


def _lines(signing: Sequence[Signatory], there: Sequence[ContractSignature]) -> Any:
    """One for each who signs: the signature as it was filed, or whether it is their turn."""
    for number, one in enumerate(signing, 1):
        done = there[number - 1] if number <= len(there) else None
        who = Signatory(done.role, name_on(db.session, done)) if done else one
        yield {"number": number, "role": who.role, "name": who.name, "done": done, "next": number == len(there) + 1}


def _taken_back(row: Contract) -> Iterator[dict[str, Any]]:
    """The signatures that were filed wrong, with what was wrong."""
    for one in signatures_taken_back(db.session, row.id):
        by = db.session.get_one(Person, one.taken_back_by).name
        yield {"row": one, "name": name_on(db.session, one), "why": why_taken_back(db.session, one), "by": by}


def _pay(kronor: str) -> str:
    return f"{sum_of_money(int(kronor))} kronor i månaden vid heltid" if kronor else ""
