"""What is still missing before an application can be sent. PURE."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from portal.posts.employer_model import Employer, model_for
from portal.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing: the page it is put right on (1 or 2), the field there, and the sentence."""

    page: int
    field: str
    text: str
    doubled: bool = False  # one too many, and nothing lacks


class ApplicationIncomplete(Refusal):
    """Something that the ad asks for is missing; the check page lists what."""

    text = N_("Ansökan är inte klar än. Kontrollsidan visar vad som saknas.")


_ASKED = (
    ("cv", "cv", N_("Lägg till ditt CV.")),
    ("letter", "letter", N_("Skriv ett personligt brev eller lägg till det som fil.")),
    ("salary", "salary", N_("Skriv ditt löneanspråk i hela kronor per månad.")),
)


_DOUBLED = (
    ("cv", "del-cv", N_("Du har två CV. Ta bort det som inte ska vara med.")),
    ("letter", "del-letter", N_("Du har två brev som fil. Ta bort det som inte ska vara med.")),
)


def missing_of(
    content: Mapping[str, Any],
    *,
    filled: Collection[str],
    slots: Collection[str],
    consented: bool,
    reworded: bool = False,
) -> list[Missing]:
    """What is missing. ``filled`` names the texts that are there, ``slots`` those that hold a file that can be read;
    ``reworded``: what was agreed to is a former sentence.

    An ad that asks for attachments does not demand them: not everybody has any. Two windows may each have saved a CV or a
    letter: then one of them is to be taken away.
    """
    found = []
    if "name" not in filled:
        found.append(Missing(1, "name", N_("Skriv ditt namn.")))
    if "email" not in filled:
        found.append(Missing(1, "email", N_("Skriv din e-postadress.")))
    if model_for(Employer(content["employer"])).consent_required and not consented:
        lacking = N_("Partiet behöver ditt samtycke för att ta emot ansökan.")
        anew = N_("Texten om samtycke har ändrats. Läs den och samtyck igen.")
        found.append(Missing(1, "consent", anew if reworded else lacking))
    there = {*slots, *(name for name in filled if name in ("letter", "salary"))}
    asked = content["documents"]
    found += [Missing(2, field, text) for name, field, text in _ASKED if name in asked and name not in there]
    files = Counter(slots)
    return found + [Missing(2, field, text, doubled=True) for slot, field, text in _DOUBLED if files[slot] > 1]
