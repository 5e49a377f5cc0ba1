"""A process loads without looking for garbage, and looks for it again from then on."""

import gc

import pytest

from portal.starting import looking_for_no_garbage


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
