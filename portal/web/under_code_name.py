"""What somebody under a code name writes once they have applied: more than one reads it, and the name, sealed for its reader,
cannot be looked for in it. What surely leads to a person is seen without knowing whom, and so is a name after *jag heter*."""

import re

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field

from portal.documents.masking import Known, surely_told
from portal.refusal import N_

MOST_TOLD = 5
_CALLED = re.compile(
    r"\b(?:(?i:jag heter)[:\s]+(?!(?:inte|som|samma|något)\b)|(?i:mitt namn är|my name is)[:\s]+(?=[A-ZÅÄÖÉÜ]))"
    r"([^\W\d_][\w'’-]*(?:[ \u00a0][A-ZÅÄÖÉÜ][\w'’-]*){0,3})"
)
MAY_TELL = N_(
    "Här står %(found)s, och det läses av fler än den som får öppna ditt namn. Ta bort det som visar vem du är. Visar det "
    "inte det, kryssa i rutan före knappen."
)
MAY_TELL_OF_THEM = (  # to the staff
    "Här står %(found)s, och det läses av fler än den som får öppna den sökandes namn. Ta bort det som visar vem den sökande "
    "är. Visar det inte det, kryssa i rutan före knappen."
)


class AsksFirst:
    """Of a form: the box by which somebody says that what was found does not tell who they are."""

    anyway = BooleanField(lazy_gettext("Det som står där visar inte vem jag är. Skicka ändå."))
    may_tell = MAY_TELL
    asks = False  # whether the page has the box: once something was found that may tell

    def hides(self, field: Field) -> bool:
        """Whether the field surely has no address, number, link or name of one's own, or they mean it; else it says what was
        found."""
        text = field.data or ""
        found = list(dict.fromkeys([*_CALLED.findall(text), *surely_told(text, Known(""))]))[:MOST_TOLD]
        self.asks = self.asks or bool(found)
        if not found or self.anyway.data:
            return True
        field.errors = [*field.errors, gettext(self.may_tell, found=", ".join(found))]
        return False


class AsksOfThem(AsksFirst):
    """The same of a form in which the staff write of somebody under a code name."""

    anyway = BooleanField("Det som står där visar inte vem den sökande är. Spara ändå.")
    may_tell = MAY_TELL_OF_THEM
