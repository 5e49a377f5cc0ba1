"""One form for each page of interviews."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Self
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from portal import clock
from portal.ads.forms.fields import Day, Number
from portal.ads.models import AdCriterion
from portal.interviews.refusals import HourUnreadable, NobodyTakesPart, WishMissing, WordsMissing
from portal.interviews.services.arranging import Times
from portal.interviews.services.booking import LONGEST_WISH
from portal.interviews.services.referring import LONGEST_WORDS
from portal.interviews.times import (
    LEAST_MINUTES,
    LONGEST_PAUSE,
    MOST_AT_ONCE,
    MOST_MINUTES,
    instant_of,
    read_hour,
    require_ahead,
    require_day_ahead,
)
from portal.refusal import Refusal
from portal.review.forms.fields import CheckboxesField
from portal.web.fields import Filled, StringField, TextAreaField
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, SelectChoice
from portal.web.under_code_name import AsksFirst, AsksOfThem

LONGEST_PLACE = 300


class TimesForm(HouseForm):
    """Some times in a row."""

    day = Day("Dag", required="Välj dagen.")
    hour = StringField("Första klockslaget", [Filled("Skriv klockslaget som 13.30.")], longest=10)
    minutes = Number(
        "Hur länge",
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        unit="minuter",
        required="Skriv hur många minuter varje tid är.",
    )
    count = Number("Antal tider", least=1, most=MOST_AT_ONCE, required="Skriv hur många tider du vill lägga upp.")
    pause = Number(
        "Paus mellan tiderna",
        least=0,
        most=LONGEST_PAUSE,
        unit="minuter",
        required="Skriv hur lång pausen är, eller 0.",
    )
    place = StringField(
        "Plats eller länk till videomöte",
        [Filled("Skriv var ni ses, eller länken till videomötet.")],
        longest=LONGEST_PLACE,
    )
    members = CheckboxesField("Vilka är med", validators=[InputRequired(NobodyTakesPart.text)], validate_choice=False)

    offered: frozenset[str] = frozenset()

    def offer(self, members: list[tuple[str, str]]) -> None:
        """The panel to choose from, as id and name."""
        self.members.choices = [SelectChoice(*one) for one in members]
        self.offered = frozenset(id for id, _ in members)

    @property
    def member_ids(self) -> tuple[UUID, ...]:
        """The members ticked; what is not one of those offered is left to the service to refuse."""
        ticked = [value if value in self.offered else str(UUID(int=0)) for value in self.members.data or []]
        return tuple(UUID(value) for value in dict.fromkeys(ticked))

    def validate(self, extra_validators: Any = None) -> bool:
        """The day and the hour are asked of together with all the rest, so that every fault is told at once."""
        valid = bool(super().validate(extra_validators))
        hour = None
        try:
            if not self.hour.errors:
                hour = read_hour(self.hour.data or "")
        except HourUnreadable as refusal:
            valid = self._tell(refusal)
        try:
            if self.day.data is not None and not self.day.errors:
                _require_ahead(self.day.data, hour)
        except Refusal as refusal:
            valid = self._tell(refusal)
        return valid

    def _tell(self, refusal: Refusal) -> bool:
        field = self[refusal.field or "day"]
        field.errors = [*field.errors, sentence_of(refusal)]
        return False

    def times(self) -> Times:
        """What was filled in, once the form is valid. Raises HourUnreadable."""
        assert self.day.data is not None
        return Times(
            day=self.day.data,
            hour=read_hour(self.hour.data or ""),
            minutes=self.minutes.data or LEAST_MINUTES,
            count=self.count.data or 1,
            pause=self.pause.data or 0,
            place=self.place.data or "",
            member_ids=self.member_ids,
        )


def _require_ahead(day: date, hour: time | None) -> None:
    if hour is None:
        require_day_ahead(day, clock.now())
    else:
        require_ahead(instant_of(day, hour), clock.now())


class BookForm(HouseForm):
    """The candidate's choice among the free times."""

    slot = RadioField(lazy_gettext("Välj en tid"), validate_choice=False)

    def offer(self, times: list[tuple[str, str]]) -> None:
        """The times to choose from, as id and words."""
        self.slot.choices = [SelectChoice(*one) for one in times]

    @property
    def slot_id(self) -> UUID | None:
        """The time chosen, if any; what is no id is no time of ours."""
        try:
            return UUID(self.slot.data) if self.slot.data else None
        except ValueError:
            return UUID(int=0)

    @property
    def typed(self) -> bool:
        """Whether anything has been chosen."""
        return bool(self.slot.data)


