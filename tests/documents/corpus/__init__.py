"""Strangers' files: good, odd and hostile ones, each made of a few lines here, so that none is kept in the repository."""

from tests.documents.corpus import endless_paint, good_pdf, hostile_pdf, markup, odd_pdf, texts, zips
from tests.documents.corpus.entry import Entry

CORPUS: tuple[Entry, ...] = tuple(
    entry for part in (good_pdf, odd_pdf, hostile_pdf, endless_paint, zips, markup, texts) for entry in part.ENTRIES
)
