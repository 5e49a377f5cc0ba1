"""The start of a process: loading the program makes a few hundred thousand things that stay, and nothing to throw away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def looking_for_no_garbage() -> Iterator[None]:
    """Load and make without stopping again and again to look through what has just been made. What is there on leaving is
    set apart for good: later looks pass it by, and a server's processes go on sharing it."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if wanted:
            gc.enable()
