"""The explicit consent that a party as employer must have before it may keep an application (GDPR art. 9.2 a). PURE."""

from collections.abc import Mapping
from typing import Any

from portal.posts.employer_model import RETENTION_MONTHS
from portal.refusal import N_

# A changed sentence is a new version; which one was agreed to is kept with the application and logged at sending. What a
# version does not say is not done to who gave it: see privacy.rights.keeping.PROMISED_ERASURE. Up to version 2 the one that
# is printed for a letter had no number. The portal does the same by 2 and 3: the second left out that what it says of an
# application that lies sealed holds for who takes the consent back, and that a legal claim may stand in the way of erasure.
VERSION, UNNUMBERED = "3", "2"
# Said by whoever applied by post in the words of their own letter, which promise nothing of what a sentence here does.
OWN_WORDS = "own_words"
SENTENCE = N_(
    "Jag samtycker till att %(controller)s behandlar uppgifterna i min ansökan för den här rekryteringen. "
    "Att jag söker kan visa min politiska åsikt. Jag kan ta tillbaka samtycket när som helst, och då slutar bedömningen "
    "genast. Gör jag det före beskedet kan jag välja att allt raderas direkt, om inget rättsligt krav hindrar det. "
    "Gör jag det efter ett besked att jag inte går vidare ligger ansökan kvar låst och oläst tills %(months)s "
    "månader har gått, om rekryteringen skulle prövas rättsligt, och raderas sedan."
)


def named(version: str) -> str:
    """What was agreed to, as its candidate reads it: the number of a sentence, or a sentence to translate."""
    return N_("dina egna ord") if version == OWN_WORDS else version


def said_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the sentence says of one ad, by its places: who is controller, and how many months a claim can be made for."""
    return {"controller": content["controller_name"], "months": content.get("retention_months") or RETENTION_MONTHS}
