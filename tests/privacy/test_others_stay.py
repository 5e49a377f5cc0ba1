"""What goes, goes of those whose time is over: of whoever is held nothing is touched when the others are erased."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import set_hold
from portal.tables import metadata
from tests.decisions.recruiting import closed_recruitment, decide, keep_decision_file, proofread, release
from tests.privacy.candidates import Clock, agreed, link_of
from tests.privacy.later import say_yes
from tests.privacy.test_disposing import DAY, TOLD, about, carried_out
from tests.review.meetings import put_in_order, start, there, write, write_note
from tests.review.panel import Panel
from tests.world import World

TOUCHED = {"retention_case", "outgoing_mail", "audit_line"}


def rows_about(world: World, application_id: UUID) -> dict[str, Sequence[object]]:
    """Every row of every table that says whose it is, by table."""
    with world.acting(scope.party(world.party)) as session:
        tables = [one for one in metadata.sorted_tables if "application_id" in one.c and one.name not in TOUCHED]
        found = {
            one.name: session.execute(select(one).where(one.c.application_id == application_id)).all() for one in tables
        }
        return {name: [tuple(row) for row in rows] for name, rows in found.items() if rows}


def test_of_whoever_is_held_every_row_stays_as_it_was_when_others_are_erased_or_kept_for_later(
    world: World, set_clock: Clock
) -> None:
    ad, (held, other, later) = closed_recruitment(world, set_clock, 3, employer="party")
    agreed(world, ad)
    panel = Panel(world, ad, [held, other, later], set_clock)
    panel.name(world.gunnel)
    panel.declare(world.gunnel)
    panel.score_all(world.gunnel)
    panel.drop(world.kansli, held)
    for one in panel.sent:
        write_note(panel, world.gunnel, one, 0, "Skriver klart.")
    panel.order(world.gunnel, ((held.id,), (other.id,), (later.id,)))
    panel.hand_in(world.gunnel)
    start(panel)
    there(panel, world.gunnel)
    for one in panel.sent:
        write(panel, one, "Passar bra.")
    put_in_order(panel, ((held.id,), (other.id,), (later.id,)))
    decide(world, ad, panel.sent)
    proofread(world, ad)
    release(world, ad)
    keep_decision_file(world, ad)
    with world.writing(scope.party(world.party)) as session:
        assert set_hold(session, application_id=held.id, reason="Talan är väckt.", **about(world, ad))  # type: ignore[arg-type]
    before = rows_about(world, held.id)
    assert {"outcome", "score", "score_note", "joint_text", "requirement_decision", "document"} <= before.keys()
    carried_out(world, set_clock, TOLD)
    say_yes(world, link_of(world, later))
    assert carried_out(world, set_clock, DAY) == Gone(erased=1, left=1)
    assert rows_about(world, held.id) == before
