"""The forms of the ledger: a day to look at, and a decision with what each party gets under the chosen model."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import BooleanField, Field, RadioField, SelectField

from portal.organisations.models import Party
from portal.posts.allocation import (
    HUNDREDTH,
    Model,
    NobodyHasSeats,
    by_side,
    per_seat,
    posts_for,
    proportional,
    with_extra,
)
from portal.posts.services.deciding import Decision, Line, NothingDecided
from portal.refusal import N_, Refusal
from portal.web.fields import Filled, StringField
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Amount, Day, Number
from portal.web.register_picture import comma

MODEL_NAMES = {
    Model.FIXED: "Så mycket till varje parti",
    Model.PER_SEAT: "En grund och något för varje mandat",
    Model.PROPORTIONAL: "En summa i proportion till mandaten",
    Model.SIDES: "En summa till majoriteten, en till oppositionen",
    Model.COALITION: "Gemensamt för en samverkan",
}
STEPS = ("0.01", "0.05", "0.10", "0.25", "0.50", "1.00")
SEATS = (Model.PER_SEAT, Model.PROPORTIONAL, Model.SIDES)

Size = Decimal | int


class WholeKronor(Refusal):
    """Money is counted in whole kronor."""

    text = N_("Skriv hela kronor, utan ören.")


class NobodyInCoalition(Refusal):
    """A pool that nobody shares."""

    text = N_("Kryssa för vilka partier som delar på det gemensamma.")


class DayForm(HouseForm):
    """Which day to look at, in the address."""

    class Meta:
        csrf = False

    dag = Day("Visa dagen")


class QuotaForm(HouseForm):
    """What every decision has: who, when, for which period, in posts or in money. The fields of the model are added."""

    model = Model.FIXED
    parties: Sequence[Party] = ()

    body = StringField(
        "Vem beslutade?", [Filled("Skriv vem som beslutade, till exempel Regionfullmäktige.")], longest=120
    )
    decided = Day("Beslutsdag", required="Ange dagen då beslutet fattades.")
    paragraph = StringField("Paragraf", longest=40)
    number = StringField("Diarienummer", longest=60)
    starts = Day("Gäller från och med", required="Ange första dagen som beslutet gäller.")
    ends = Day("Gäller till och med", required="Ange sista dagen som beslutet gäller.")
    unit = RadioField(
        "Beslutet är i",
        choices=[SelectChoice("posts", "Heltider"), SelectChoice("kronor", "Kronor per år")],
        default="posts",
    )
    kronor_per_post = Number("Vad en heltid kostar per år", least=1, most=10_000_000)

    def decision(self) -> Decision:
        """The decision, once the form is valid."""
        on, starts, ends = (self[name].data or date.min for name in ("decided", "starts", "ends"))
        body, paragraph, number = (self[name].data or "" for name in ("body", "paragraph", "number"))
        return Decision(body, on, paragraph, number, starts, ends)

    def lines(self) -> list[Line]:
        """What each party gets, worked out by the model. Raises a Refusal where it cannot be."""
        if self.unit.data == "kronor" and not self.kronor_per_post.data:
            raise Refusal(
                N_("Skriv vad en heltid kostar per år, så går kronorna att räkna om."), field="kronor_per_post"
            )
        if not self.parties:
            raise NothingDecided
        shares, basis = _SHARED[self.model](self)
        found = [self._line(party, shares[party.id], basis) for party in self.parties if party.id in shares]
        if not found:
            raise NothingDecided
        return found

    @property
    def coalition(self) -> str:
        """The name of the coalition whose pool this is; empty for the other models."""
        return (self["coalition_name"].data or "") if "coalition_name" in self else ""

    @property
    def first_size(self) -> Field:
        """The field beside which a sentence about the sizes belongs."""
        names = ("amount", "base", "total", "for_majority")
        return next((self[name] for name in names if name in self), (self.of_each("amount") or [self.body])[0])

    def of(self, what: str, party: Party) -> Field:
        """A party's own field."""
        field: Field = self[f"{what}_{party.key}"]
        return field

    def of_each(self, what: str) -> list[Field]:
        """Every party's field of one kind, in their order."""
        return [self[f"{what}_{party.key}"] for party in self.parties if f"{what}_{party.key}" in self]

    def seats(self) -> dict[UUID, int]:
        """The seats of every party."""
        return {party.id: self.of("seats", party).data or 0 for party in self.parties}

    def size(self, field: Field) -> Size:
        """What is written in a field, as posts or as whole kronor; nothing written is nothing."""
        value: Decimal = field.data or Decimal("0.00")
        if self.unit.data == "posts":
            return value
        if value != int(value):
            raise WholeKronor(field=field.name)
        return int(value)

    def piece(self) -> Size:
        """The smallest piece."""
        return 1 if self.unit.data == "kronor" else Decimal(self["step"].data)

    def written(self, size: Size) -> str:
        """A size as it stands in a sentence."""
        return f"{size:,} kronor".replace(",", "\u00a0") if isinstance(size, int) else f"{comma(size)} heltider"

    def _line(self, party: Party, size: Size, basis: Mapping[UUID, str]) -> Line:
        if isinstance(size, int):
            price = self.kronor_per_post.data or 1
            return Line(party.id, posts_for(size, kronor_per_post=price), basis[party.id], size, price)
        return Line(party.id, size, basis[party.id])


Shared = tuple[dict[UUID, Size], dict[UUID, str]]


def _fixed(form: QuotaForm) -> Shared:
    shares = {p.id: form.size(form.of("amount", p)) for p in form.parties if form.of("amount", p).data is not None}
    return shares, dict.fromkeys(shares, "Så mycket som beslutet säger")


