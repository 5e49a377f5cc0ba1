"""The scale and its words: words first, figures second. A step has a guide that says what it takes."""

from dataclasses import dataclass
from typing import Final

from portal.refusal import Refusal

CANNOT: Final = "none"  # kan inte bedöma, as the form says it


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale."""

    value: int
    word: str
    guide: str


SCALE: Final = (
    Step(0, "Framgår inte", "Inget i handlingarna tyder på det."),
    Step(1, "Svagt", "Nämns, men utan exempel eller i liten skala."),
    Step(2, "Gott", "Tydliga exempel som räcker för uppdraget."),
    Step(3, "Starkt", "Flera exempel med resultat, mer än uppdraget kräver."),
)
PRESENCE: Final = {"yes": "ja", "no": "nej", "unclear": "framgar_inte"}  # form value: kept value
PRESENCE_WORDS: Final = {"ja": "Ja", "nej": "Nej", "framgar_inte": "Framgår inte"}


MATERIAL: Final = {1: "Lite", 2: "En del", 3: "Mycket"}  # how much the material says; shown, and never reckoned with
UNSAID: Final = 0


class StepUnknown(Refusal):
    """A value that is no step of the scale."""

    text = "Välj ett av stegen 0–3 eller Kan inte bedöma. Vill du vänta, välj Hoppa över."
    field = "step"


class PresenceUnknown(Refusal):
    """A value that is neither ja, nej nor framgår inte."""

    text = "Välj Ja, Nej eller Framgår inte. Vill du vänta, välj Hoppa över."
    field = "step"


def read_step(value: str) -> int | None:
    """The step a form says; None for *kan inte bedöma*. Raises `StepUnknown`."""
    if value == CANNOT:
        return None
    if value not in {str(step.value) for step in SCALE}:
        raise StepUnknown
    return int(value)


def read_presence(value: str) -> str:
    """ja, nej or framgar_inte. Raises `PresenceUnknown`."""
    if value not in PRESENCE:
        raise PresenceUnknown
    return PRESENCE[value]


def read_material(value: str | None) -> int | None:
    """How much the material says, as a form says it: None where it says nothing of it, `UNSAID` where it takes it back."""
    if value is None or not value.isascii() or not value.isdecimal() or len(value) > 1:
        return None
    return int(value) if int(value) in MATERIAL else UNSAID


def form_value(judged: str, step: int | None, present: str | None) -> str:
    """What the form's chosen value is for a kept score."""
    if judged == "skala":
        return CANNOT if step is None else str(step)
    return next((value for value, kept in PRESENCE.items() if kept == present), "")


def words_of(judged: str, step: int | None, present: str | None) -> str:
    """A kept score in words: "Gott 2", "Ja", "Kan inte bedöma"."""
    if judged == "finns":
        return PRESENCE_WORDS.get(present or "", "")
    return "Kan inte bedöma" if step is None else f"{SCALE[step].word} {step}"
