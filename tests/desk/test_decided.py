"""What employment decisions put on the to-do list."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import pytest

from portal.contracts.acts.kinds import Kind
from portal.contracts.decision.stages import Stage, ToDo
from portal.desk.agenda import days_of
from portal.desk.decided import decision_items

DAY = date(2027, 1, 20)


@dataclass
class One:
    """A decision that waits."""

    to_do: ToDo
    title: str = "Pressekreterare 50 %"
    employment_id: UUID = field(default_factory=uuid4)
    act: int = 0
    kind: Kind | None = None


@pytest.mark.parametrize(
    ("stage", "text", "about"),
    [
        (Stage.UNWRITTEN, "Skriv in anställningsbeslutet", "vem som beslutade, och när"),
        (
            Stage.UNREPORTED,
            "Anmäl anställningsbeslutet till styrelsen",
            "tiden för överklagande börjar inte före anslaget",
        ),
        (Stage.UNANNOUNCED, "Skriv in när justeringen anslogs", "därifrån räknas tiden för överklagande"),
        (Stage.APPEALABLE, "Bekräfta att anställningsbeslutet inte är överklagat", "går från och med 20 januari 2027"),
        (
            Stage.UNCONFIRMED,
            "Bekräfta att anställningsbeslutet inte är överklagat",
            "tiden för överklagande har gått ut",
        ),
    ],
)
def test_each_stage_asks_for_one_thing_on_its_day(stage, text, about):
    one = One(ToDo(stage, DAY))
    (item,) = decision_items([one])
    assert (item.day, item.text, item.about.replace("\xa0", " ")) == (DAY, text, f"Pressekreterare 50 % · {about}")
    assert (item.endpoint, item.values) == ("contracts.decision", {"employment_id": one.employment_id})


def test_a_report_that_is_not_made_in_time_is_late():
    (late,) = days_of(decision_items([One(ToDo(Stage.UNREPORTED, DAY))]), date(2027, 1, 21))
    assert (late.heading, late.state) == ("Försenat", "late")


def test_an_employment_whose_ad_is_gone_is_asked_for_all_the_same():
    (item,) = decision_items([One(ToDo(Stage.UNWRITTEN, DAY), title="")])
    assert item.about == "vem som beslutade, och när"


def test_the_decision_on_a_change_is_named_after_it_and_leads_to_its_own_page():
    one = One(ToDo(Stage.UNREPORTED, DAY), act=2, kind=Kind.EXTENSION)
    (item,) = decision_items([one])
    assert item.text == "Anmäl beslutet om förlängningen till styrelsen"
    assert item.values == {"employment_id": one.employment_id, "number": 2}
