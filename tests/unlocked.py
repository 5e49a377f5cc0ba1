"""The triggers that lock a published ad's krav lifted for a while: for what a test plants in every row past the product."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine

from portal.config import Settings


@contextmanager
def unlocked(settings: Settings) -> Iterator[None]:
    """``with unlocked(settings): …``, by the owner of the tables."""
    engine = create_engine(settings.database_owner_url)
    try:
        if engine.dialect.name == "postgresql":
            lift, put_back = (
                [f"ALTER TABLE ad_criterion {how} TRIGGER ad_criterion_locked"] for how in ("DISABLE", "ENABLE")
            )
        else:
            with engine.begin() as connection:
                found = connection.exec_driver_sql(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ad_criterion_locked%'"
                ).all()
            lift, put_back = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        _run(engine, lift)
        try:
            yield
        finally:
            _run(engine, put_back)
    finally:
        engine.dispose()


def _run(engine: Engine, statements: list[str]) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
