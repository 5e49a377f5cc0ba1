"""The sentences behind a limit: what each is about, which form field it belongs beside, and the Swedish words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.refusal import N_
from portal.swedish_dates import swedish_day


class ReasonCode(StrEnum):
    """What a reason is about. ``Reason.field`` says which form field it belongs beside."""

    NEXT_ELECTION = "next_election"
    ON_ELECTION_DAY = "on_election_day"
    STARTS_AFTER_LIMIT = "starts_after_limit"
    ENDS_AFTER_LIMIT = "ends_after_limit"
    ENDS_BEFORE_START = "ends_before_start"
    POLICY_END = "policy_end"
    STARTS_AFTER_POLICY = "starts_after_policy"
    ENDS_AFTER_POLICY = "ends_after_policy"
    TURNS_PERMANENT = "turns_permanent"
    MONTHS_OF_THIRTY = "months_of_thirty"
    STOOD_IN_BEFORE = "stood_in_before"
    BEFORE_RULE = "before_rule"


_FIELDS: Final = {
    ReasonCode.STARTS_AFTER_LIMIT: "starts",
    ReasonCode.ENDS_AFTER_LIMIT: "ends",
    ReasonCode.ENDS_BEFORE_START: "ends",
    ReasonCode.STARTS_AFTER_POLICY: "ends",
    ReasonCode.ENDS_AFTER_POLICY: "ends",
    ReasonCode.TURNS_PERMANENT: "ends",
}

NEXT_ELECTION: Final = N_(
    "Räknat från %(reference)s är nästa val av fullmäktige i hela landet %(election)s. "
    "Anställningen får vara längst till och med %(latest_end)s."
)
ON_ELECTION_DAY: Final = N_(
    "På valdagen räknas valet som ännu inte hållet. Från och med %(day_after)s gäller nästa val."
)
STARTS_AFTER_LIMIT: Final = N_(
    "Ett beslut %(decided)s räcker till och med %(latest_end)s, så anställningen kan inte börja %(starts)s. "
    "Fatta beslutet tidigast %(earliest)s, dagen efter valet, eller välj en tidigare första dag."
)
ENDS_AFTER_LIMIT: Final = N_("%(ends)s går inte. Längst till och med %(latest_end)s.")
ENDS_BEFORE_START: Final = N_("Sista dagen %(ends)s ligger före första dagen %(starts)s. Ändra den ena av dem.")
POLICY_END: Final = N_(
    "Partiet är arbetsgivare, så kommunallagens gräns gäller inte. Portalens utgångsläge är ändå den dag som följer av "
    "nästa val %(election)s: längst till och med %(latest_end)s."
)
STARTS_AFTER_POLICY: Final = N_(
    "Första dagen %(starts)s ligger efter utgångsläget %(latest_end)s. Ange ett slutdatum och skälet till det."
)
ENDS_AFTER_POLICY: Final = N_("%(ends)s är senare än utgångsläget %(latest_end)s. Skriv varför, så går det.")
TURNS_PERMANENT: Final = N_(
    "%(permanent_on)s blir anställningen en tillsvidareanställning, för då har tiden i särskild visstidsanställning "
    "blivit mer än tolv månader. Välj ett slutdatum före den dagen, eller räkna med att anställningen fortsätter."
)
MONTHS_OF_THIRTY: Final = N_(
    "De tolv månaderna är räknade efter kalendern. Räknas en månad i stället som 30 dagar blir tiden i särskild "
    "visstidsanställning mer än tolv månader redan %(maybe_on)s, och det är osäkert vilket som gäller. Ska det vara säkert "
    "att anställningen inte blir en tillsvidareanställning, välj ett slutdatum före den dagen."
)
STAND_IN_TURNS_PERMANENT: Final = N_(
    "%(permanent_on)s blir vikariatet en tillsvidareanställning, för då har tiden som vikarie blivit mer än två år. Välj ett "
    "slutdatum före den dagen, eller räkna med att anställningen fortsätter."
)
STOOD_IN_BEFORE: Final = N_(
    "Har personen varit vikarie hos partiet tidigare under de senaste fem åren är de dagarna inte inräknade. Vikariatet blir "
    "en tillsvidareanställning när tiden som vikarie blir mer än två år i allt."
)
STOOD_IN_BESIDES: Final = N_(
    "Dagarna som vikarie i det som förnyas eller förlängs är inräknade. Har personen varit vikarie hos partiet också i andra "
    "anställningar under de senaste fem åren är de dagarna inte inräknade. Vikariatet blir en tillsvidareanställning när "
    "tiden som vikarie blir mer än två år i allt."
)
PERMANENT_AT_ONCE: Final = N_(
    "Anställningen blir en tillsvidareanställning redan första dagen, %(permanent_on)s, för den tidigare tiden i "
    "särskild visstidsanställning är minst tolv månader. Räkna med att anställningen inte tar slut på slutdatumet."
)
BEFORE_RULE: Final = N_(
    "Anställningen började före 1 oktober 2022, då andra gränser gällde. Kontrollera om den har blivit en "
    "tillsvidareanställning."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the reasoning. ``text`` can be translated; its places are filled with the days in ``days``."""

    code: ReasonCode
    text: str
    days: tuple[tuple[str, date], ...]

    @property
    def field(self) -> str | None:
        """The form field the sentence belongs beside; None for what only explains."""
        return _FIELDS.get(self.code)

    @property
    def sentence(self) -> str:
        """The Swedish sentence, days written "31 december 2030"."""
        return self.text % {name: swedish_day(day) for name, day in self.days}


def reason(code: ReasonCode, text: str, **days: date) -> Reason:
    """A reason whose sentence has these days in its places."""
    return Reason(code, text, tuple(days.items()))
