"""Recording an employment: the form, the service and the database each refuse what KL 4:33 does not allow."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.contracts.models import Employment
from portal.contracts.recording.same import AlreadyRecorded
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms, TermsRefused
from portal.decisions.models import Outcome
from portal.elections.limit import ARTICLE, RULE
from portal.posts.employer_model import Employer
from tests.contracts.hiring import fill, hired, place
from tests.decisions.recruiting import address, office
from tests.forms import fields_of
from tests.world import Published, World

Clock = Callable[[str], datetime]
GOOD = Terms(Employer.AUTHORITY, date(2026, 12, 14), date(2027, 2, 1), date(2030, 12, 31), 100)


def employments(world: World) -> list[Employment]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Employment)))


def test_the_form_shows_employer_and_reasoning_before_anything_is_pressed(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    page = world.browser(world.kansli).get(place(published, sent[0])).get_data(as_text=True).replace("\xa0", " ")
    for words in ("Region Ådalen", "Därför 31 december 2030", "Nästa val i hela landet", "Kommunallagen 4 kap. 33"):
        assert words in page
    assert 'value="2030-12-31"' in page, "the end is the limit unless the ad says less"


def test_what_is_recorded_is_stored_with_rule_and_days(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    answer = fill(browser, published, sent[0])
    assert answer.status_code == 303
    (row,) = employments(world)
    assert (row.limit_reference, row.limit_election, row.limit_latest_end) == (
        date(2026, 12, 14), date(2030, 9, 8), date(2030, 12, 31),
    )  # fmt: skip
    assert (row.limit_rule, row.limit_article, row.recorded_by) == (RULE, ARTICLE, world.kansli)
    assert (row.controller_id, row.with_authority, row.permanent_on) == (world.authority, True, None)
    assert sent[0].name.encode() not in row.name_sealed
    page = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert sent[0].name in page
    assert RULE in page
    with world.acting(scope.party(world.party)) as session:
        assert (
            session.scalars(select(AuditLine.object_id).where(AuditLine.verb == "employment.recorded")).one() == row.id
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decided": ""}, "Ange dagen då beslutet om anställning fattas."),
        ({"decided": "2027-02-30"}, "2027-02-30 är inget datum."),
        ({"decided": "i går"}, "i går är inget datum."),
        ({"starts": ""}, "Ange första dagen på arbetet."),
        ({"ends": "2030-13-01"}, "2030-13-01 är inget datum."),
        ({"ends": "2027-01-31"}, "Sista dagen 31 januari 2027 ligger före första dagen 1 februari 2027."),
        ({"ends": "2031-01-01"}, "1 januari 2031 går inte. Längst till och med 31 december 2030."),
        ({"ends": "9999-12-31"}, "Välj en dag från 2020 till och med 2050 i ”Slutdatum”."),
        ({"decided": "2026-08-20"}, "kan inte beslutas före valdagen 13 september 2026."),
        ({"decided": "2030-09-10", "starts": "2030-10-01"}, "som inte har hållits än."),
        ({"starts": "2050-12-31", "ends": ""}, "kan inte beslutas före valdagen"),
        ({"extent_percent": "0"}, "Skriv ett tal från 1 till 100 i ”Omfattning” (procent av heltid)."),
        ({"extent_percent": "120"}, "Skriv ett tal från 1 till 100 i ”Omfattning” (procent av heltid)."),
        ({"extent_percent": "halvtid"}, "Skriv ett helt tal"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_recorded(
    world: World, set_clock: Clock, changes: dict[str, str], sentence: str
) -> None:
    published, sent = hired(world, set_clock)
    answer = fill(world.browser(world.kansli), published, sent[0], **changes)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert page.count(sentence) >= 2, "in the summary and at the field"
    assert "Ingenting är registrerat än" in page
    assert employments(world) == []


def test_a_later_end_is_refused_with_a_button_that_uses_the_limit(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    refused = fill(browser, published, sent[0], ends="2031-03-31")
    page = refused.get_data(as_text=True)
    assert 'value="2031-03-31"' in page, "what was asked for is kept"
    assert 'name="use" value="2030-12-31"' in page
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "decided": "2026-12-14", "starts": "2027-02-01", "ends": "2031-03-31",
            "extent_percent": "100", "use": "2030-12-31"}  # fmt: skip
    answer = browser.post(place(published, sent[0]), data=data)
    assert answer.status_code == 200
    assert 'value="2030-12-31"' in answer.get_data(as_text=True)
    assert employments(world) == [], "using the limit is not yet recording it"


def test_counting_shows_the_reasoning_anew_and_records_nothing(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    page = fill(
        world.browser(world.kansli), published, sent[0], "Räkna", decided="2026-09-13", starts="2026-12-15", ends=""
    )
    assert page.status_code == 200
    assert "Därför 31 december 2026" in page.get_data(as_text=True).replace("\xa0", " ")
    assert employments(world) == []


def test_an_end_left_empty_is_recorded_as_the_limit(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    fill(world.browser(world.kansli), published, sent[0], ends="")
    assert [row.ends_on for row in employments(world)] == [date(2030, 12, 31)]


def test_kl_4_33_the_service_refuses_without_any_form(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    late = Terms(Employer.AUTHORITY, date(2026, 12, 14), date(2027, 2, 1), date(2031, 1, 1), 100)
    pretending = Terms(
        Employer.PARTY,
        date(2026, 12, 14),
        date(2027, 2, 1),
        date(2031, 1, 1),
        100,
        policy_reason="Vi låtsas vara partiet.",
    )
    for terms in (late, pretending):
        with pytest.raises(TermsRefused, match="Längst till och med 31 december 2030"):
            _record(world, published, sent[0].id, terms)


def _record(world: World, published: Published, application_id: UUID, terms: Terms) -> UUID | None:
    with world.writing(scope.party(world.party)) as session:
        made = record_employment(
            session, ad_id=published.id, application_id=application_id, terms=terms, actor=office(world),
            at=clock.now(), on=clock.today(),
        )  # fmt: skip
        return made.id if made else None


@pytest.mark.parametrize(
    ("employer", "changes", "constraint"),
    [
        ("authority", {"ends_on": date(2031, 1, 1)}, "kl_4_33_ends_within_limit"),
        ("authority", {"ends_on": None}, "kl_4_33_ends_within_limit"),
        ("authority", {"ends_on": date(2027, 1, 31)}, "ends_after_start"),
        ("authority", {"limit_reference": date(2027, 1, 15)}, "kl_4_33_reference_is_the_earlier_day"),
        ("authority", {"limit_election": date(2031, 1, 15)}, "kl_4_33_reference_is_the_earlier_day"),
        ("authority", {"employer": "party"}, "employer_is_controller"),
        ("authority", {"extent_percent": 0}, "extent_is_percent"),
        ("party", {"ends_on": date(2031, 1, 1)}, "policy_passed_with_a_reason"),
        ("party", {"ends_on": None}, "policy_passed_with_a_reason"),
    ],
)
def test_the_database_itself_refuses_what_the_law_and_the_policy_do(
    world: World, set_clock: Clock, employer: str, changes: dict[str, object], constraint: str
) -> None:
    published, sent = hired(world, set_clock, employer=employer)
    fill(world.browser(world.kansli), published, sent[0], ends="2027-12-31")
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Employment)).one()
        for name, value in changes.items():
            setattr(row, name, value)


def test_an_employment_written_past_every_check_is_stopped_by_the_database(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    with pytest.raises(IntegrityError, match="kl_4_33_ends_within_limit"):
        with world.writing(scope.party(world.party)) as session:
            session.add(
                Employment(
                    party_id=world.party,
                    authority_id=world.authority,
                    controller_id=world.authority,
                    with_authority=True,
                    ad_id=published.id,
                    application_id=sent[0].id,
                    employer="authority",
                    name_sealed=b"x",
                    decided_on=date(2026, 12, 14),
                    starts_on=date(2027, 2, 1),
                    ends_on=date(2031, 6, 30),
                    extent_percent=100,
                    limit_reference=date(2026, 12, 14),
                    limit_election=date(2030, 9, 8),
                    limit_latest_end=date(2030, 12, 31),
                    limit_rule=RULE,
                    limit_article=ARTICLE,
                    recorded_by=world.kansli,
                    recorded_at=clock.now(),
                )  # fmt: skip
            )


def test_pressing_twice_records_once_and_other_terms_are_refused(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    first = _record(world, published, sent[0].id, GOOD)
    again = _record(world, published, sent[0].id, GOOD)
    assert first is not None
    assert first == again
    other = Terms(Employer.AUTHORITY, date(2026, 12, 14), date(2027, 2, 1), date(2029, 12, 31), 100)
    with pytest.raises(AlreadyRecorded):
        _record(world, published, sent[0].id, other)
    assert len(employments(world)) == 1
    leads = world.browser(world.kansli).get(place(published, sent[0]))
    assert leads.headers["Location"] == f"/arbete/anstallningar/{first}"


def test_once_recorded_the_outcome_stays_hired(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    fill(browser, published, sent[0])
    page = browser.get(address(published)).get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    typed = {"result": "gar_inte_vidare", "criterion": str(published.criteria[0]), "reason": "Nej."}
    data = {"csrf_token": token, **{f"{sent[0].id}-{name}": text for name, text in typed.items()}}
    answer = browser.post(address(published, f"utfall/{sent[0].id}"), data=data)
    assert answer.status_code == 422
    assert "Anställningen är redan registrerad" in answer.get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Outcome.result)).one() == "anstalls"


def test_the_short_address_leads_to_the_one_who_waits_and_lists_several(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    assert browser.get(address(published, "anstall")).headers["Location"] == place(published, sent[0])
    fill(browser, published, sent[0])
    assert "Alla som anställs är registrerade" in browser.get(address(published, "anstall")).get_data(as_text=True)
    set_clock("2026-11-23T10:00")
    two, both = hired(world, set_clock, n=2, hire=2)
    page = browser.get(address(two, "anstall")).get_data(as_text=True)
    assert all(one.name in page for one in both)
    set_clock("2026-11-23T10:00")
    none, _ = hired(world, set_clock, n=1, hire=0, posts=1)
    assert "Ingen sökande har utfallet anställs än" in browser.get(address(none, "anstall")).get_data(as_text=True)


def test_only_who_is_hired_can_be_employed_and_only_by_the_office(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, n=2)
    set_clock("2026-11-23T10:00")
    _other, others = hired(world, set_clock)
    browser = world.browser(world.kansli)
    for id in (sent[1].id, others[0].id, uuid4()):
        assert browser.get(address(published, f"anstall/{id}")).status_code == 404
    assert _record(world, published, sent[1].id, GOOD) is None
    for role in (world.gunnel, world.region, world.rival_kansli, world.drift):
        for tail in ("anstall", f"anstall/{sent[0].id}"):
            assert world.browser(role).get(address(published, tail)).status_code == 404


def test_las_5_a_a_party_is_warned_and_the_day_is_stored(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, employer="party")
    browser = world.browser(world.kansli)
    counted = fill(browser, published, sent[0], "Räkna", earlier_days="100").get_data(as_text=True).replace("\xa0", " ")
    assert "24 oktober 2027 blir anställningen en tillsvidareanställning" in counted
    assert "Utgångsläget är 31 december 2030" in counted
    answer = fill(browser, published, sent[0], earlier_days="100")
    (row,) = employments(world)
    assert (row.permanent_on, row.controller_id, row.with_authority) == (date(2027, 10, 24), world.party, False)
    assert "tillsvidareanställning" in browser.get(answer.headers["Location"]).get_data(as_text=True)


def test_a_party_passes_the_policy_day_only_with_a_recorded_reason(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, employer="party")
    browser = world.browser(world.kansli)
    refused = fill(browser, published, sent[0], ends="2032-06-30")
    assert refused.status_code == 422
    assert "Skriv varför partiet går förbi utgångsläget" in refused.get_data(as_text=True)
    fill(browser, published, sent[0], ends="2032-06-30", policy_reason="Stämman <b>beslutade</b> det.")
    (row,) = employments(world)
    assert (row.ends_on, row.policy_lifted_reason) == (date(2032, 6, 30), "Stämman <b>beslutade</b> det.")
    shown = browser.get(f"/arbete/anstallningar/{row.id}").get_data(as_text=True)
    assert "Stämman &lt;b&gt;beslutade" in shown


def test_what_was_advertised_until_further_notice_is_proposed_without_an_end(world: World, set_clock: Clock) -> None:
    ad = {"employer": "party", "employment_form": "tillsvidare", "latest_end": None}
    published, sent = hired(world, set_clock, **ad)
    form = fields_of(world.browser(world.kansli).get(place(published, sent[0])))
    assert (form["ends"], form.get("until_further_notice")) == ([""], ["y"])
