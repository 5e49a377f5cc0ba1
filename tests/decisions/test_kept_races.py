"""Two who are erased while the kept file is set anew: neither comes back by the other's, and no file is left unnamed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.decisions.models import KeptFile
from portal.decisions.services import keeping
from portal.documents.models import FiledDocument
from portal.documents.services import filed_bytes
from tests.decisions.judging import judged
from tests.decisions.test_kept_file import LATER, _erase, end
from tests.review.panel import panel_of
from tests.world import World


def test_who_is_erased_while_another_is_taken_out_does_not_come_back(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, employer="party")
    judged(panel, jav=False)
    end(panel)
    panel.set_clock(LATER)
    first, other = panel.sent[1], panel.sent[2]
    _erase(panel, first.id)
    keep, begun = keeping.keep_filed_apart, []

    def meanwhile(*about: object, **named: object) -> object:
        if not begun:  # between what was read and what is put in its place
            begun.append(True)
            _erase(panel, other.id)
            with world.acting(scope.party(world.party)):
                keeping.take_out_erased(panel.ad.id, clock.now())
        return keep(*about, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "keep_filed_apart", meanwhile)
    with world.acting(scope.party(world.party)):
        keeping.take_out_erased(panel.ad.id, clock.now())
    with world.acting(scope.party(world.party)) as session:
        row, (filed,) = (
            session.scalars(select(KeptFile)).one(),
            session.scalars(select(FiledDocument).where(FiledDocument.kind == "json")).all(),
        )
        assert row.document_id == filed.id
        stored = filed_bytes(session, filed)
    assert panel.sent[0].name.encode() in stored
    assert first.name.encode() not in stored and other.name.encode() not in stored
