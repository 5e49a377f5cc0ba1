"""``portal ads read FILE``: an existing posting as JSON. Needs no settings, database or instance."""

import json
from pathlib import Path
from typing import IO, Any

import click

from portal import clock
from portal.ads.reading.posting import read_posting
from portal.documents.engines.reader import read_document
from portal.documents.reading import Verdict
from portal.refusal import Refusal


@click.group("ads")
def ads() -> None:
    """Annonser."""


@ads.command("read")
@click.argument("file", type=click.Path(path_type=Path))
def read(file: Path) -> None:
    """Läs en befintlig annons (txt, pdf, docx eller odt) och skriv dess fält som JSON."""
    posting = read_posting(_text_of(file), on=clock.today())
    click.echo(json.dumps(posting.as_json(), ensure_ascii=False, indent=2))


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError:
        raise Unreadable(f"Filen {file.name} går inte att läsa. Kontrollera sökvägen.") from None
    reading = read_document(data, name=file.name)
    try:
        reading.raise_if_refused()
    except Refusal as refusal:
        raise Unreadable(refusal.sentence) from None
    if not reading.text.strip():
        waits = reading.verdict is Verdict.waiting
        raise Unreadable("Filen hann inte läsas. Försök igen." if waits else "Filen innehåller ingen text att läsa.")
    return reading.text


class Unreadable(click.ClickException):
    """The file gives no posting: one line on stderr, exit 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(" ".join(self.message.split()), err=True)
