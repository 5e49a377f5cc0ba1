"""Which database does not answer, and which was never made: what `portal check` and every command say of it."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

UPGRADE = "Kör: portal db upgrade"
NO_DATABASE = f"Databasen är inte färdig. {UPGRADE}"
NO_ANSWER = "Databasen i PORTAL_DATABASE_URL svarar inte. Starta den, eller rätta adressen."
NO_KEY_STORE = f"Nyckellagret är inte färdigt. {UPGRADE}"
NO_ANSWER_OF_KEYS = "Nyckellagret i PORTAL_KEY_STORE_URL svarar inte. Starta det, eller rätta adressen."
_UNPREPARED = ("no such table", "unable to open database file")  # SQLite's words: it has no codes for either


def silent_databases(database: Engine, key_store: Engine, otherwise: str) -> Iterator[str]:
    """What each says that cannot be connected to; ``otherwise`` where both can."""
    asked = ((database, NO_ANSWER, NO_DATABASE), (key_store, NO_ANSWER_OF_KEYS, NO_KEY_STORE))
    said = [
        never_made if engine.dialect.name == "sqlite" else no_answer
        for engine, no_answer, never_made in asked
        if not _answers(engine)
    ]
    yield from said or [otherwise]


def is_unprepared(fault: Exception) -> bool:
    """Whether a database answers, or could, and has no tables yet."""
    if not isinstance(fault, DBAPIError):
        return False
    said = str(fault.orig)
    return type(fault.orig).__name__ == "UndefinedTable" or any(words in said for words in _UNPREPARED)


def _answers(engine: Engine) -> bool:
    try:
        with engine.connect():
            return True
    except SQLAlchemyError:
        return False
