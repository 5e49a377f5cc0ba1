"""The paper as it is shows itself to the reader alone, for a while after they have said why; each reading is in the log, and
what is erased or passed on meanwhile is answered like what never was."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import ProtectedIdentity
from portal.audit.models import AuditLine
from portal.documents.masks import WHOLE_PAGE
from portal.protection.paper_masks import PageMasks, print_of_pages
from portal.protection.queries import masks_of, read_by
from portal.protection.services.masking import add_box, keep_found
from portal.vault.services import the_vault
from tests.decisions.recruiting import office
from tests.forms import fields_of, submit
from tests.protection.applying import NAME, PAPER, identities, pass_to, stage_protected
from tests.stage import add_person
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
SHOW_THE_PAPER = ("/cv", "/maskera", "/maskera/1", "/maskera/1/bild")
OPEN_IT = (("/maskera", "look"), ("/maskera", "hand_over"), ("/maskera/1", "cover"))
CHANGE_IT = (*OPEN_IT, ("/maskera", "take_back"))


@pytest.fixture
def ad(world: World) -> Published:
    """An open ad."""
    return publish_ad(world)


@pytest.fixture
def page(world: World, ad: Published) -> str:
    """Of one who has applied under a code name, whom Samira of the office has just opened."""
    return f"/arbete/rekryteringar/{ad.id}/skyddad/{stage_protected(world, ad)}"


def verbs(world: World) -> list[str]:
    """What the log says of identities, but for the page that shows nobody."""
    with world.acting(scope.party(world.party)) as session:
        lines = select(AuditLine.verb).where(AuditLine.verb.startswith("identity.")).order_by(AuditLine.number)
        return [verb for verb in session.scalars(lines) if verb != "identity.page_read"]


def answers(
    browser: FlaskClient, page: str, token: str, deeds: Sequence[tuple[str, str]] = CHANGE_IT
) -> list[tuple[int, str | None]]:
    """Status and address of everything that shows the paper, and of these changes to what covers it."""
    told = [browser.get(page + one) for one in SHOW_THE_PAPER]
    told += [browser.post(page + to, data={"csrf_token": token, "do": do}) for to, do in deeds]
    return [(one.status_code, one.headers.get("Location")) for one in told]


def token_on(browser: FlaskClient, page: str) -> str:
    """For what is posted by hand."""
    return fields_of(browser.get(page))["csrf_token"][0]


def test_without_a_reason_that_stands_nothing_shows_the_paper(world: World, page: str, set_clock: Clock) -> None:
    assert world.browser(world.kansli).get(f"{page}/maskera").status_code == 200, "it was opened just now"
    set_clock("2026-11-23T12:01")
    reader, before = world.browser(world.kansli), verbs(world)
    shown = reader.get(page).get_data(as_text=True)
    assert "Skriv varför du öppnar, så kan du läsa" in shown and "/cv" not in shown
    assert set(answers(reader, page, token_on(reader, page))) == {(303, page)}
    assert verbs(world) == before
    assert "Skriv först varför du öppnar." in reader.get(page).get_data(as_text=True)
    assert NAME in submit(reader, page, {"reason": "Maskera CV:t"}, "Öppna").get_data(as_text=True)
    assert PAPER in reader.get(f"{page}/cv").headers["Content-Disposition"]
    set_clock("2026-11-23T14:02")
    assert world.browser(world.kansli).get(f"{page}/cv").status_code == 303


def test_the_reason_of_the_one_who_read_before_opens_nothing_for_the_next(world: World, page: str) -> None:
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    pass_to(world, colleague)
    assert [world.browser(colleague).get(page + one).status_code for one in SHOW_THE_PAPER] == [303] * 4


def test_each_reading_and_each_change_of_the_paper_is_in_the_log(world: World, page: str) -> None:
    reader, before = world.browser(world.kansli), len(verbs(world))
    for one in SHOW_THE_PAPER:
        assert reader.get(page + one).status_code == 200
    submit(reader, f"{page}/maskera/1", {}, "Täck hela sidan")
    reader.post(f"{page}/maskera", data={"csrf_token": token_on(reader, page), "do": "look"})
    assert [verb.removeprefix("identity.") for verb in verbs(world)[before:]] == [
        "paper_read", "paper_read", "paper_read", "picture_read", "paper_read", "masks_changed", "paper_looked_through",
    ]  # fmt: skip


@pytest.mark.parametrize("gone", ["erased", "passed on"])
def test_what_does_not_open_any_more_is_answered_like_what_never_was(world: World, page: str, gone: str) -> None:
    reader, (identity,) = world.browser(world.kansli), identities(world)
    token = token_on(reader, page)
    if gone == "erased":  # the key goes first, the row last
        with world.app.app_context():
            the_vault().key_store.destroy(identity.id)
    else:
        with world.writing(scope.party(world.party)) as session:
            session.get_one(ProtectedIdentity, identity.id).key_sealed = bytes(64)
    assert set(answers(reader, page, token, OPEN_IT)) == {(404, None)}
    never = reader.get(page.replace(str(identity.application_id), str(uuid4())))
    for answer in (reader.get(page), reader.post(page, data={"csrf_token": token, "reason": "Jäv"})):
        assert (answer.status_code, answer.data) == (404, never.data)


def test_a_key_that_is_gone_stops_nobody_from_naming_another_reader(world: World, ad: Published, page: str) -> None:
    (gone,) = identities(world)
    left = stage_protected(world, publish_ad(world))
    with world.app.app_context():
        the_vault().key_store.destroy(gone.id)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    assert (
        submit(world.browser(world.kansli), "/arbete/skyddad-identitet", {"reader": str(colleague)}).status_code == 303
    )
    assert {one.application_id: one.reader_id for one in identities(world)} == {
        gone.application_id: world.kansli, left: colleague,
    }  # fmt: skip


def test_whoever_reads_no_more_is_shown_nobody_to_open(world: World, page: str) -> None:
    assert _listed(world, world.kansli) == 1
    pass_to(world, None)
    assert _listed(world, world.kansli) == 0
    assert "/skyddad/" not in world.browser(world.kansli).get("/arbete/skyddad-identitet").get_data(as_text=True)


def _listed(world: World, person: UUID) -> int:
    with world.acting(scope.party(world.party)) as session:
        return len(read_by(session, person))


def test_looked_through_again_in_another_tab_what_was_covered_by_hand_stays_covered(world: World, page: str) -> None:
    (identity,) = identities(world)
    about = {"identity": identity, "actor": office(world, world.party), "at": clock.now()}
    with world.writing(scope.party(world.party)) as session:
        shown = print_of_pages([PageMasks(1)])
        add_box(session, **about, number=1, box=WHOLE_PAGE, shown=shown)
        keep_found(session, **about, pages=[PageMasks(1)])
    with world.acting(scope.party(world.party)) as session:
        kept = masks_of(session, session.get_one(ProtectedIdentity, identity.id), reader_id=world.kansli)
    assert [drawn.box for drawn in kept[0].drawn] == [WHOLE_PAGE]
