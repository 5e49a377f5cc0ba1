"""A letter may tell who has written it. To one of the office who assesses without names the page says that there are letters,
and never that there are none."""

from tests.letterbox.writing import ask
from tests.privacy.candidates import Clock
from tests.review.blind import make_blind
from tests.review.panel import panel_of
from tests.world import World


def test_an_office_person_who_assesses_blind_is_told_of_letters_that_a_colleague_answers(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    make_blind(panel)
    boxes = f"{panel.url}/brev"

    def page() -> str:
        return " ".join(world.browser(world.kansli).get(boxes).get_data(as_text=True).split())

    assert "Ingen har skrivit än." in page() and "visas inte för dig än" not in page()
    for sent in panel.sent[:2]:
        ask(panel, sent, "Jag heter Elin och undrar en sak.")
    shown = page()
    assert "Två brevlådor visas inte för dig än" in shown and "Ingen har skrivit än" not in shown
    assert panel.sent[0].name not in shown and str(panel.sent[0].id) not in shown
    panel.declare(world.kansli, panel.sent[0])
    assert "En brevlåda visas inte för dig än" in page(), "a colleague has the one they have jäv for"
