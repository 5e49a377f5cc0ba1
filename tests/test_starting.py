"""A process loads without looking for garbage, and looks for it again from then on."""

import gc
import subprocess
import sys

import pytest

from portal.starting import HEAPS, looking_for_no_garbage


def test_garbage_is_looked_for_again_once_the_program_is_loaded() -> None:
    with looking_for_no_garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_is_looked_for_again_where_the_program_could_not_be_loaded() -> None:
    with pytest.raises(ValueError), looking_for_no_garbage():
        raise ValueError("a setting is missing")
    assert gc.isenabled()


def test_whoever_looks_for_none_is_left_so() -> None:
    gc.disable()
    try:
        with looking_for_no_garbage():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


def test_what_only_some_page_needs_is_not_loaded_with_the_program() -> None:
    """Neither with the pages and tasks, which web processes and the worker have in common, nor with what serves them."""
    heavy = {"openpyxl", "zxcvbn", "PIL", "pdfminer", "pypdfium2", "typst", "holidays", "segno", "alembic", "pydantic"}
    heavy |= {"portal.ads.reading.posting"}  # an existing posting, read by its words
    program = f"import sys, portal.factory, portal.operations.engines; print(sorted({heavy!r} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_threads_of_a_process_share_their_heaps() -> None:
    program = """
import ctypes, re, threading
from portal.starting import share_heaps
share_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, at_once = ctypes.c_void_p, [ctypes.c_size_t], threading.Barrier(8)
def take():
    at_once.wait()
    libc.malloc(100_000)
    at_once.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 1 <= told.stdout.count("<heap nr=") <= HEAPS


def test_what_the_threads_of_a_process_share_of_a_criterion_is_made_before_any_of_them_asks() -> None:
    """SQLAlchemy looks up what a synonym stands for at its first use, in no lock: of two candidates who came first after a
    start, at once, one got an error."""
    program = """
from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import SynonymProperty, configure_mappers
import portal.factory
from portal.applications.models import Application
configure_mappers()
def too_late(*_):
    raise TypeError("looked up by whoever came first")
SynonymProperty._comparator_factory = too_late
print(select(Application.state).where(Application.application_id.is_(None)).compile(dialect=sqlite.dialect()))
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "application.id IS NULL" in told.stdout


def test_what_lies_free_between_things_that_stay_is_given_back() -> None:
    program = """
import ctypes, re, time
from pathlib import Path
from portal import starting
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
pieces = [libc.malloc(20_000) for _ in range(2_000)]
[ctypes.memset(piece, 1, 20_000) for piece in pieces]
[libc.free(piece) for piece in pieces[:-1]]
before = held()
starting.GIVEN_BACK_EACH = 0.1
starting.give_back_again_and_again()
until = time.monotonic() + 30
while before - held() < 30_000 and time.monotonic() < until:
    time.sleep(0.05)
print(before - held() >= 30_000)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"
