"""What is decided of one candidate on the way: what is covered, krav, the call."""

from wtforms import RadioField

from portal.review.requirements import WORDS
from portal.review.services.scoring import LONGEST_REASON
from portal.web.fields import TextAreaField
from portal.web.forms import HouseForm, SelectChoice


class MaskForm(HouseForm):
    """Boxes, ticks and texts of a page to mask, read by `routes.mask_pages` and `routes.masking`."""


class RequirementForm(HouseForm):
    """What is decided of one krav and one candidate, and why. Read by `requirements.read_ruling` and `read_reason`."""

    result = RadioField(
        "Vad gäller?", choices=[SelectChoice(one.value, words) for one, words in WORDS.items()], validate_choice=False
    )
    reason = TextAreaField(
        "Varför?",
        description="En rad, högst 500 tecken. Skriv så att den sökande kan läsa den.",
        longest=LONGEST_REASON,
    )


class TakeBackForm(HouseForm):
    """Why a decision of a krav is taken back."""

    reason = TextAreaField(
        "Varför tar du tillbaka beslutet?",
        description="En rad, högst 500 tecken. Det gamla skälet sparas tillsammans med det nya.",
        longest=LONGEST_REASON,
    )
