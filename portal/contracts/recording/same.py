"""Whether an employment that is recorded is what a form says: only then is the form a second press."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.contracts.terms import Answer, Terms
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

CALLED_OFF = N_(
    "Anställningen är redan registrerad, men den blir inte av: så beslutades %(decided)s. Det som står här är inte sparat. "
    "Blir den av ändå, ta tillbaka det på anställningens sida."
)
RENEWED = N_(
    "Den är redan förnyad: %(there)s. Det som står här är inte sparat. Tidigare dagar och slutdatum går att ändra på "
    "förnyelsens sida. Innan ett avtal är erbjudet går det också med första dag, omfattning och vikariat."
)
ANOTHER = N_(
    "En sådan anställning är redan registrerad: %(there)s. Det som står här är inte sparat. Är det fel i det som är "
    "registrerat går tidigare dagar att rätta på anställningens sida, och innan ett avtal är erbjudet också vikariat. Är det "
    "en annan anställning, skriv en titel som skiljer dem åt."
)


class AlreadyRecorded(Refusal):
    """It is recorded, and not as the form has it. ``employment_id`` is where."""

    text = N_(
        "Anställningen är redan registrerad: %(there)s. Det som står här är inte sparat. Tidigare dagar och slutdatum "
        "går att ändra på anställningens sida. Innan ett avtal är erbjudet går det också med första dag, omfattning och "
        "vikariat."
    )
    status = 409

    def __init__(self, row: Any, *others: str, text: str | None = None) -> None:
        self.employment_id: UUID = row.id
        if row.never_began:
            super().__init__(CALLED_OFF, decided=swedish_day(row.ends_on))
        else:
            super().__init__(text, there=", ".join((*_days(row), *others)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a form says besides days and extent, as it is kept. ``instead``: the post of whom it stands in for, as the
    ledger marks it."""

    earlier_days: int
    policy_reason: str
    stands_in: bool
    instead: UUID | None = None


def same_days(row: Any, terms: Terms, answer: Answer) -> bool:
    """Whether days and extent are the same."""
    recorded = (row.decided_on, row.starts_on, row.ends_on, row.extent_percent)
    return bool(recorded == (terms.decided, terms.starts, answer.ends, terms.extent_percent))


def beside_of(row: Any, instead: UUID | None = None) -> Beside:
    """The rest, as it is recorded."""
    return Beside(row.earlier_days, row.policy_lifted_reason, row.stands_in, instead)


def beside_in(terms: Terms, answer: Answer, instead: UUID | None = None) -> Beside:
    """The rest, as it would be recorded."""
    return Beside(terms.earlier_days, kept_reason(terms.policy_reason, answer), terms.stands_in, instead)


def kept_reason(reason: str, answer: Answer) -> str:
    """The reason is kept only where a party's end lies past its policy."""
    limit = answer.limit
    past = limit.basis == "policy" and (answer.ends is None or answer.ends > limit.latest_end)
    return reason.strip() if past else ""


def others_in_words(there: Beside, here: Beside, instead: str) -> tuple[str, ...]:
    """What is recorded besides days and extent where the form says something else. ``instead`` is whom it stands in for."""
    found = []
    if there.earlier_days != here.earlier_days:
        found.append(f"tidigare dagar hos partiet: {there.earlier_days}")
    if there.policy_reason != here.policy_reason:
        reason = f"”{there.policy_reason}”" if there.policy_reason else "inget"
        found.append(f"skäl att gå förbi utgångsläget: {reason}")
    if (there.stands_in, there.instead) != (here.stands_in, here.instead):
        found.append(f"vikarierar för: {instead or ('någon som inte är registrerad' if there.stands_in else 'ingen')}")
    return tuple(found)


def _days(row: Any) -> tuple[str, ...]:
    return (
        f"beslut {swedish_day(row.decided_on)}",
        f"tillträde {swedish_day(row.starts_on)}",
        f"slutdatum {swedish_day(row.ends_on)}" if row.ends_on else "tills vidare",
        f"omfattning {row.extent_percent} procent",
    )
