"""The forms of log-in, password and account: one class per page, each validator with its own sentence."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, PasswordField, StringField
from wtforms.validators import Email, Optional

from portal.accounts.password_rule import LONGEST
from portal.web.fields import AtMost, EmailField, Filled, HiddenField, NoLink, clean_line
from portal.web.fields import StringField as Line
from portal.web.forms import HouseForm

ADDRESS = _("Skriv adressen som i namn@exempel.se.")


def address_field(**options: Any) -> EmailField:
    """The field for an address."""
    return EmailField(
        _("E-post"),
        [Filled(_("Skriv din e-postadress.")), Email(message=ADDRESS)],
        render_kw={"autocomplete": "username"},
        **options,
    )


def password_field(label: Any, sentence: Any, *, new: bool) -> PasswordField:
    """The field for a password: never cleaned, never shown again."""
    kind = "new-password" if new else "current-password"
    return PasswordField(label, [AtMost(LONGEST), Filled(sentence)], render_kw={"autocomplete": kind})


def code_field() -> StringField:
    """The field for a one-time code; blanks between the figures are let go."""
    return StringField(
        _("Kod från appen"),
        [AtMost(40), Filled(_("Skriv de sex siffrorna som appen visar."))],
        filters=[lambda text: (clean_line(text) or "").replace(" ", "")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class LogInForm(HouseForm):
    """Address and password; where to go afterwards; what was typed before the log-in ended."""

    email = address_field()
    password = password_field(_("Lösenord"), _("Skriv ditt lösenord."), new=False)
    vidare = HiddenField()
    parked = HiddenField(longest=200_000)


class CodeForm(HouseForm):
    """The one-time code."""

    code = code_field()
    parked = HiddenField(longest=200_000)


class AgainForm(CodeForm):
    """The one-time code once more: for what, and where to go afterwards."""

    vidare = HiddenField()
    vad = HiddenField()


class AskForm(HouseForm):
    """The address that a new password is asked for."""

    email = address_field()


class NewPasswordForm(HouseForm):
    """The new password, after a mailed link."""

    password = password_field(_("Nytt lösenord"), _("Skriv det nya lösenordet."), new=True)


class ChangePasswordForm(HouseForm):
    """The present and the new password."""

    opened = HiddenField(longest=20)  # a mark of the password that there was when the page was opened
    password = password_field("Lösenordet du har nu", "Skriv lösenordet du har nu.", new=False)
    new_password = password_field("Nytt lösenord", "Skriv det nya lösenordet.", new=True)


class EnrolForm(HouseForm):
    """An invited person's name and password."""

    name = Line(_("Namn"), [Filled(_("Skriv ditt namn.")), NoLink()], longest=120, render_kw={"autocomplete": "name"})
    title = Line(_("Titel"), [Optional()], longest=120, render_kw={"autocomplete": "organization-title"})
    password = password_field(_("Välj ett lösenord"), _("Välj ett lösenord."), new=True)


class ConfirmForm(HouseForm):
    """The first code of a newly bound app."""

    code = code_field()


class RecoverForm(HouseForm):
    """The password, before the app is bound anew."""

    password = password_field(_("Lösenord"), _("Skriv ditt lösenord."), new=False)


def put_beside(form: HouseForm, field: str | None, sentence: str) -> None:
    """Show a refusal's sentence beside its field, or beside the first one."""
    target: Field = form[field] if field and field in form else next(iter(form))
    target.errors = [*target.errors, sentence]
