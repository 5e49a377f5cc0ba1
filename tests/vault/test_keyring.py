"""The installation's key file: made once, read by its owner, rotated by a new first line."""

import stat
from pathlib import Path

import pytest

from portal.config import Misconfigured
from portal.vault.keyring import Keyring, create_keyring, read_keyring
from portal.vault.sealing import SealBroken, new_key


def test_a_new_key_file_is_readable_by_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "installation.keys"
    create_keyring(path, "k1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    with pytest.raises(FileExistsError):
        create_keyring(path, "k2")


@pytest.mark.parametrize("content", ["", "k1 c2hvcnQ=\n"])
def test_a_file_without_a_whole_key_is_refused_with_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.write_text(content)
    with pytest.raises(Misconfigured, match="32 byte"):
        read_keyring(path)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="portal keys create"):
        read_keyring(tmp_path / "none")


def test_after_rotation_the_old_opens_and_what_is_derived_stays_the_same() -> None:
    old = Keyring((("k1", new_key()),))
    rotated = Keyring((("k2", new_key()), *old.keys))
    wrapped = old.wrap(b"secret", belongs_to="x")
    assert rotated.unwrap(wrapped, belongs_to="x") == b"secret"
    assert rotated.wrap(b"secret", belongs_to="x").startswith(b"k2:")
    assert rotated.derive("audit") == old.derive("audit")
    with pytest.raises(SealBroken):
        Keyring((rotated.keys[0],)).unwrap(wrapped, belongs_to="x")
