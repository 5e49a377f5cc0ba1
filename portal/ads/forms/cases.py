"""Forms about an ad as a whole: a new one, one read from a posting, more time, and the filters of the public list."""

from typing import Any

from flask import Request
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from portal.ads.forms.fields import PageForm, Text
from portal.documents.kinds import ACCEPT, MAX_BYTES
from portal.web.one_press import FormIdField


class BeginForm(PageForm):
    """A button that begins an ad: once, however often it is pressed."""

    form_id = FormIdField()


class PostingForm(BeginForm):
    """An existing posting as text or as a file."""

    text = Text("Annonsens text", most=60_000)
    file = FileField("Eller en fil", render_kw={"accept": ACCEPT, "data-max-bytes": MAX_BYTES})

    def validate_file(self, field: Any) -> None:
        if not self.text.data and not self.has_file:
            raise ValidationError("Klistra in annonsens text, eller välj en fil.")

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return bool(self.file.data and self.file.data.filename)


FILTERS = ("region", "parti", "ort", "omfattning")


def filters_of(request: Request) -> dict[str, str]:
    """The filters asked for in the address; an unknown value simply finds nothing."""
    return {name: request.args.get(name, "")[:120] for name in FILTERS}
