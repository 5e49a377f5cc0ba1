"""A file that is not, to the byte, what this installation wrote is refused before anything is made of it, and says why."""

import io
import random
import tarfile
from pathlib import Path

import pytest

from portal.backups import archive, refusals
from portal.backups.archive import Seal, read_through, writing

OURS = Seal(mark="ours", key=b"k" * 32)
MEMBERS = {"blobs/aa": b"sealed" * 700, "blobs/bb": b"", "database/ad.jsonl": b'["x"]\n' * 40}


def written(path: Path, seal: Seal = OURS, **manifest: object) -> Path:
    with writing(path) as made:
        for name, content in MEMBERS.items():
            made.add(name, io.BytesIO(content), len(content))
        made.finish({"kind": "portal", **manifest}, seal)
    return path


def test_what_was_written_is_read_and_nothing_is_remembered(tmp_path: Path) -> None:
    opened = read_through(written(tmp_path / "x", blobs=2), kind="portal", seal=OURS)
    assert {name: content.read() for name, content in opened.members()} == MEMBERS
    assert opened.manifest == {"format": 1, "mark": "ours", "kind": "portal", "blobs": 2}


def test_any_tar_lists_it(tmp_path: Path) -> None:
    with tarfile.open(written(tmp_path / "x")) as tar:
        assert tar.getnames() == [*MEMBERS, "manifest.json"]


def test_a_byte_flipped_anywhere_is_damage(tmp_path: Path) -> None:
    path = written(tmp_path / "x")
    whole = path.read_bytes()
    places = [*random.Random(1).sample(range(len(whole)), 300), *range(len(whole) - 200, len(whole))]
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(refusals.Damaged):
            read_through(path, kind="portal", seal=OURS)


@pytest.mark.parametrize("left", [0, 1, 100, 512, 5000, -146, -147, -1])
def test_a_file_cut_short_is_damage(tmp_path: Path, left: int) -> None:
    path = written(tmp_path / "x")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(refusals.Damaged):
        read_through(path, kind="portal", seal=OURS)


@pytest.mark.parametrize("more", [b"\n", b"x" * 1000])
def test_a_file_with_something_behind_it_is_damage(tmp_path: Path, more: bytes) -> None:
    path = written(tmp_path / "x")
    path.write_bytes(path.read_bytes() + more)
    with pytest.raises(refusals.Damaged):
        read_through(path, kind="portal", seal=OURS)


@pytest.mark.parametrize(
    ("seal", "manifest", "no"),
    [
        (Seal("theirs", OURS.key), {}, refusals.Foreign),
        (Seal("ours", b"x" * 32), {}, refusals.Forged),
        (OURS, {"format": 2}, refusals.OtherFormat),
        (OURS, {"kind": "keys"}, refusals.OtherKind),
    ],
)
def test_a_whole_file_that_is_not_ours_says_what_it_is(
    tmp_path: Path, seal: Seal, manifest: dict[str, object], no: type[Exception]
) -> None:
    with pytest.raises(no):
        read_through(written(tmp_path / "x", seal, **manifest), kind="portal", seal=OURS)


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(refusals.FileMissing, match="finns inte"):
        read_through(tmp_path / "x", kind="portal", seal=OURS)


def test_a_writing_that_fails_leaves_nothing_and_one_cut_short_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "x.part").write_text("of a run that was killed")
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "x") as made:
        made.add("a", io.BytesIO(b"a"), 1)
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(refusals.FileExists), writing(tmp_path / "x") as made:
        (tmp_path / "x").write_text("another's")
        made.finish({}, OURS)
    assert (tmp_path / "x").read_text() == "another's"


def test_every_refusal_is_one_sentence_that_says_what_to_do() -> None:
    told = [no.text for no in vars(refusals).values() if isinstance(no, type) and no.__module__ == refusals.__name__]
    assert len(told) == 16
    assert all(text.endswith(".") and "\n" not in text for text in told)
    assert archive.FORMAT == 1
