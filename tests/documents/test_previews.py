"""A preview's rows, sealed and sent along: what comes back is what was sent, from the same person, within half a day."""

import secrets
from datetime import timedelta
from typing import Any

import pytest

from portal import clock, scope
from portal.documents.previews.services import PreviewLost, TooLongTexts, open_preview, seal_preview
from tests.world import World

ROW = {"name": "Åsa Nyman", "ends": None}


def test_a_copy_holds_for_half_a_day(world: World) -> None:
    at = clock.now()
    whose: dict[str, Any] = {"controller_id": world.party, "person_id": world.kansli, "kind": "people"}
    with world.acting(scope.party(world.party)) as session:
        kept = seal_preview(session, [ROW], **whose, at=at)
        assert open_preview(session, kept, **whose, at=at + timedelta(hours=12)) == [ROW]
        for moved in (timedelta(hours=12, minutes=1), -timedelta(minutes=1)):
            with pytest.raises(PreviewLost):
                open_preview(session, kept, **whose, at=at + moved)
        with pytest.raises(TooLongTexts):
            seal_preview(session, [secrets.token_hex(200_000)], **whose, at=at)
        with pytest.raises(TooLongTexts):  # short when packed, and more than is ever unpacked
            seal_preview(session, ["å" * 1000] * 1100, **whose, at=at)
