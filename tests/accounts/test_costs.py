"""Guessing costs what it should, and an unknown address as much as a known one."""

from tests.conftest import REAL_HASHER, REAL_NOBODYS


def test_a_guess_costs_what_the_library_recommends() -> None:
    assert REAL_HASHER.memory_cost >= 64 * 1024
    assert REAL_HASHER.time_cost >= 3


def test_nobodys_hash_costs_what_everybody_elses_does() -> None:
    assert not REAL_HASHER.check_needs_rehash(REAL_NOBODYS)
