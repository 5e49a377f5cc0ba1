"""What must be so before the portal starts: a database server that is about to be up is waited for, a wrong address told."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.config import Misconfigured, Settings
from portal.operations import services
from portal.operations.services import has_keys, require_ready
from portal.operations.silence import NO_ANSWER, NO_DATABASE
from portal.operations.waiting import KEYS_TO_COME
from portal.vault.keyring import create_keyring
from tests.applicants import send_applications
from tests.database import required
from tests.proofs.living import free_port
from tests.world import World, publish_ad


def test_a_server_that_does_not_answer_is_waited_for_and_told_of_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        required("the driver of PostgreSQL is not installed (extra: services)")
    monkeypatch.setattr(services, "SECONDS_FOR_THE_SERVER", 0.3)
    monkeypatch.setattr(services, "SECONDS_BETWEEN_TRIES", 0.1)
    tries: list[float] = []
    monkeypatch.setattr(services, "sleep", tries.append)
    told: list[str] = []
    away = replace(settings, database_url=f"postgresql+psycopg://portal@127.0.0.1:{free_port()}/portal")
    with pytest.raises(Misconfigured, match="svarar inte"):
        require_ready(away, told.append)
    assert len(tries) > 1
    assert len(told) == 1
    assert told[0].startswith(NO_ANSWER)


def test_a_file_that_is_not_there_is_told_at_once(settings: Settings) -> None:
    nowhere = replace(settings, database_url=f"sqlite:///{settings.instance_path}/nowhere.db")
    with pytest.raises(Misconfigured) as refused:
        require_ready(nowhere, pytest.fail)
    assert str(refused.value) == NO_DATABASE


def test_a_finished_database_is_ready_without_a_word(settings: Settings) -> None:
    told: list[str] = []
    require_ready(settings, told.append)
    assert told == []


def test_whoever_starts_before_the_keys_are_back_is_told_so(settings: Settings) -> None:
    """From the first application on that is begun the key store is not empty, and no copy goes into it any more."""
    (settings.instance_path / "portal.restoring").write_text('{"before": null}')
    told: list[str] = []
    require_ready(settings, told.append)
    assert told == [KEYS_TO_COME]


def test_another_key_file_than_the_databases_stops_the_start_and_no_new_one_is_made(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    """What was written with it could not be read with the right one, and the log would never be whole again."""
    send_applications(world, publish_ad(world), 1)
    require_ready(settings, pytest.fail)
    create_keyring(tmp_path / "other.keys", "k1")
    with pytest.raises(Misconfigured, match="Lägg tillbaka den fil som hör till den"):
        require_ready(replace(settings, keys_file=tmp_path / "other.keys"), pytest.fail)
    assert has_keys(settings.database_url)
    assert not has_keys(f"sqlite:///{tmp_path}/nowhere.db")
