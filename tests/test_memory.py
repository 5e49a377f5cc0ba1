"""Where there is little memory left, no test takes it."""

from pathlib import Path

from tests.memory import free_memory


def test_what_can_be_had_is_told_in_bytes(tmp_path: Path) -> None:
    (told := tmp_path / "meminfo").write_text("MemTotal:  24683000 kB\nMemAvailable:  2048 kB\n")
    assert free_memory(told) == 2 * 1024 * 1024


def test_a_machine_that_does_not_tell_has_none_to_give(tmp_path: Path) -> None:
    (told := tmp_path / "meminfo").write_text("MemTotal:  24683000 kB\n")
    assert free_memory(told) == 0
    assert free_memory(tmp_path / "none") == 0