_ANYWAY = AsksFirst.anyway.args[0]


class WishForm(AsksFirst, HouseForm):
    """None of the times suits."""

    told = ("wish",)  # what may tell who somebody under a code name is
    anyway = BooleanField(_ANYWAY, name="wish_anyway")  # the page's forms are sent together, and this is said of one

    wish = TextAreaField(
        lazy_gettext("När skulle det passa?"), [Filled(lazy_gettext(WishMissing.text))], longest=LONGEST_WISH
    )

    @property
    def typed(self) -> bool:
        """Whether anything has been written."""
        return bool(self.wish.data)


class ReferenceForm(AsksFirst, HouseForm):
    """Somebody who can tell of the candidate."""

    told = ("name", "relation")  # the number is asked for, so nobody asks about that
    anyway = BooleanField(_ANYWAY, name="reference_anyway")
    shows_nobody = BooleanField(lazy_gettext("Varken personen eller hur vi känner varandra visar vem jag är."))

    name = StringField(lazy_gettext("Referensens namn"), [Filled(lazy_gettext("Skriv referensens namn."))], longest=120)
    contact = StringField(
        lazy_gettext("Referensens telefon eller e-post"),
        [Filled(lazy_gettext("Skriv ett telefonnummer eller en e-postadress till referensen."))],
    )
    relation = StringField(
        lazy_gettext("Hur känner ni varandra?"),
        [Filled(lazy_gettext("Skriv hur ni känner varandra, till exempel tidigare chef."))],
    )
    agreed = BooleanField(
        lazy_gettext("Personen har sagt ja till att bli kontaktad."),
        validators=[InputRequired(lazy_gettext("Fråga personen först, och kryssa sedan i rutan."))],
    )

    def asks_of_them(self) -> bool:
        """Whether somebody under a code name says that whom they name shows nobody who they are; else that is asked."""
        if not self.shows_nobody.data:
            asked = gettext(
                "Kan personen, eller hur ni känner varandra, visa vem du är? Lämna då ingen referens här, utan berätta om "
                "den för den som får öppna ditt namn. Annars kryssar du i rutan."
            )
            self.shows_nobody.errors = [*self.shows_nobody.errors, asked]
        return bool(self.shows_nobody.data)

    @property
    def typed(self) -> bool:
        """Whether anything has been filled in."""
        filled = (self.name, self.contact, self.relation, self.agreed, self.shows_nobody)
        return any(bool(one.data) for one in filled)


@dataclass(frozen=True, slots=True)
class MeetingForms:
    """The parts of the candidate's page of the meeting. They are sent together, whichever button is pressed."""

    book: BookForm
    wish: WishForm
    reference: ReferenceForm

    @classmethod
    def blank(cls) -> Self:
        """Nothing is filled in."""
        return cls(BookForm(formdata=None), WishForm(formdata=None), ReferenceForm(formdata=None))

    @classmethod
    def sent(cls) -> Self:
        """As the request has them."""
        return cls(BookForm(), WishForm(), ReferenceForm())

    def but(self, done: HouseForm) -> Self:
        """With the part that is done empty again."""
        return replace(self, **{name: kind(formdata=None) for name, kind in _PARTS.items() if isinstance(done, kind)})

    @property
    def typed(self) -> bool:
        """Whether there is anything that would be lost."""
        return self.book.typed or self.wish.typed or self.reference.typed


_PARTS: dict[str, type[HouseForm]] = {"book": BookForm, "wish": WishForm, "reference": ReferenceForm}


class WordsForm(AsksOfThem, HouseForm):
    """What a reference has said."""

    criterion = SelectField("Gäller", choices=[], validate_choice=False)
    words = TextAreaField("Vad referensen sa", [Filled(WordsMissing.text)], longest=LONGEST_WORDS)

    def offer(self, criteria: Iterable[AdCriterion], reference_id: UUID) -> None:
        """The criteria to choose from. The page has these fields for each reference, so the ids carry it."""
        choices = [SelectChoice("", "Allmänt"), *(SelectChoice(str(row.id), row.text) for row in criteria)]
        self.criterion.choices = choices
        for field in (self.criterion, self.words, self.anyway):
            field.id = f"{field.short_name}-{reference_id}"

    @property
    def typed(self) -> bool:
        """Whether anything has been written."""
        return bool(self.words.data)

    @property
    def criterion_id(self) -> UUID | None:
        """The criterion chosen, if any; what is no id is no criterion of ours."""
        try:
            return UUID(self.criterion.data) if self.criterion.data else None
        except ValueError:
            return UUID(int=0)
