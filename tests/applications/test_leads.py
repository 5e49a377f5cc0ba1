"""What a candidate's own page begins with, for each way in which an application can stand."""

import pytest

from portal.applications.leads import Sealed, Stands, lead_of
from portal.applications.states import Step

LOCKED, OFF = "Den ligger låst", "%(party)s drog tillbaka annonsen den %(when)s. Din ansökan finns kvar"


@pytest.mark.parametrize(
    ("step", "stands", "said"),
    [
        (Step.RECEIVED, {}, ["Ansökan har kommit in."]),
        (Step.ASSESSED, {}, ["Ansökningstiden är slut"]),
        (Step.INTERVIEW, {}, ["Du är kallad till intervju."]),
        (Step.AD_WITHDRAWN, {}, [f"{OFF}, och du får ett mejl"]),
        (Step.AD_WITHDRAWN, {"has_address": False}, [f"{OFF}. När"]),
        (Step.DECIDED, {}, ["Rekryteringen är avgjord."]),
        (Step.DECIDED, {"decided_as": "gar_inte_vidare"}, ["Du går inte vidare"]),
        (Step.DECIDED, {"decided_as": "erbjuds"}, ["Du erbjuds tjänsten."]),
        (Step.DECIDED, {"decided_as": "tackat_nej"}, ["Du har tackat nej"]),
        (Step.DECIDED, {"decided_as": "blir_inte_av"}, ["Anställningen blir inte av."]),
        (Step.DECIDED, {"decided_as": "anstalls"}, ["Du anställs. Arbetsgivaren hör av sig"]),
        (Step.DECIDED, {"decided_as": "anstalls", "told_long_ago": True}, ["Du fick tjänsten."]),
        (Step.DECIDED, {"decided_as": "anstalls", "told_long_ago": True, "employment": "begun"}, ["Du är anställd."]),
        (Step.DECIDED, {"decided_as": "anstalls", "employment": "over"}, ["Du var anställd."]),
        (Step.TAKEN_BACK, {}, ["Du tog tillbaka ansökan den %(when)s."]),
        (Step.TAKEN_BACK, {"sealed": Sealed.UNTIL_A_DAY}, ["Du tog tillbaka", f"{LOCKED} till och med den %(until)s"]),
        (Step.TAKEN_BACK, {"sealed": Sealed.PAST_IT}, ["Du tog tillbaka", f"{LOCKED} så länge ett rättsligt krav"]),
        (Step.TAKEN_BACK, {"ran_out": True, "sealed": Sealed.PAST_IT}, ["Tiden som partiet fick spara", LOCKED]),
        (Step.TAKEN_BACK, {"public": True}, ["Du tog tillbaka", "Den finns kvar som allmän handling"]),
        (Step.TAKEN_BACK, {"public": True, "copies_erased": True}, ["Du tog", "Den finns kvar", "Maskerade kopior"]),
    ],
)  # fmt: skip
def test_the_page_says_how_it_stands(step: Step, stands: dict[str, object], said: list[str]) -> None:
    lead = lead_of(step, Stands(**stands))  # type: ignore[arg-type]
    assert len(lead) == len(said)
    assert all(one.startswith(beginning) for one, beginning in zip(lead, said, strict=True)), lead
