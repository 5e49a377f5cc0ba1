"""The forms of a contract: what the rules leave open, and one signature. What the rules say has no field."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import InputRequired

from portal.ads.forms.fields import Day, Line, Number, PageForm, SharedForm, Text
from portal.contracts.written.filling import (
    LEAST_NOTICE,
    MOST_NOTICE,
    MOST_SIGNATORIES,
    Filled,
    Signatory,
    suggested,
)
from portal.contracts.written.roles import NAMES
from portal.contracts.written.rules import Rules
from portal.documents.kinds import MAX_BYTES
from portal.review.forms.fields import CheckboxesField
from portal.web.fields import HiddenField
from portal.web.forms import SelectChoice

LABELS = {"work_leader": "Arbetsledare", "work_environment": "Arbetsmiljöansvar", "decided_by": "Beslutet fattat av"}
_ROWS_WITHOUT_RULES = 4


class ContractForm(SharedForm):
    """What is the same for every contract; ``contract_form`` adds who signs and, where it is open, the notice."""

    also = CheckboxesField(
        "Den som anställs är också", choices=[SelectChoice(one.value, name) for one, name in NAMES.items()]
    )
    work_leader = Line("Arbetsledare")
    work_environment = Line("Arbetsmiljöansvar")
    decided_by = Line("Beslutet fattat av")
    pay = Number("Lön", least=1, most=999_999, unit="kronor")
    more = Text("Övrigt", most=4000)
    rows: int = 0

    def filled(self) -> Filled:
        """What was typed; of a field that says nothing valid, nothing."""
        signing = [
            Signatory(self[f"role_{n}"].data if f"role_{n}" in self else "", self[f"name_{n}"].data)
            for n in range(self.rows)
        ]
        return Filled(
            work_leader=self.work_leader.data or "",
            work_environment=self.work_environment.data or "",
            decided_by=self.decided_by.data or "",
            notice_months=self["notice_months"].data if "notice_months" in self else None,
            pay=str(self.pay.data or ""),
            more=self.more.data or "",
            signatories=tuple(signing),
            also=tuple(self.also.data or ()),
        )


def contract_form(rules: Rules, filled: Filled, *, employer: str, employee: str, **values: Any) -> ContractForm:
    """The form of one contract, filled with what has been typed so far; the employee's name stands on the last line."""
    fields: dict[str, Any] = {}
    roles = rules.roles
    rows = len(roles) or min(MOST_SIGNATORIES, max(_ROWS_WITHOUT_RULES, len(filled.signatories)))
    if rules.notice_months is None:
        fields["notice_months"] = Number("Uppsägningstid", least=LEAST_NOTICE, most=MOST_NOTICE, unit="månader")
    for n in range(rows):
        if not roles:
            fields[f"role_{n}"] = Line(f"{n + 1}. Skriver under som")
        fields[f"name_{n}"] = Line(f"{n + 1}. {roles[n]}" if roles else f"{n + 1}. Namn")
    made = type("OneContractForm", (ContractForm,), {**fields, "rows": rows})
    return made(data=present(filled, rules, rows, employer, employee), **values)  # type: ignore[no-any-return]


def present(filled: Filled, rules: Rules, rows: int, employer: str, employee: str) -> dict[str, Any]:
    """What has been typed so far, by the fields of the form."""
    typed: dict[str, Any] = {
        name: getattr(filled, name) for name in ("work_leader", "work_environment", "decided_by", "more", "also")
    }
    typed |= {"notice_months": filled.notice_months, "pay": int(filled.pay) if filled.pay else None}
    signing = filled.signatories or suggested(rules, employer, employee)
    for n, one in enumerate(signing[:rows]):
        typed |= {f"role_{n}": one.role, f"name_{n}": one.name}
    return typed


class AcceptanceForm(PageForm):
    """The day of the yes. ``instead_of`` is the day that the page showed as written down, where there was one."""

    accepted_on = Day("Antaget den", required="Ange den dag då svaret kom.")
    instead_of = HiddenField()

    @property
    def before(self) -> date | None:
        """The day that the page showed; None of what is no day."""
        try:
            return date.fromisoformat(self.instead_of.data or "")
        except ValueError:
            return None


class SignatureForm(PageForm):
    """One signature: who it is by, when, and the copy. The file comes last."""

    name = Line("Namnet på kopian", required="Skriv namnet som det står på kopian.")
    signed_on = Day("Underskriftens datum", required="Ange dagen som står på kopian.")
    file = FileField("Den undertecknade kopian", render_kw={"accept": ".pdf", "data-max-bytes": MAX_BYTES})


class TakeBackForm(PageForm):
    """The last signature was filed wrong. ``signature`` is which one the page showed."""

    signature = HiddenField()
    why = Text("Vad var fel?", most=1000, required="Skriv vad som var fel med underskriften, till exempel dagen.")
    sure = BooleanField(
        "Ja, underskriften ska tas tillbaka",
        validators=[InputRequired("Kryssa för om underskriften ska tas tillbaka.")],
    )

    @property
    def which(self) -> UUID | None:
        """The signature on the page; None of what is no id."""
        try:
            return UUID(self.signature.data or "")
        except ValueError:
            return None