def _per_seat(form: QuotaForm) -> Shared:
    base, each, seats = form.size(form["base"]), form.size(form["each"]), form.seats()
    if not sum(seats.values()):
        raise NobodyHasSeats(field=form.of("seats", form.parties[0]).name)
    shares: dict[UUID, Size] = per_seat(seats, base=base, each=each)  # type: ignore[type-var]
    told = f"{form.written(base)} i grund och {form.written(each)} för varje mandat"
    return _and_extra(form, shares, {id: f"{told}: {count} mandat" for id, count in seats.items()})


def _proportional(form: QuotaForm) -> Shared:
    total, seats = form.size(form["total"]), form.seats()
    shares = _in_steps(form, lambda: proportional(seats, total=total, step=form.piece()))  # type: ignore[type-var]
    everybody = sum(seats.values())
    told = {id: f"{count} av {everybody} mandat, av {form.written(total)}" for id, count in seats.items()}
    return _and_extra(form, shares, told)


def _sides(form: QuotaForm) -> Shared:
    seats = form.seats()
    majority = {party.id for party in form.parties if form.of("side", party).data}
    sums = {True: form.size(form["for_majority"]), False: form.size(form["for_opposition"])}
    shares = _in_steps(
        form,
        lambda: by_side(  # type: ignore[type-var]
            seats, majority=majority, for_majority=sums[True], for_opposition=sums[False], step=form.piece()
        ),
    )
    told = {}
    for id, count in seats.items():
        inside = id in majority
        of = sum(number for other, number in seats.items() if (other in majority) is inside)
        told[id] = (
            f"{'Majoriteten' if inside else 'Oppositionen'}: {count} av {of} mandat, av {form.written(sums[inside])}"
        )
    return _and_extra(form, shares, told)


def _coalition(form: QuotaForm) -> Shared:
    members = [party for party in form.parties if form.of("member", party).data]
    if not members:
        raise NobodyInCoalition(field=form.of("member", form.parties[0]).name)
    size, told = form.size(form["amount"]), "Gemensamt för " + ", ".join(party.name for party in members)
    return {party.id: size for party in members}, {party.id: told for party in members}


_SHARED = {
    Model.FIXED: _fixed,
    Model.PER_SEAT: _per_seat,
    Model.PROPORTIONAL: _proportional,
    Model.SIDES: _sides,
    Model.COALITION: _coalition,
}


def _in_steps(form: QuotaForm, share: Any) -> dict[UUID, Size]:
    """What concerns seats belongs beside the first party's."""
    try:
        found: dict[UUID, Size] = share()
    except NobodyHasSeats as refusal:
        raise NobodyHasSeats(field=form.of("seats", form.parties[0]).name) from refusal
    return found


def _and_extra(form: QuotaForm, shares: dict[UUID, Size], told: dict[UUID, str]) -> Shared:
    extra = form.size(form["extra"])
    chair = next((party.id for party in form.parties if party.key == form["chair"].data), None)
    if chair is not None and extra:
        shares = with_extra(shares, chair=chair, extra=extra)  # type: ignore[type-var]
        told = {**told, chair: f"{told[chair]}. {form.written(extra)} extra för ordföranden"}
    return shares, told


def quota_form(model: Model, parties: Sequence[Party]) -> type[QuotaForm]:
    """The form of one model, with the fields of these parties."""
    fields = {**_OF_MODEL[model](parties), **(_of_the_chair(parties) if model in SEATS else {})}
    return type("QuotaFormOfModel", (QuotaForm,), {"model": model, "parties": tuple(parties), **fields})


def _each(what: str, parties: Iterable[Party], make: Any) -> dict[str, Any]:
    return {f"{what}_{party.key}": make(party.name) for party in parties}


def _seats(parties: Iterable[Party]) -> dict[str, Any]:
    return _each("seats", parties, lambda name: Number(f"Mandat, {name}", least=0, most=149))


def _step() -> dict[str, Any]:
    choices = [SelectChoice(step, step.replace(".", ",")) for step in STEPS]
    return {"step": SelectField("Minsta steg", choices=choices, default=str(HUNDREDTH))}


def _of_the_chair(parties: Iterable[Party]) -> dict[str, Any]:
    choices = [SelectChoice("", "Inget extra"), *(SelectChoice(party.key, party.name) for party in parties)]
    return {
        "chair": SelectField("Partiet med styrelsens ordförande", choices=choices),
        "extra": Amount("Extra för det"),
    }


_OF_MODEL: dict[Model, Any] = {
    Model.FIXED: lambda parties: _each("amount", parties, Amount),
    Model.PER_SEAT: lambda parties: {
        "base": Amount("Grund för varje parti med mandat", required="Skriv grunden, eller 0."),
        "each": Amount("För varje mandat", required="Skriv vad varje mandat ger, eller 0."),
        **_seats(parties),
    },
    Model.PROPORTIONAL: lambda parties: {
        "total": Amount("Summan att fördela", required="Skriv summan som ska fördelas."),
        **_step(),
        **_seats(parties),
    },
    Model.SIDES: lambda parties: {
        "for_majority": Amount("Till majoriteten", required="Skriv vad majoriteten får, eller 0."),
        "for_opposition": Amount("Till oppositionen", required="Skriv vad oppositionen får, eller 0."),
        **_step(),
        **_seats(parties),
        **_each("side", parties, lambda name: BooleanField(f"{name} ingår i majoriteten")),
    },
    Model.COALITION: lambda parties: {
        "coalition_name": StringField("Samverkans namn", [Filled("Skriv vad samverkan heter.")], longest=80),
        "amount": Amount("Gemensamt", required="Skriv vad samverkan har gemensamt, eller 0 när den upphör."),
        **_each("member", parties, BooleanField),
    },
}
