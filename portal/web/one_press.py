"""One form, one deed: each form that is shown carries an id of its own, and what it makes has the id that follows from that.

So a second press of the same form (a double click, a lost answer) comes to the row that the first has made.
"""

from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import wtforms


def id_made_by(form_id: str, *within: UUID) -> UUID:
    """The id of what this form makes within an ad, or for a person: always the same, and nobody can choose it, for no form
    can be found that gives a wanted one."""
    words = "\0".join((form_id, *(str(id) for id in within)))
    return UUID(bytes=sha256(words.encode()).digest()[:16], version=4)


class FormIdField(wtforms.HiddenField):
    """The form's id, made as it is shown and sent along. Where it is missing or no id, the form has a new one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=_new, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What the page carried, if it is an id."""
        with suppress(ValueError, IndexError):
            self.data = str(UUID(str(valuelist[0])))

    def renew(self) -> None:
        """Another id: what the form made before is over, and it is to make something new."""
        self.data = _new()


def _new() -> str:
    return str(uuid4())
