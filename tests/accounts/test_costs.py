"""Guessing an unknown address costs what guessing a known one does."""

from portal.accounts import engines


def test_nobodys_hash_costs_what_everybody_elses_does() -> None:
    assert not engines.needs_new_hash(engines._NOBODYS)
    assert not engines.password_is_right(None, "nobody has this password")
