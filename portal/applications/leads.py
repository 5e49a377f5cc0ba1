"""What a candidate's own page begins with: how it stands, in a sentence or a few. PURE."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.applications.states import Step
from portal.refusal import N_


class Sealed(StrEnum):
    """How long one that was taken back lies sealed."""

    NOT = ""
    UNTIL_A_DAY = "until a day"
    PAST_IT = "past it"  # a legal claim, or a request of the candidate's own, is not settled


@dataclass(frozen=True, slots=True)
class Stands:
    """What the sentences follow from. ``decided_as`` is what the candidate was told, ``employment`` how far it has come."""

    decided_as: str = ""
    employment: str = ""
    told_long_ago: bool = False
    has_address: bool = True
    ran_out: bool = False  # what it was kept by after the word
    sealed: Sealed = Sealed.NOT
    public: bool = False  # an authority's record
    copies_erased: bool = False


_BEFORE: Final = {
    Step.RECEIVED: N_("Ansökan har kommit in. Bedömningen börjar efter sista ansökningsdag."),
    Step.ASSESSED: N_("Ansökningstiden är slut och ansökningarna bedöms."),
    Step.INTERVIEW: N_("Du är kallad till intervju."),
}
_TOLD: Final = {
    "erbjuds": N_("Du erbjuds tjänsten. Läs beskedet och svara."),
    "blir_inte_av": N_("Anställningen blir inte av. Undrar du över något, fråga i brevlådan."),
    "tackat_nej": N_("Du har tackat nej till tjänsten."),
    "gar_inte_vidare": N_("Du går inte vidare i den här rekryteringen."),
}
_EMPLOYED: Final = {"over": N_("Du var anställd. Anställningen är slut."), "begun": N_("Du är anställd.")}
_SEALED: Final = {
    Sealed.UNTIL_A_DAY: N_(
        "Den ligger låst till och med den %(until)s: ingen hos partiet kan läsa den. Sedan raderas den, om inget "
        "rättsligt krav då gör att den måste finnas kvar tills det är avgjort."
    ),
    Sealed.PAST_IT: N_(
        "Den ligger låst så länge ett rättsligt krav eller din egen begäran inte är avgjord: ingen hos partiet kan läsa "
        "den. Sedan raderas den."
    ),
}


def lead_of(step: Step, stands: Stands) -> list[str]:
    """The sentences, marked for the catalogue, with ``party``, ``when`` (the ad was taken back, or the application) and
    ``until`` to be filled in."""
    if step in _BEFORE:
        return [_BEFORE[step]]
    if step is Step.DECIDED:
        return [_word(stands)]
    if step is Step.AD_WITHDRAWN and stands.has_address:
        return [
            N_(
                "%(party)s drog tillbaka annonsen den %(when)s. Din ansökan finns kvar, och du får ett mejl när det "
                "finns ett besked."
            )
        ]
    if step is Step.AD_WITHDRAWN:
        return [
            N_(
                "%(party)s drog tillbaka annonsen den %(when)s. Din ansökan finns kvar. När det finns ett besked står "
                "det här."
            )
        ]
    return _taken_back(stands)


def _word(stands: Stands) -> str:
    if stands.decided_as != "anstalls":
        return _TOLD.get(stands.decided_as, N_("Rekryteringen är avgjord."))
    if stands.employment in _EMPLOYED:
        return _EMPLOYED[stands.employment]
    return N_("Du fick tjänsten.") if stands.told_long_ago else N_("Du anställs. Arbetsgivaren hör av sig till dig.")


def _taken_back(stands: Stands) -> list[str]:
    ran_out = N_("Tiden som partiet fick spara ansökan för kommande tjänster har gått ut.")
    said = [ran_out if stands.ran_out else N_("Du tog tillbaka ansökan den %(when)s. Den bedöms inte.")]
    if stands.sealed:
        said.append(_SEALED[stands.sealed])
    elif stands.public:
        said.append(N_("Den finns kvar som allmän handling tills den gallras."))
        if stands.copies_erased:
            said.append(N_("Maskerade kopior och mejlen i vår utkorg är raderade, som du valde."))
    return said
