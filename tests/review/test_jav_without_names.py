"""Jäv where some or all applied under a code name: nobody is asked to tick a name that no list shows, nor told of one."""

from sqlalchemy import update

from portal import scope
from portal.applications.models import Application
from tests.forms import submit
from tests.protection.applying import name_as_reader
from tests.review.panel import Panel


def hide(panel: Panel, how_many: int) -> None:
    ids = [one.id for one in panel.sent[:how_many]]
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        bare = {"protected": True, "email_sealed": None, "phone_sealed": None, "address_print": None}
        session.execute(update(Application).where(Application.id.in_(ids)).values(**bare))


def test_where_nobody_stands_by_name_there_is_nothing_to_tick_and_one_answers_all_the_same(panel: Panel) -> None:
    name_as_reader(panel.world, panel.world.kansli)
    page, elof = f"{panel.url}/jav", panel.world.browser(panel.world.elof)
    submit(elof, f"{panel.url}/varfor-sa-har", {}, "Vidare")
    assert "Har du jäv mot någon av dessa?" in elof.get(page).get_data(as_text=True)
    hide(panel, len(panel.sent))
    shown = elof.get(page).get_data(as_text=True)
    assert "Har du jäv?" in shown and "Ingen står med namn, så det finns inget att kryssa för." in shown
    assert "någon av dessa" not in shown and "Kryssa" not in shown and "Bara Samira Hedvall på kansliet vet" in shown
    assert submit(elof, page, {}, "Spara och gå vidare").headers["Location"].endswith("/bedom")


def test_whoever_decides_is_told_of_as_many_names_as_the_list_has(panel: Panel) -> None:
    office, page = panel.world.browser(panel.world.kansli), f"{panel.url}/utfall"
    assert "Tre namn väntar på ditt svar." in office.get(page).get_data(as_text=True)
    hide(panel, 2)
    some = "Ett namn väntar på ditt svar, och två sökande som inte visas med namn."
    assert some in office.get(page).get_data(as_text=True)
    hide(panel, 3)
    assert "Tre sökande som inte visas med namn väntar på ditt svar." in office.get(page).get_data(as_text=True)
