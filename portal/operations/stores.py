"""What lies beside the schema: the queue, the counts of tries, the application keys. Made, and asked whether they answer."""

from collections.abc import Callable, Iterator

from flask import Flask

from portal import clock
from portal.config import Settings
from portal.documents.engines.reader import letter_pages
from portal.documents.reading import Verdict
from portal.jobs.engines import create_queue_tables
from portal.vault.services import the_vault
from portal.web.rates import RateStore, the_rates

READING_SECONDS = 30.0  # others may be reading too


def create_stores(settings: Settings) -> None:
    """Make the tables that are no part of the schema, where they are missing: queue, counts of tries, application keys."""
    create_queue_tables(settings.made_by(settings.queue_url))
    RateStore(settings.made_by(settings.rates_url)).create_tables()
    the_vault().key_store.create_tables()


def silent_stores(app: Flask) -> Iterator[str]:
    """Which of them do not answer, in words, and whether files can be read. Each library has faults of its own."""
    read = letter_pages("Hej.", until=clock.monotonic() + READING_SECONDS, patience=READING_SECONDS)
    if read.verdict is not Verdict.ok:
        yield "De sökandes filer går inte att läsa här. Installera om programmet och kör: portal check"
    asked: dict[str, Callable[[], object]] = {
        "Kön svarar inte (%s). Se PORTAL_QUEUE_URL och kör: portal db upgrade": app.extensions["queue"].pending_count,
        "Räknaren av försök svarar inte (%s). Se PORTAL_RATES_URL och kör: portal db upgrade": the_rates().store.check,
    }
    for sentence, ask in asked.items():
        try:
            ask()
        except Exception as fault:
            yield sentence % type(fault).__name__
