"""The demo keeps to itself, whatever else the machine is set to."""

from pathlib import Path

from portal.config import IN_FILES, Settings
from portal.demo.commands import _environment

REAL = "postgresql://portal_app:x@db.example/portal"


def test_no_setting_of_the_machines_leads_out_of_the_demos_folder(tmp_path: Path) -> None:
    real, folder = tmp_path / "real", tmp_path / "demo"
    folder.mkdir()
    real.write_text(REAL)
    words = dict.fromkeys((*IN_FILES, "PORTAL_STORAGE_URL"), REAL) | {"PORTAL_KEYS_FILE": str(tmp_path / "keys")}
    files = {f"{name}_FILE": str(real) for name in IN_FILES}
    made = Settings.from_environment({**words, **files, **_environment(folder, 8000)})
    addresses = (
        made.database_url, made.database_owner_url, made.key_store_url, made.queue_url, made.rates_url,
        made.storage_url, str(made.keys_file),
    )  # fmt: skip
    assert [address for address in addresses if str(folder) not in address] == []
    assert (made.smtp_url, made.demo) == ("", True)
    assert made.secret_key == (folder / "secret_key").read_text()
