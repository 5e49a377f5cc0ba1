"""The forms of authorities, parties and their people: one class per page, each validator with its own sentence."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms import Field, RadioField, SelectField
from wtforms.validators import Email, InputRequired, Optional, ValidationError

from portal.elections.board import election_of_board
from portal.organisations.retention import Retention, other_months
from portal.profiles.profile import Profile
from portal.web.fields import EmailField, Filled, NoLink, StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day, Number
from portal.web.shared import Shared

HUES = (
    (250, "Blå"),
    (270, "Indigo"),
    (300, "Violett"),
    (330, "Purpur"),
    (0, "Rosa"),
    (15, "Röd"),
    (45, "Tegel"),
    (70, "Ockra"),
    (110, "Oliv"),
    (145, "Grön"),
    (180, "Havsgrön"),
    (215, "Petrol"),
)
ROLE_NAMES = {
    "kansli": "Kansli: skriver annonser, utser bedömare, beslutar",
    "ledamot": "Ledamot: bedömer där kansliet har utsett",
    "region": "Regionens HR och registrator",
    "drift": "Drift: lägger till regioner, partier och de första personerna",
}
POLICIES = (
    ("allow", "Får förekomma"),
    ("warn", "Bör undvikas: avtalet varnar"),
    ("forbid", "Får inte förekomma: avtalet kan inte erbjudas"),
)
BOARD_DAY = (
    "En ny styrelse tillträder tidigast 15 oktober ett valår och senast 1 januari året efter "
    "(kommunallagen 6 kap. 18 §). Kontrollera dagen."
)
SHORT_ROLES = {"kansli": "Kansli", "ledamot": "Ledamot", "region": "HR och registrator", "drift": "Drift"}


class ProfileForm(HouseForm):
    """One's own name, and one's title in the membership one works in."""

    name = StringField("Namn", [Filled("Skriv ditt namn."), NoLink()], longest=120, render_kw={"autocomplete": "name"})
    title = StringField("Titel", [Optional()], longest=120, render_kw={"autocomplete": "organization-title"})


def retention_months(label: str) -> Number:
    """How many months; left empty they are as they are, or, where nothing has been said, what the law makes usual."""
    return Number(label, least=1, most=120, unit="månader")


def retention_from() -> Day:
    """From which day a new rule holds; left empty it is to-day."""
    return Day("Regeln gäller från", description="Annonser som redan är publicerade behåller det de publicerades med.")


def data_officer(whether: str) -> StringField:
    """Who looks after the law on personal data there, and how to reach them."""
    return StringField(
        "Dataskyddsombud",
        [Optional()],
        description=f"{whether} Namn eller funktion, e-post och telefon. Står i det som sökande får läsa om personuppgifter.",
    )


class AuthorityForm(HouseForm):
    """A new region or municipality."""

    name = StringField("Namn", [Filled("Skriv namnet, som i Region Exempel.")], longest=100)
    kind = RadioField(
        "Vad är det?",
        [InputRequired("Välj region eller kommun.")],
        choices=[SelectChoice("region", "Region"), SelectChoice("kommun", "Kommun")],
    )
    controller_name = StringField(
        "Personuppgiftsansvarig",
        [Filled("Skriv vem som är personuppgiftsansvarig när regionen eller kommunen anställer.")],
        description="Nämnden eller styrelsen, som i Regionstyrelsen i Region Exempel. Står i annonsen.",
    )


class SettingsForm(HouseForm, Shared):
    """What a party or an authority says of itself, and several may change."""

    rested_on: ClassVar[str]  # the field that says by which rule
    retention_months: Number
    retention_from: Day

    @property
    def basis(self) -> Field:
        """What says by which rule applications are kept."""
        field: Field = self[self.rested_on]
        return field

    def validate_retention_months(self, field: Number) -> None:
        """What a rule rests on names no other months than it has."""
        other = other_months(self.basis.data or "", field.data or 0)  # left empty they are those of before
        if other and field.data is None:
            raise ValidationError(f"Regeln säger {other} månader. Skriv dem här, eller ta bort antalet ur regeln.")
        if other:
            raise ValidationError(
                f"Regeln säger {other} månader, men här står {field.data}. Skriv samma, eller ta bort antalet ur regeln."
            )

    @property
    def retention(self) -> Retention:
        """What is said of how long they are."""
        return Retention(self.retention_months.data, self.basis.data or "", self.retention_from.data)


class AuthorityRulesForm(SettingsForm):
    """What an authority says of itself."""

    rested_on = "disposal_decision"

    controller_name = StringField(
        "Personuppgiftsansvarig",
        [Filled("Skriv vem som är personuppgiftsansvarig.")],
        description="Nämnden eller styrelsen. Står i varje annons där ni är arbetsgivare.",
    )
    disposal_decision = StringField(
        "Gallringsbeslut",
        [Optional()],
        description="Beslutet som ansökningar gallras efter, med datum och paragraf. Utan beslut gallras ingenting.",
    )
    retention_months = retention_months("Hur länge ansökningar sparas")
    retention_from = retention_from()
    contact_email = EmailField(
        "Adress för frågor",
        [Optional(), Email(message="Skriv adressen som i namn@exempel.se.")],
        description="Står på sidan Kontakt: för tillgänglighet, personuppgifter och säkerhet. En funktionsbrevlåda är bäst.",
    )
    data_officer = data_officer("En myndighet ska ha ett (dataskyddsförordningen artikel 37.1 a).")
    profile_key = SelectField(
        "Regler för politiska sekreterare",
        validate_choice=False,  # its own sentence below
        description="Välj bara om reglerna finns under ett annat namn än ert.",
    )
    board_first_day = Day(
        "Nya styrelsens första dag",
        description="Den dag som fullmäktige har bestämt efter valet. Partierna ser den på sidan om mandatskiftet.",
    )
    board_source = StringField(
        "Beslutet om den dagen",
        [Optional()],
        longest=200,
        description="Med datum och paragraf, som i Regionfullmäktige 2026-10-27 § 98.",
    )

    def offer(self, profiles: Sequence[Profile], kept: str | None) -> None:
        """The rules there are to choose, and what is ``kept`` already, also when its file has gone."""
        self.offered = {"", *(one.key for one in profiles), kept or ""}
        found = [(one.key, one.name) for one in profiles]
        gone = [(kept, f"{kept} (finns inte just nu)")] if kept and kept not in dict(found) else []
        self.profile_key.choices = [SelectChoice(*pair) for pair in (("", "De som har samma namn"), *found, *gone)]

    def validate_retention_months(self, field: Number) -> None:
        """A rule rests on a decision, and names no other months than it has."""
        super().validate_retention_months(field)
        if (field.data or self.retention_from.data) and not self.disposal_decision.data:
            raise ValidationError("Skriv också gallringsbeslutet som det följer av, i rutan ovanför.")

    def validate_board_first_day(self, field: Day) -> None:
        """A board begins between the new fullmäktige's first day and New Year; the day stands with its decision."""
        if field.data is None:
            if self.board_source.data:
                raise ValidationError("Skriv också dagen, eller töm rutan om beslutet.")
        elif election_of_board(field.data) is None:
            raise ValidationError(BOARD_DAY)
        elif not self.board_source.data:
            raise ValidationError("Skriv också var dagen är beslutad, i rutan under.")

    def validate_profile_key(self, field: SelectField) -> None:
        """What is chosen is in the list; nothing chosen is the first line."""
        if (field.data or "") not in self.offered:
            raise ValidationError("Välj ett av namnen i listan.")


