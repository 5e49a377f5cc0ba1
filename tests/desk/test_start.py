"""The start page of each role and the checklist of a recruitment: what is shown, to whom, and in how many questions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase, Score
from tests.applicants import Sent, send_applications
from tests.contracts.hiring import fill, hired
from tests.counting import statements
from tests.decisions.recruiting import closed_recruitment, decide
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
START = "/arbete"


def page(world: World, person: UUID, url: str = START) -> str:
    answer = world.browser(person).get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def case_of(published: Published) -> str:
    return f"/arbete/rekryteringar/{published.id}"


def panel(
    world: World,
    published: Published,
    people: list[UUID],
    clear: list[Sent],
    *,
    judged: int = 0,
    controller: UUID | None = None,
) -> None:
    """Name assessors who have answered no jäv for ``clear`` and judged the first ``judged`` of them wholly."""
    wall = {"party_id": world.party, "authority_id": world.authority, "controller_id": controller or world.authority}
    at = clock.now()
    with world.writing(scope.party(world.party)) as session:
        by = at + timedelta(days=3)
        session.add(ReviewCase(**wall, ad_id=published.id, hand_in_by=by, created_at=at))
        for place, person in enumerate(people, 1):
            member = PanelMember(**wall, id=uuid4(), ad_id=published.id, person_id=person, position=place, added_at=at)
            session.add(member)
            session.flush()
            for n, one in enumerate(clear):
                session.add(
                    ConflictAnswer(
                        **wall, panel_member_id=member.id, application_id=one.id, has_conflict=False, answered_at=at
                    )
                )
                for criterion in published.criteria if n < judged else ():
                    session.add(
                        Score(
                            **wall,
                            panel_member_id=member.id,
                            application_id=one.id,
                            criterion_id=criterion,
                            saved_at=at,
                        )
                    )


def draft(world: World, **changes: object) -> UUID:
    at, id = clock.now(), uuid4()
    with world.writing(scope.party(world.party)) as session:
        session.add(
            Ad(
                id=id,
                party_id=world.party,
                authority_id=world.authority,
                controller_id=world.authority,
                reference=uuid4().hex[:8],
                created_by=world.kansli,
                created_at=at,
                changed_at=at,
                **{"title": "Politisk sekreterare, 80 %", "employer": "authority", **changes},
            )  # fmt: skip
        )
    return id


def test_the_office_sees_drafts_and_open_ads_in_order_of_date(world: World) -> None:
    send_applications(world, publish_ad(world), 5)
    id = draft(world, earliest_start=date(2026, 1, 1))
    shown = page(world, world.kansli)
    for words in ("Fem nya ansökningar sedan i går", "Annonsen stänger kl. 23.59", "Sker automatiskt"):
        assert words in shown
    assert shown.index("Rätta en röd punkt") < shown.index("Annonsen stänger kl. 23.59")
    assert f"/arbete/rekryteringar/{id}/annons" in shown
    assert "måndag\u00a023 november 2026" in shown
    assert "Pågående rekryteringar" in shown
    assert "Öppen, steg 2 av 6" in shown


def test_no_name_and_no_address_of_a_candidate_is_on_any_start_page_or_checklist(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 3)
    panel(world, published, [world.gunnel, world.kansli], sent, judged=1)
    for person in (world.kansli, world.gunnel, world.region):
        shown = page(world, person)
        assert not any(one.name in shown or one.email in shown for one in sent)
    for person in (world.kansli, world.gunnel):
        shown = page(world, person, case_of(published))
        assert not any(one.name in shown or one.email in shown for one in sent)


def test_a_member_of_the_panel_is_told_how_many_and_how_long(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 9)
    panel(world, published, [world.gunnel, world.elof], sent, judged=2)
    shown = page(world, world.gunnel)
    assert "Bedöm vidare: 35 av 45 svar kvar" in shown and "10 av 45 svar" in shown
    assert "cirka 30 minuter" in shown
    assert "lämna in senast kl. 09.00" in shown
    assert "Skriv en ny annons" not in shown


def test_a_member_who_is_in_no_panel_sees_nothing_of_the_partys_recruitments(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    panel(world, published, [world.elof], sent)
    shown = page(world, world.gunnel)
    assert "Inget att göra just nu" in shown
    assert "Politisk sekreterare på heltid" not in shown
    assert world.browser(world.gunnel).get(case_of(published)).status_code == 404
    assert world.browser(world.elof).get(case_of(published)).status_code == 200


def test_one_who_has_applied_never_sees_that_the_case_is_there(world: World, set_clock: Clock) -> None:
    published = publish_ad(world, deadline=date(2026, 12, 11))
    sent = send_applications(world, published, 2, emails=("gunnel@example.se", "kansli@example.se"))
    set_clock("2026-12-14T09:00")
    panel(world, published, [world.gunnel], [])
    for person in (world.gunnel, world.kansli):
        shown = page(world, person)
        assert "Politisk sekreterare på heltid" not in shown
        assert world.browser(person).get(case_of(published)).status_code == 404
    assert len(sent) == 2


def test_the_list_of_recruitments_leads_an_assessor_to_their_own_alone_also_when_it_is_over(
    world: World, set_clock: Clock
) -> None:
    own, applied, other = (publish_ad(world, title=f"Annons {n}", deadline=date(2026, 12, 11)) for n in range(3))
    send_applications(world, applied, 1, emails=("gunnel@example.se",))
    set_clock("2026-12-14T09:00")
    for one in (own, applied):
        panel(world, one, [world.gunnel], [])
    for state in ("published", "ended"):
        with world.writing(scope.party(world.party)) as session:
            session.get_one(Ad, own.id).state = state
        shown = page(world, world.gunnel, "/arbete/rekryteringar")
        linked = {one.id for one in (own, applied, other) if f'href="{case_of(one)}"' in shown}
        assert linked == {own.id}, "a link that leads nowhere"
        assert world.browser(world.gunnel).get(case_of(own)).status_code == 200
        assert all(f"Annons {n}" in shown for n in range(3))
    office = page(world, world.kansli, "/arbete/rekryteringar")
    assert all(case_of(one) in office for one in (own, applied, other))


def test_the_authority_sees_arrivals_and_employments_of_its_own_only(world: World, set_clock: Clock) -> None:
    send_applications(world, publish_ad(world), 2)
    send_applications(world, publish_ad(world, employer="party"), 3, start=10)
    shown = page(world, world.region)
    assert "Två nya ansökningar sedan i går" in shown
    assert "Politisk sekreterare på heltid" not in shown
    set_clock("2026-11-26T10:00")
    assert "ansökningar sedan i går" not in page(world, world.region)


def test_an_employment_that_ends_is_told_to_office_and_authority(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    fill(world.browser(world.kansli), published, sent[0], ends="2027-02-28")
    set_clock("2027-01-10T09:00")
    for person in (world.kansli, world.region):
        shown = page(world, person)
        assert "En anställning upphör" in shown
        assert "28 feb" in shown
        assert sent[0].name not in shown


def test_the_operator_is_led_to_the_installation_and_sees_no_recruitment(world: World) -> None:
    send_applications(world, publish_ad(world), 2)
    shown = page(world, world.drift)
    assert 'href="/drift"' in shown
    assert "Politisk sekreterare på heltid" not in shown
    assert "ansökan" not in shown


def test_a_rival_sees_nothing_and_its_empty_page_says_what_to_do(world: World) -> None:
    published = publish_ad(world)
    draft(world)
    shown = page(world, world.rival_kansli)
    assert "Politisk sekreterare" not in shown.replace("Politiska sekreterare", "")
    assert "Inget att göra just nu" in shown
    foreign = world.browser(world.rival_kansli).get(case_of(published))
    unused = world.browser(world.rival_kansli).get(f"/arbete/rekryteringar/{uuid4()}")
    assert (foreign.status_code, foreign.data) == (404, unused.data)


def test_the_checklist_leads_to_the_very_place(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    panel(world, published, [world.gunnel], sent)
    shown = page(world, world.kansli, case_of(published))
    assert "Annonsen stängde fredag 11 december 2026 kl. 23.59" in shown
    for tail in ("annons", "publicera", "bedomare"):
        assert f'href="{case_of(published)}/{tail}"' in shown or f'href="{case_of(published)}/annons/{tail}"' in shown
    assert f'href="{case_of(published)}/utfall"' not in shown, "what waits is no link yet"
    set_clock("2026-12-18T09:00")
    shown = page(world, world.kansli, case_of(published))
    assert f'href="{case_of(published)}/utfall"' in shown
    decide(world, published, sent)
    assert "Avsluta rekryteringen" in page(world, world.kansli)


def test_a_draft_has_a_checklist_too_and_only_for_the_office(world: World) -> None:
    id = draft(world)
    assert "Skriv annonsen" in page(world, world.kansli, f"/arbete/rekryteringar/{id}")
    assert world.browser(world.gunnel).get(f"/arbete/rekryteringar/{id}").status_code == 404


def test_a_title_with_markup_is_shown_as_it_was_typed(world: World) -> None:
    draft(world, title="<script>alert(1)</script>")
    assert "&lt;script&gt;alert" in page(world, world.kansli)


def test_whoever_is_not_logged_in_is_asked_to(world: World) -> None:
    assert world.browser().get(START).status_code in (302, 303, 404)


@pytest.mark.counts
def test_the_start_page_asks_as_much_for_thirty_as_for_a_few(world: World, set_clock: Clock) -> None:
    asked_for = {"kansli": 17, "gunnel": 6, "region": 6, "drift": 1}
    for n in (2, 28):  # one of each employer, then many
        for number in range(n):
            by_party = number % 2 == 1
            published = publish_ad(world, employer="party" if by_party else "authority", deadline=date(2026, 11, 23))
            other = publish_ad(world, deadline=date(2026, 12, 11))
            send_applications(world, other, 1)
            sent = send_applications(world, published, 2)
            people = [world.gunnel, world.kansli]
            panel(world, published, people, sent, judged=1, controller=world.party if by_party else None)
            draft(world)
        set_clock("2026-11-24T10:00")
        counts = {}
        for role in asked_for:
            browser = world.browser(getattr(world, role))
            browser.get(START)
            with statements(world.app) as asked:
                assert browser.get(START).status_code == 200
            counts[role] = asked.count
        assert counts == asked_for, n
        set_clock("2026-11-23T10:00")
