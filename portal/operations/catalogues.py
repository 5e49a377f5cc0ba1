"""The message catalogues: beside every ``.po`` that people edit lies the compiled ``.mo`` that pages are made from."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> Iterator[Path]:
    """Write a ``.mo`` beside every ``.po`` under ``folder``, put in place at one stroke; gives each as it is written."""
    for source in sorted(folder.rglob("*.po")):
        compiled = source.with_suffix(".mo")
        new = source.with_suffix(".mo.new")
        with source.open("rb") as po, new.open("wb") as mo:
            write_mo(mo, read_po(po))
        new.replace(compiled)
        yield compiled


def stale_catalogues(folder: Path) -> list[Path]:
    """Every ``.po`` whose ``.mo`` is missing or says something else: its sentences would be shown in Swedish, or old.

    What they say is compared, not when they were written: an installer writes files in any order.
    """
    return [source for source in sorted(folder.rglob("*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    if not compiled.is_file():
        return True
    with source.open("rb") as po, compiled.open("rb") as mo:
        return _sentences(read_po(po)) != _sentences(read_mo(mo))


def _sentences(catalogue: Catalog) -> set[tuple[tuple[str, ...], ...]]:
    both = ((_forms(message.id), _forms(message.string)) for message in catalogue)
    return {(said, translated) for said, translated in both if any(said) and all(translated)}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)