class PartyForm(HouseForm):
    """A party's name, colour and rules."""

    name = StringField("Partiets namn", [Filled("Skriv partiets namn.")], longest=80)
    hue = RadioField(
        "Färg",
        [InputRequired("Välj en färg.")],
        choices=[SelectChoice(str(hue), name) for hue, name in HUES],
        coerce=int,
        description="Färgar partiets annonser och sidor. Ljusheten räknas ut så att texten alltid går att läsa.",
    )
    controller_name = StringField(
        "Personuppgiftsansvarig",
        [Filled("Skriv vem som är personuppgiftsansvarig när partiet anställer.")],
        description="Föreningen, som i Exempelpartiet i Exempel. Står i annonser där partiet är arbetsgivare.",
    )


class NewPartyForm(PartyForm):
    """A new party, in an authority."""

    authority = SelectField("Region eller kommun", [InputRequired("Välj region eller kommun.")])


class PartyRulesForm(PartyForm, SettingsForm):
    """A party changed by itself or by those who run the installation."""

    rested_on = "retention_rule"

    data_officer = data_officer("Om ni har ett.")
    retention_rule = TextAreaField(
        "Regel eller beslut om hur länge ansökningar sparas",
        [Filled("Skriv vilken regel eller vilket beslut det bygger på, som: Partiets egen regel.")],
        longest=300,
        description="Står i annonsen, för partianställda tjänster, efter antalet månader. Skriv inte antalet här också.",
    )
    retention_months = retention_months("Antal månader")
    retention_from = retention_from()
    group_leader_policy = RadioField(
        "När en gruppledare också ska anställas som politisk sekreterare",
        [InputRequired("Välj vad som gäller för en gruppledare.")],
        choices=[SelectChoice(*pair) for pair in POLICIES],
        description="Är regionens eller kommunens egna regler strängare gäller de.",
    )
    elected_policy = RadioField(
        "När en förtroendevald i samma organ också ska anställas",
        [InputRequired("Välj vad som gäller för en förtroendevald.")],
        choices=[SelectChoice(*pair) for pair in POLICIES],
    )


class InviteForm(HouseForm):
    """An invitation into one's own party or authority."""

    name = StringField("Namn", [Filled("Skriv personens namn."), NoLink()], longest=120)
    email = EmailField(
        "E-post",
        [Filled("Skriv personens e-postadress."), Email(message="Skriv adressen som i namn@exempel.se.")],
        description="Länken i brevet gäller i sju dagar. Brevet nämner inte partiet.",
    )
    role = RadioField("Roll", [InputRequired("Välj en roll.")])


class DriftInviteForm(InviteForm):
    """The first invitation into any party or authority, or into the operation itself."""

    role = SelectField("Till vad", [InputRequired("Välj till vad.")])  # type: ignore[assignment]
