"""What SQLAlchemy makes at its first use, in no lock, and is made here before any thread asks: of two that came first after
a start, together, the second went on with what the first had half made."""

from sqlalchemy import Engine, event
from sqlalchemy.sql.annotation import Annotated, _prepare_annotations
from sqlalchemy.sql.elements import DQLDMLClauseElement


def be_first_alone(engine: Engine) -> None:
    """Let one thread alone make the first connection, and find out by it what server that is; the others wait.

    The library has a lock for that, of which each of two threads made its own: one of them could get an error. A pool that
    takes another's place, as after a fork, has a lock of its own.
    """
    _make_lock(engine)
    event.listen(engine, "engine_disposed", _make_lock)


def _make_lock(engine: Engine) -> None:
    engine.pool.dispatch.connect._get_exec_once_mutex()


def know_annotated_forms() -> None:
    """Make the classes of annotated statements: they are known to the library before it says how they are told apart.

    Whoever met one in between noted that what has it in it can be told from nothing else, and each such statement was
    compiled anew at every use, for as long as the process lived.
    """
    _prepare_annotations(DQLDMLClauseElement, Annotated)
