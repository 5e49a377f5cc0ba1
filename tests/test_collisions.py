"""What collides with what another has just written is tried again, three times in all, and nothing else is."""

import ast
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from portal.collisions import TRIES, tried_again
from portal.db import db
from tests.world import World

PACKAGE = Path(__file__).resolve().parent.parent / "portal"


class Act:
    """Fails as often as it is told to, and notes whether it came with a connection in its hand."""

    def __init__(self, fails: int, fault: Exception) -> None:
        self.fails, self.fault, self.held = fails, fault, list[bool]()

    def __call__(self) -> str:
        self.held.append(db.session.in_transaction())
        db.session.connection()
        if len(self.held) <= self.fails:
            raise self.fault
        return "written"


COLLISION = IntegrityError("insert", {}, Exception("UNIQUE"))


@pytest.mark.parametrize("fails", range(TRIES))
def test_a_collision_is_tried_again_with_the_connection_let_go_each_time(world: World, fails: int) -> None:
    act = Act(fails, COLLISION)
    with world.app.app_context():
        db.session.connection()
        assert tried_again(act) == "written"
    assert act.held == [False] * (fails + 1)


def test_the_last_collision_is_told(world: World) -> None:
    act = Act(TRIES, COLLISION)
    with world.app.app_context(), pytest.raises(IntegrityError):
        tried_again(act)
    assert len(act.held) == TRIES


def test_another_fault_is_not_tried_again(world: World) -> None:
    act = Act(1, ValueError())
    with world.app.app_context(), pytest.raises(ValueError):
        tried_again(act)
    assert len(act.held) == 1


def test_nobody_else_tries_a_collision_again_by_themselves() -> None:
    loops = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for loop in ast.walk(ast.parse(path.read_text()))
        if isinstance(loop, ast.For | ast.While)
        for node in ast.walk(loop)
        if isinstance(node, ast.ExceptHandler) and node.type is not None and "IntegrityError" in ast.unparse(node.type)
    }
    assert loops == {"privacy/routes/candidate.py"}  # whose second try is made without the address that collided
