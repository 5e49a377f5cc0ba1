"""The forms of both sides of the letterbox."""

from flask_babel import lazy_gettext

from portal.letterbox.refusals import LONGEST, MessageMissing
from portal.web.fields import Filled, TextAreaField
from portal.web.forms import HouseForm
from portal.web.under_code_name import AsksFirst

_MISSING = lazy_gettext(MessageMissing.text)


class WriteForm(HouseForm):
    """One message."""

    text = TextAreaField(lazy_gettext("Ditt brev"), [Filled(_MISSING)], longest=LONGEST)


class OwnWriteForm(AsksFirst, WriteForm):
    """The candidate's, who may be under a code name."""
