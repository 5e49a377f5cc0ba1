"""What the office does at a candidate's word, where the candidate themself, or the clock, has come first."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.applications.models import Application
from portal.privacy.rights.forms import RegisterForm
from portal.privacy.rights.services.leaving import take_back
from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock, agreed, link_of, requests_in, row_of, told
from tests.privacy.test_merits import ASK, SAVE, SEND
from tests.privacy.test_registered import NEW, TEXT, filled_in, press, register, registered
from tests.world import World


@pytest.mark.parametrize(
    ("button", "typed"),
    [
        ("Skicka svaret", {"result": "refused", "text": "Det går inte."}),
        ("Förläng tiden", {"reason": "Det är många."}),
        ("Ta tillbaka och radera allt", {}),
    ],
)
def test_of_one_who_has_erased_everything_meanwhile_the_office_is_told_that_nobody_is_left_to_answer(
    world: World, set_clock: Clock, button: str, typed: dict[str, object]
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    opened = office.get(place)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).name_sealed is None
    late = submit_page(office, opened, place, typed, button)
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "raderats sedan sidan öppnades" in page
    assert all(str(text) in page for name, text in typed.items() if name != "result"), "what was typed is not lost"
    assert requests_in(world)[0].answered_at is None


@pytest.mark.parametrize("button", [SAVE, SEND])
def test_nor_is_a_text_about_merits_given_to_one_who_has_erased_everything_meanwhile(
    world: World, set_clock: Clock, button: str
) -> None:
    ad, (_hired, one) = told(world, set_clock)
    agreed(world, ad, "1")  # words that promised that all is erased
    own = own_browser(world)
    assert submit(own, f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    place = f"/arbete/begaran/{requests_in(world)[0].id}"
    office = world.browser(world.kansli)
    opened = office.get(place)
    submit(own, f"{link_of(world, one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).name_sealed is None
    late = submit_page(office, opened, place, {"text": "Utbildning: jur. kand."}, button)
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "raderats sedan sidan öppnades" in page and "jur. kand." in page


def test_nothing_is_put_right_for_one_who_has_erased_everything_meanwhile(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), registered(world, ad, one, "correction")
    opened = office.get(place)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    late = submit_page(office, opened, place, {"Namn": "Elin Nyman"}, "Spara rättelsen")
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "raderats sedan sidan öppnades" in page and "Elin Nyman" in page


@pytest.mark.parametrize("papers", ["radera", "behall"])
def test_a_request_of_one_who_has_taken_theirs_back_meanwhile_is_not_registered_and_what_was_typed_is_kept(
    world: World, set_clock: Clock, papers: str
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), f"{NEW}?annons={ad.id}"
    opened = office.get(place)
    for one in sent:  # then nobody is left to choose
        submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": papers}, "Ta tillbaka ansökan")
        late = submit_page(office, opened, place, filled_in(one, "erasure"), "Registrera begäran")
        page = late.get_data(as_text=True)
        assert late.status_code == 409 and "går inte att välja längre" in page and TEXT in page
    assert requests_in(world) == []


def test_nor_where_they_take_it_back_at_the_same_instant(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    chosen = RegisterForm.chosen

    def meanwhile(form: RegisterForm) -> UUID | None:
        with world.writing(scope.candidate(one.id)) as session:
            take_back(session, application_id=one.id, at=clock.now())
        return chosen(form)

    monkeypatch.setattr(RegisterForm, "chosen", meanwhile)
    late = register(world.browser(world.kansli), ad, one, "erasure")
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "raderats sedan sidan öppnades" in page and TEXT in page
    assert requests_in(world) == []


def test_of_one_who_has_erased_everything_meanwhile_there_is_no_copy(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), registered(world, ad, one, "copy")
    opened = office.get(place)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "radera"}, "Ta tillbaka ansökan")
    late = submit_page(office, opened, place, {}, "Hämta kopian")
    assert late.status_code == 409 and "Ansökan är raderad" in late.get_data(as_text=True)


def test_what_lies_sealed_by_the_candidates_own_wish_is_erased_when_they_ask_the_office(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).restricted_at is not None
    assert submit(office, place, {}, "Ta tillbaka och radera allt").status_code == 303
    row, (asked,) = row_of(world, ad, one.id), requests_in(world)
    assert (row.state, row.name_sealed, row.restricted_at, asked.result) == ("withdrawn", None, None, "done")
    (mail,) = letters(world, "withdrawn:erased")
    assert mail.to == one.email and "raderad" in mail.body


def test_what_a_claim_keeps_stays_sealed_when_its_candidate_asks_the_office_a_second_time(
    world: World, set_clock: Clock
) -> None:
    ad, (_hired, other) = told(world, set_clock)
    office = world.browser(world.kansli)
    place = registered(world, ad, other, "erasure")
    submit(own_browser(world), f"{link_of(world, other)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert press(office, f"{place}/ta-tillbaka").status_code == 303
    row, (asked,) = row_of(world, ad, other.id), requests_in(world)
    assert row.restricted_at is not None and row.name_sealed is not None and asked.result == "partly"


def test_gdpr_12_3_whoever_has_no_address_is_told_by_letter_though_the_press_itself_seals_the_papers(
    world: World, set_clock: Clock
) -> None:
    ad, (_hired, other) = told(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, other.id).email_sealed = None
    office, place = world.browser(world.kansli), registered(world, ad, other, "consent")
    assert submit(office, place, {}, "Ta tillbaka, och spara bara det som måste sparas").status_code == 303
    page = office.get(place).get_data(as_text=True)
    assert "ingen e-postadress" in page and f"{place}/brev" in page
    letter = office.get(f"{place}/brev")
    said = letter.get_data(as_text=True).replace("\xa0", " ")
    assert letter.status_code == 200 and "Den sparas till och med den 14 december 2028" in said
    assert "Till den sökande" in said and other.name not in said


def test_gdpr_7_3_a_consent_that_is_taken_back_is_so_though_a_claim_keeps_the_papers(
    world: World, set_clock: Clock
) -> None:
    ad, (_hired, other) = told(world, set_clock)
    place = registered(world, ad, other, "consent")
    assert press(world.browser(world.kansli), f"{place}/ta-tillbaka").status_code == 303
    row, (asked,) = row_of(world, ad, other.id), requests_in(world)
    assert row.restricted_at is not None and asked.result == "done"


def test_dl_2_4_the_time_for_an_answer_about_merits_is_not_lengthened(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK)
    (row,) = requests_in(world)
    office, place = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    late = press(office, f"{place}/forlang", reason="Det är semester.")
    assert late.status_code == 409 and "skyndsamt" in late.get_data(as_text=True)
    assert requests_in(world)[0].extended_to is None


def test_gdpr_12_3_the_time_is_lengthened_on_its_last_day_and_not_after_it(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    places = [registered(world, ad, each, "objection") for each in (one, two)]
    for moment, place, status in (("2027-01-14T23:50", places[0], 303), ("2027-01-15T00:10", places[1], 409)):
        set_clock(moment)
        answer = press(world.browser(world.kansli), f"{place}/forlang", reason="Det är många.")
        assert answer.status_code == status
    assert "Tiden gick ut" in answer.get_data(as_text=True)
    assert sorted(row.extended_to is None for row in requests_in(world)) == [False, True]
