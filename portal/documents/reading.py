"""What came of opening a stranger's file: the verdict with its sentence, the text and the page pictures."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.refusal import N_, Refusal


class Verdict(StrEnum):
    """What the door says about a file. `accepted` verdicts are stored; the others are refused with their sentence."""

    ok = "ok"
    no_words = "no_words"
    waiting = "waiting"
    empty = "empty"
    too_big = "too_big"
    wrong_kind = "wrong_kind"
    not_what_it_says = "not_what_it_says"
    encrypted = "encrypted"
    damaged = "damaged"
    macros = "macros"
    too_many_pages = "too_many_pages"
    nothing_shown = "nothing_shown"
    stuck = "stuck"

    @property
    def accepted(self) -> bool:
        """Whether the file is kept."""
        return self in (Verdict.ok, Verdict.no_words, Verdict.waiting)

    @property
    def text(self) -> str:
        """The Swedish sentence with a %(name)s place, marked for the catalogue."""
        return _SENTENCES[self]


_SENTENCES = {
    Verdict.ok: N_("Filen %(name)s är mottagen och går att läsa."),
    Verdict.no_words: N_(
        "Filen %(name)s är mottagen, men den består av bilder utan text. De som läser ser sidorna som bilder. "
        "Har du en version med text är den lättare att läsa: byt i så fall ut filen."
    ),
    Verdict.waiting: N_("Filen %(name)s är mottagen. Filen läses, du kan fortsätta. Resultatet står på kontrollsidan."),
    Verdict.empty: N_("Filen %(name)s är tom. Öppna den, spara den igen och välj den på nytt."),
    Verdict.too_big: N_("Filen %(name)s är större än 10 MB. Spara den med mindre bilder och välj den igen."),
    Verdict.wrong_kind: N_(
        "Filen %(name)s är av en sort som inte går att ta emot. "
        "Spara den som PDF, DOCX, ODT eller TXT och välj den igen."
    ),
    Verdict.not_what_it_says: N_(
        "Filen %(name)s innehåller något annat än vad namnet säger. "
        "Öppna den i programmet där du skrev den, spara den som PDF och välj den nya filen."
    ),
    Verdict.encrypted: N_(
        "Filen %(name)s är låst med lösenord, så ingen kan läsa den. Spara den utan lösenord och välj den igen."
    ),
    Verdict.damaged: N_(
        "Filen %(name)s är skadad och går inte att öppna. "
        "Öppna den i programmet där du skrev den, spara den som PDF och välj den nya filen."
    ),
    Verdict.macros: N_(
        "Filen %(name)s innehåller makron, alltså små program. Spara den som PDF och välj den nya filen."
    ),
    Verdict.too_many_pages: N_("Filen %(name)s har fler än 100 sidor. Spara de sidor som behövs och välj filen igen."),
    Verdict.nothing_shown: N_(
        "Filen %(name)s har ingen text som går att visa. Bilder i en Word- eller ODT-fil följer inte med. "
        "Spara den som PDF och välj den nya filen."
    ),
    Verdict.stuck: N_(
        "Filen %(name)s kunde inte läsas: den är för stor eller skadad. "
        "Spara om den som PDF, till exempel med Skriv ut och Spara som PDF, och välj den nya filen."
    ),
}


class Note(StrEnum):
    """What the staff should know about an accepted file."""

    text_cut = "text_cut"
    text_view = "text_view"
    second_reader = "second_reader"

    @property
    def text(self) -> str:
        """The Swedish sentence, marked for the catalogue."""
        return _NOTES[self]


_NOTES = {
    Note.text_cut: N_("Filens text är mycket lång. Bara de första 500 000 tecknen går att söka i."),
    Note.text_view: N_(
        "Sidorna visar filens text, inte dess utseende. Ladda ner originalet om utseendet betyder något."
    ),
    Note.second_reader: N_("Texten kan komma i en annan ordning än på sidan. Jämför med bilden."),
}


@dataclass(frozen=True)
class Reading:
    """What is known of one file after the door. Pictures are PNG bytes, at most 2,000 pixels on the longer side.

    `text` is NFC without control characters, at most 500,000 characters; `words` counts its words.
    `pictures` are the pages asked for, in order, the first at upload. `kind` is the extension, None where unknown.
    """

    verdict: Verdict
    name: str
    kind: str | None = None
    text: str = ""
    page_count: int = 0
    pictures: tuple[bytes, ...] = ()
    words: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict's Swedish sentence with the file's name in it."""
        return self.verdict.text % {"name": self.name}

    def raise_if_refused(self) -> None:
        """Raises `DocumentRefused` where the file is not to be kept."""
        if not self.verdict.accepted:
            raise DocumentRefused(self.verdict, name=self.name)


class DocumentRefused(Refusal):
    """A file that is not taken in; `verdict` says why and its sentence what to do."""

    def __init__(self, verdict: Verdict, /, *, field: str | None = None, **values: Any) -> None:
        self.verdict = verdict
        super().__init__(verdict.text, field=field, **values)
