"""What is sealed opens only with its key and in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vault.sealing import SealBroken, fingerprint, new_key, seal, unseal


@given(st.binary(max_size=5000), st.text(max_size=40))
def test_what_is_sealed_opens_again_in_its_own_place(plain: bytes, place: str) -> None:
    key = new_key()
    assert unseal(key, seal(key, plain, belongs_to=place), belongs_to=place) == plain


@pytest.mark.parametrize("change", [0, 1, 14, -1])
def test_a_changed_byte_anywhere_breaks_the_seal(change: int) -> None:
    key = new_key()
    sealed = bytearray(seal(key, b"Alma", belongs_to="application.name"))
    sealed[change] ^= 1
    with pytest.raises(SealBroken):
        unseal(key, bytes(sealed), belongs_to="application.name")


def test_a_seal_moved_to_another_place_or_key_does_not_open() -> None:
    key = new_key()
    sealed = seal(key, b"Alma", belongs_to="application.name|1")
    for other_key, place in (
        (key, "application.name|2"),
        (key, "application.email|1"),
        (new_key(), "application.name|1"),
    ):
        with pytest.raises(SealBroken):
            unseal(other_key, sealed, belongs_to=place)


def test_the_same_text_is_sealed_differently_each_time_and_found_again_only_under_its_key() -> None:
    key = new_key()
    assert seal(key, b"a", belongs_to="x") != seal(key, b"a", belongs_to="x")
    assert fingerprint(key, "alma@example.se", purpose="address") == fingerprint(
        key, "alma@example.se", purpose="address"
    )
    assert fingerprint(key, "alma@example.se", purpose="address") != fingerprint(
        key, "alma@example.se", purpose="other"
    )
    assert fingerprint(new_key(), "alma@example.se", purpose="address") != fingerprint(
        key, "alma@example.se", purpose="address"
    )
