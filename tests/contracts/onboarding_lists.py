"""The first days' checklist brought as far as a test needs it, by the verbs that the office's pages call."""

from datetime import date
from typing import Any
from uuid import UUID

from portal import clock, scope
from portal.contracts.onboarding.queries import Shown, onboarding_of, shown_steps
from portal.contracts.onboarding.services.listing import add_step, begin_onboarding
from portal.contracts.onboarding.services.ticking import leave_out_step, tick_step
from portal.contracts.queries import employments_of
from tests.decisions.recruiting import office
from tests.forms import submit
from tests.world import World


def about(world: World, employment_id: UUID, party: UUID | None = None) -> dict[str, Any]:
    """Whose, by whom and when, as every verb takes it."""
    return {
        "employment_id": employment_id, "actor": office(world, party or world.party), "at": clock.now(),
        "on": clock.today(),
    }  # fmt: skip


def begin(world: World, employment_id: UUID) -> None:
    """Begin the list."""
    with world.writing(scope.party(world.party)) as session:
        assert begin_onboarding(session, **about(world, employment_id))


def add(world: World, employment_id: UUID, what: str = "Beställa telefon", due: date = date(2027, 2, 1)) -> UUID:
    """A step of the office's own."""
    with world.writing(scope.party(world.party)) as session:
        made = add_step(session, what=what, who="Kanslichefen", due=due, **about(world, employment_id))
        assert made is not None
        return made.id


def one_of_each(world: World, employment_id: UUID) -> UUID:
    """A list with a step that is done, one that does not apply and one that is left, whose id is told."""
    begin(world, employment_id)
    done, left_out, left = (add(world, employment_id, what) for what in ("Lägga upp lön", "Ge nycklar", "Boka rundtur"))
    with world.writing(scope.party(world.party)) as session:
        assert tick_step(session, step_id=done, done_on=clock.today(), **about(world, employment_id))
        assert leave_out_step(session, step_id=left_out, reason="Har redan nycklar.", **about(world, employment_id))
    return left


def steps(world: World, employment_id: UUID) -> list[Shown]:
    """The steps as the page has them."""
    with world.acting(scope.party(world.party)) as session:
        head = onboarding_of(session, employment_id)
        assert head is not None
        starts = employments_of(session, employment_id)[0].row.starts_on
        return shown_steps(session, head, starts, on=clock.today())


def place(employment_id: UUID, tail: str = "") -> str:
    """The page of the list, or the address of one of its forms."""
    return f"/arbete/anstallningar/{employment_id}/introduktion{tail}"


def press(world: World, employment_id: UUID, button: str, **fields: Any) -> Any:
    """Fill one of the page's forms in as the office, and press its button."""
    return submit(world.browser(world.kansli), place(employment_id), fields, button)


def posted(world: World, employment_id: UUID, tail: str, person: str = "kansli", **fields: Any) -> Any:
    """Send one of the page's forms with just these fields."""
    browser = world.browser(getattr(world, person))
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return browser.post(place(employment_id, tail), data={**fields, "csrf_token": token})


def shown(world: World, employment_id: UUID, person: str = "kansli") -> str:
    """The page as this person reads it, with plain blanks."""
    answer = world.browser(getattr(world, person)).get(place(employment_id))
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True)).replace("\xa0", " ")
