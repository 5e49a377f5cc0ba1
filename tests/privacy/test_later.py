"""A candidate lets the party keep them for later posts (GDPR art. 6.1 a, 7, 9.2 a): only at their own word, and for no longer
than they like."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications.later import may_be_asked
from portal.applications.models import Application, LaterConsent
from portal.audit.models import AuditLine
from portal.privacy.later.consent import last_day
from portal.review.queries.person import address_print
from tests.applications.paper import letters
from tests.counting import statements
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, agreed, copy_at, link_of, row_of, told, values_in
from tests.privacy.later import PAGE, consents, listed, say_no_more, say_yes
from tests.privacy.test_disposing import ended
from tests.protection.applying import candidate_of, stage_protected
from tests.review.panel import Panel
from tests.review.test_coming_back import leave_and_come_back
from tests.world import World

ASKED = {"by_party": True, "state": "sent", "decided": True, "decided_as": "gar_inte_vidare"}


@pytest.mark.parametrize(
    ("otherwise", "may"),
    [
        ({}, True),
        ({"decided_as": "tackat_nej"}, True),
        ({"decided_as": ""}, True),  # the recruitment was ended without a word to them
        ({"decided": False, "decided_as": ""}, False),  # nobody is to think that the answer counts
        ({"decided_as": "anstalls"}, False),
        ({"decided_as": "erbjuds"}, False),
        ({"state": "withdrawn"}, False),
        ({"state": "proposal"}, True),  # or the page would tell that there was a first
        ({"by_party": False}, False),  # an authority keeps what its disposal rules say
    ],
)
def test_it_is_asked_after_the_word_of_whoever_was_not_hired_by_a_party(
    otherwise: dict[str, object], may: bool
) -> None:
    assert may_be_asked(**{**ASKED, **otherwise}) is may  # type: ignore[arg-type]


def test_half_a_year_from_the_last_of_august_ends_on_the_last_of_february() -> None:
    assert last_day(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_whoever_s_time_is_out_reads_which_time_holds_and_may_say_yes_again(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    link = link_of(world, one)
    say_yes(world, link, 6)
    set_clock("2027-06-15T09:00")
    page = own_browser(world).get(f"{link}/spara-for-senare").get_data(as_text=True)
    assert "Nu gäller den vanliga tiden" in page and "Säg ja igen" in page
    assert "gäller den vanliga tiden igen" not in page, "it does so already"
    say_yes(world, link, 6)
    assert consents(world)[one.id].until == date(2027, 12, 15)


def test_silence_is_a_no_and_a_yes_takes_a_tick_and_a_time(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    link = link_of(world, one)
    assert "Svarar du inte är det ett nej" in own_browser(world).get(link).get_data(as_text=True)
    place = f"{link}/spara-for-senare"
    for half in ({}, {"months": "12"}, {"agree": "y"}, {"months": "24", "agree": "y"}):
        assert submit(own_browser(world), place, half, "Spara för kommande tjänster").status_code == 422
    assert consents(world) == {}
    say_yes(world, link)
    row = consents(world)[one.id]
    assert (row.version, row.until, row.alone_at) == ("1", date(2027, 12, 14), None)
    assert row.consented_at.astimezone(clock.STOCKHOLM).date() == clock.today()
    assert "till och med den 14 december 2027" in own_browser(world).get(link).get_data(as_text=True)
    said = values_in(copy_at(world, link)["uppgifter.json"])["application"]
    assert (said["later_until"], said["later_version"]) == ("2027-12-14", "1")
    say_yes(world, link, months=6)
    assert consents(world)[one.id].until == date(2027, 6, 14)
    with world.acting(scope.party(world.party)) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb == "later.consented")).all()
    assert [(row.object_id, row.actor) for row in lines] == [(one.id, "candidate")] * 2
    mail = letters(world, "choice")[0]
    assert not any(word in mail.subject + mail.body for word in ("Närvård", "sekreterare", one.name, "samtyck"))


def test_neither_the_hired_one_nor_an_authoritys_candidate_is_asked(world: World, set_clock: Clock) -> None:
    _ad, (hired, _other) = told(world, set_clock)
    set_clock("2026-11-23T10:00")
    _ad, (_first, of_authority) = told(world, set_clock, employer="authority")
    for one in (hired, of_authority):
        link = link_of(world, one)
        page = own_browser(world).get(link).get_data(as_text=True)
        assert "Kommande tjänster" not in page
        answer = own_browser(world).get(f"{link}/spara-for-senare")
        assert answer.status_code == 303
    assert consents(world) == {}


def test_the_office_finds_who_said_yes_and_nobody_else_does(world: World, set_clock: Clock) -> None:
    ad, (_hired, one, silent) = told(world, set_clock, 3)
    say_yes(world, link_of(world, one))
    page = listed(world)
    assert one.name in page and silent.name not in page and "14 december 2027" in page
    for tail in (f"rekryteringar/{ad.id}/sokande/{one.id}", f"rekryteringar/{ad.id}/brev/{one.id}"):
        assert tail in page and world.browser(world.kansli).get(f"/arbete/{tail}").status_code == 200
    for person in (world.gunnel, world.region, world.drift):
        assert world.browser(person).get(PAGE).status_code == 404
    assert one.name not in listed(world, world.rival_kansli)
    set_clock("2027-12-14T23:00")
    assert one.name in listed(world)
    set_clock("2027-12-15T00:01")
    assert one.name not in listed(world)


def test_one_of_the_office_who_has_jav_does_not_find_them(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 3, employer="party", answered=False)
    panel = Panel(world, ad, sent, set_clock)
    panel.answer_to_decide(world.kansli, sent[1])
    with world.writing(scope.party(world.party)) as session:
        for one in session.scalars(select(Application).where(Application.id.in_([sent[1].id, sent[2].id]))):
            one.decided_at, one.decided_as = clock.now(), "gar_inte_vidare"
    for one in sent[1:]:
        say_yes(world, link_of(world, one))
    page = listed(world)
    assert sent[2].name in page and sent[1].name not in page and str(sent[1].id) not in page


def test_one_of_the_office_who_comes_back_and_sits_in_the_panel_no_more_finds_them_as_the_case_shows_them(
    world: World, set_clock: Clock
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1, employer="party")
    Panel(world, ad, sent, set_clock).name(world.kansli, world.gunnel)
    (one,) = sent
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, one.id)
        row.decided_at, row.decided_as = clock.now(), "gar_inte_vidare"
    say_yes(world, link_of(world, one))
    of_them = f"/arbete/rekryteringar/{ad.id}/sokande/{one.id}"
    assert one.name not in listed(world), "an assessor has a page of their own"
    set_clock("2026-12-16T10:00")
    leave_and_come_back(world, world.kansli, "kansli")
    assert world.browser(world.kansli).get(of_them).status_code == 200
    assert one.name in listed(world)


def test_one_of_the_office_who_has_applied_there_finds_nobody(world: World, set_clock: Clock) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    say_yes(world, link_of(world, one))
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, one.id)
        row.address_print = address_print(session, row.controller_id, "kansli@example.se")
    assert one.name not in listed(world)


def test_whoever_is_employed_after_their_yes_is_asked_about_nothing(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        session.add_all(consent_of(session.get_one(Application, one.id)) for one in sent[:2])
    page = listed(world)
    assert sent[1].name in page and sent[0].name not in page


def test_under_a_code_name_the_code_name_alone_is_found(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1, employer="party")
    set_clock("2026-11-23T10:00")
    id = stage_protected(world, ad)
    set_clock("2026-12-14T10:00")
    decide(world, ad, [*sent, candidate_of(id)])
    proofread(world, ad)
    release(world, ad)
    link = link_of(world, candidate_of(id))
    assert "Du står kvar under ditt kodnamn" in own_browser(world).get(f"{link}/spara-for-senare").get_data(
        as_text=True
    )
    before = len(letters(world, "choice"))
    say_yes(world, link)
    page = listed(world)
    assert "Röd räv" in page and "Hemligström" not in page
    assert len(letters(world, "choice")) == before  # no address was left


def test_taken_back_it_is_as_if_it_had_not_been_said(world: World, set_clock: Clock) -> None:
    ad, (_hired, one) = told(world, set_clock)
    link = link_of(world, one)
    say_yes(world, link)
    set_clock("2027-01-10T10:00")
    assert say_no_more(world, link).endswith("#sparat")
    assert consents(world) == {} and one.name not in listed(world)
    row = row_of(world, ad, one.id)
    assert (row.state, row.name_sealed is None) == ("sent", False)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalar(select(func.count()).where(AuditLine.verb == "later.taken_back")) == 1
    assert len(letters(world, "choice")) == 2


@pytest.mark.parametrize(("version", "kept"), [("2", True), ("1", False)])
def test_with_the_application_the_consent_ends(world: World, set_clock: Clock, version: str, kept: bool) -> None:
    """Kept sealed for a claim, or erased: in neither case is anybody asked about later posts."""
    ad, (_hired, one) = told(world, set_clock)
    agreed(world, ad, version)
    link = link_of(world, one)
    say_yes(world, link)
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    row = row_of(world, ad, one.id)
    assert (row.state, row.restricted_at is not None, row.name_sealed is not None) == ("withdrawn", kept, kept)
    assert consents(world) == {} and one.name not in listed(world)


@pytest.mark.counts
def test_the_number_of_questions_does_not_grow_with_those_who_said_yes(world: World, set_clock: Clock) -> None:
    counts: list[int] = []
    for n in (2, 2, 8):  # what is asked once per process is asked the first time
        set_clock("2026-11-23T10:00")
        _ad, sent = told(world, set_clock, n)
        with world.writing(scope.party(world.party)) as session:
            session.add_all(consent_of(session.get_one(Application, one.id)) for one in sent[1:])
        office = world.browser(world.kansli)
        with statements(world.app) as asked:
            page = office.get(PAGE).get_data(as_text=True)
        assert all(one.name in page for one in sent[1:])
        counts.append(asked.count)
    assert counts[1] == counts[2]


def test_the_database_too_lets_only_a_party_keep_for_later(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="authority")
    with pytest.raises(IntegrityError, match="only_a_party"), world.writing(scope.party(world.party)) as session:
        session.add(consent_of(session.get_one(Application, one.id)))


def consent_of(application: Application) -> LaterConsent:
    walls = {name: getattr(application, name) for name in ("party_id", "authority_id", "controller_id")}
    return LaterConsent(
        **walls, with_authority=False, application_id=application.id, consented_at=clock.now(), version="1",
        until=date(2027, 12, 14),
    )  # fmt: skip


def test_the_page_promises_no_consent_where_the_region_employs(world: World) -> None:
    page = listed(world)
    assert "Där partiet är arbetsgivare kan sökande som inte fick tjänsten göra det på sin privata sida." in page
    assert "Där Region Ådalen är arbetsgivare frågas de inte." in page
