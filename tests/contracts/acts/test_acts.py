"""Extended, ended early, given notice on and taken back: as the office does it, and what everybody else is told."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.contracts.acts import rules
from portal.contracts.acts.kinds import By
from portal.contracts.acts.refusals import ChangedSince
from portal.contracts.acts.services import end_early, extend, give_notice
from portal.posts.queries import own_claims
from tests.contracts.acts.changing import (
    BACK,
    END,
    EXTEND,
    NOTICE,
    Clock,
    acts,
    an_ad,
    change,
    employ,
    go_by,
    post,
    pressed,
    shown,
    stored,
    verbs,
)
from tests.posts.ledgers import give
from tests.world import World

TODAY = "2026-11-23"


def claims(world: World) -> list[tuple[date, date | None, int]]:
    """What the party's employments take of its posts."""
    with world.acting(scope.party(world.party)) as session:
        found = [one.row for one in own_claims(session) if one.source.employment_id]
        return [(row.starts_on, row.ends_on, row.hundredths) for row in found]


def test_an_extension_is_an_act_of_its_own_with_a_new_limit_and_the_end_and_the_ledger_follow(world: World) -> None:
    id = employ(world)
    assert (
        change(world, id, EXTEND, decided=TODAY, ends="2028-06-30", note="Enligt gruppens beslut.").status_code == 303
    )
    recorded, act = acts(world, id)
    assert (recorded.kind, recorded.limit_latest_end, recorded.ends_on) == (
        "recorded",
        date(2026, 12, 31),
        date(2026, 12, 31),
    )
    assert (act.limit_reference, act.limit_election, act.limit_latest_end) == (
        date(2026, 11, 23), date(2030, 9, 8), date(2030, 12, 31),
    )  # fmt: skip
    assert (act.previous_ends_on, act.starts_on, act.ends_on) == (
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2028, 6, 30),
    )
    assert (act.recorded_by, act.limit_article.startswith("kommunallagen")) == (world.kansli, True)
    row = stored(world, id)
    assert (row.ends_on, row.limit_latest_end, row.extended_latest_end) == (
        date(2028, 6, 30), date(2026, 12, 31), date(2030, 12, 31),
    )  # fmt: skip
    assert claims(world) == [(date(2026, 10, 1), date(2028, 6, 30), 100)]
    assert verbs(world) == [("extension", "2026-12-31 → 2028-06-30")]
    page = shown(world, id)
    assert "Enligt gruppens beslut." in page
    assert "Räknat från 23 november 2026 längst till och med 31 december 2030" in page


def test_kl_4_33_an_extension_past_the_limit_is_refused_with_the_reasoning_and_nothing_changes(world: World) -> None:
    id = employ(world)
    answer = change(world, id, EXTEND, decided=TODAY, ends="2031-01-01")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert "längst till och med 31 december 2030" in page
    assert "Tiden därefter kan beslutas tidigast 9 september 2030" in page
    assert 'value="2031-01-01"' in page
    assert (acts(world, id), stored(world, id).ends_on) == ([], date(2026, 12, 31))


def test_kl_4_33_a_slip_of_years_still_names_the_election_whose_year_the_limit_is(
    world: World, set_clock: Clock
) -> None:
    """The time after 31 December 2026 can be decided the day after the election of 2026, however far ahead the end lies."""
    set_clock("2026-09-10T09:00")
    id = employ(world, ends=date(2026, 11, 30))
    answer = change(world, id, EXTEND, decided="2026-09-10", ends="2031-06-30")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert "längst till och med 31 december 2026, det år då nästa val hålls (13 september 2026)" in page
    assert "Tiden därefter kan beslutas tidigast 14 september 2026, dagen efter valet" in page


def test_kl_4_33_a_decision_before_the_election_cannot_extend_past_its_year(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    answer = change(world, id, EXTEND, decided="2026-09-10", ends="2027-12-31")
    assert answer.status_code == 422
    assert "kan beslutas tidigast 14 september 2026" in answer.get_data(as_text=True).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("table", "change_to", "constraint"),
    [
        ("employment", "ends_on = '2031-01-01'", "kl_4_33_ends_within_limit"),
        ("employment", "extended_latest_end = NULL", "kl_4_33_ends_within_limit"),
        ("employment_act", "ends_on = '2031-01-01'", "kl_4_33_ends_within_its_own_limit"),
        ("employment_act", "limit_reference = '2027-01-02'", "kl_4_33_reference_is_the_earlier_day"),
        ("employment_act", "ends_on = '2026-12-31'", "an_extension_goes_on_from_the_end"),
        ("employment_act", "decided_on = '2027-01-01'", "an_extension_goes_on_from_the_end"),
        ("employment_act", "kind = 'early_end'", "an_early_end_comes_before_the_end"),
        ("employment_act", "kind = 'notice', notice_by = 'employer'", "a_notice_never_lengthens"),
        ("employment_act", "kind = 'notice', ends_on = '2026-12-01', starts_on = '2026-11-24'", "notice_by_somebody"),
        ("employment_act", "notice_months = 3", "months_and_release_of_a_notice"),
        ("employment_act", "takes_back = 0", "takes_back_a_former_act"),
        ("employment_act", "kind = 'recorded'", "begins_with_what_was_recorded"),
        ("employment_act", "number = 0, kind = 'recorded'", "once_each|UNIQUE"),
        ("employment_act", "employer = 'party'", "employer_is_controller"),
        ("employment_act", "kind = 'pause'", "known_kind"),
    ],
)
def test_the_database_itself_refuses_an_act_that_must_not_be(
    world: World, table: str, change_to: str, constraint: str
) -> None:
    id = employ(world)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    wanted = f"UPDATE {table} SET {change_to}" + (" WHERE number = 1" if table == "employment_act" else "")
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        session.connection().execute(text(wanted))


def test_an_extension_goes_past_what_is_free_only_on_paper(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    give(world, (world.party, "0.50"))
    id = employ(world, ad_id=an_ad(world))
    answer = change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert "Tjänsteutrymmet räcker inte från 1 januari 2027. Partiet har 0,50 heltider" in page
    assert "Det här tar 1,00" in page
    assert (acts(world, id), stored(world, id).ends_on) == ([], date(2026, 12, 31))


def test_an_early_end_frees_the_post_from_the_day_after(world: World) -> None:
    id = employ(world)
    assert change(world, id, END, decided=TODAY, ends="2026-11-30").status_code == 303
    assert stored(world, id).ends_on == date(2026, 11, 30)
    assert claims(world) == [(date(2026, 10, 1), date(2026, 11, 30), 100)]
    act, row = acts(world, id)[-1], stored(world, id)
    assert (act.kind, act.previous_ends_on, act.decided_on) == ("early_end", date(2026, 12, 31), date(2026, 11, 23))
    assert (row.extended_latest_end, row.limit_latest_end) == (None, date(2026, 12, 31))  # it never gives a longer one


def test_a_notice_under_varmlands_rules_runs_three_months_and_asks_of_release_and_shows_the_rule_with_its_source(
    world: World, set_clock: Clock
) -> None:
    go_by(world, "region-varmland")
    id = employ(world, decided=date(2026, 10, 1), starts=date(2026, 10, 1), ends=date(2030, 12, 31))
    page = shown(world, id)
    assert "Regionråd kan avsluta anställningen i förtid utan skäl." in page
    assert "3 månader" in page
    assert "§ 3 Anställning" in page
    answer = change(world, id, NOTICE, by="employer", given=TODAY, released="yes")
    assert answer.status_code == 303
    act, row = acts(world, id)[-1], stored(world, id)
    assert (act.notice_by, act.notice_months, act.released, row.ends_on) == ("employer", 3, True, date(2027, 2, 23))
    assert "av arbetsgivaren, tre månader, arbetsbefriad" in shown(world, id)


def test_where_no_rule_says_how_long_the_last_day_is_typed_and_nothing_is_invented(world: World) -> None:
    id = employ(world)
    page = shown(world, id)
    assert "Det finns inga regler inlagda här" in page
    assert "Arbetsbefriad" not in page
    assert change(world, id, NOTICE, by="employee", given=TODAY).status_code == 422
    assert change(world, id, NOTICE, by="employee", given=TODAY, last_day="2026-12-15").status_code == 303
    act = acts(world, id)[-1]
    assert (act.notice_by, act.notice_months, act.released, act.ends_on) == ("employee", None, None, date(2026, 12, 15))


def test_an_employment_under_notice_is_neither_extended_nor_given_notice_on_again(world: World) -> None:
    id = employ(world)
    change(world, id, NOTICE, by="employee", given=TODAY, last_day="2026-12-15")
    for answer in (
        change(world, id, EXTEND, decided=TODAY, ends="2028-06-30"),
        change(world, id, NOTICE, by="employer", given=TODAY, last_day="2026-12-10"),
    ):
        assert answer.status_code == 409
        assert "Ta tillbaka uppsägningen först" in answer.get_data(as_text=True)
    assert [act.kind for act in acts(world, id)] == ["recorded", "notice"]


def test_an_act_is_taken_back_by_a_further_one_and_the_end_and_limit_before_it_hold_again(world: World) -> None:
    id = employ(world)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    change(world, id, END, decided=TODAY, ends="2027-03-31")
    change(world, id, BACK, note="Fel dag.")
    assert (stored(world, id).ends_on, stored(world, id).extended_latest_end) == (date(2028, 6, 30), date(2030, 12, 31))
    change(world, id, BACK)
    row = stored(world, id)
    assert (row.ends_on, row.extended_latest_end) == (date(2026, 12, 31), None)
    assert [(act.kind, act.takes_back) for act in acts(world, id)] == [
        ("recorded", None), ("extension", None), ("early_end", None), ("taken_back", 2), ("taken_back", 1),
    ]  # fmt: skip
    assert claims(world) == [(date(2026, 10, 1), date(2026, 12, 31), 100)]
    page = shown(world, id)
    assert "återtagen" in page
    assert "Ta tillbaka det senaste" not in page


def test_only_the_last_act_can_be_taken_back_and_only_once(world: World) -> None:
    id = employ(world)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    change(world, id, END, decided=TODAY, ends="2027-03-31")
    first = post(world, id, "/ta-tillbaka/1", {"aterta-seen": "2"})
    assert first.status_code == 409
    assert [post(world, id, "/ta-tillbaka/2", {"aterta-seen": "2"}).status_code for _ in range(2)] == [303, 303]
    assert [act.kind for act in acts(world, id)].count("taken_back") == 1
    assert post(world, id, "/ta-tillbaka/0", {"aterta-seen": "3"}).status_code == 409
    assert post(world, id, "/ta-tillbaka/99", {"aterta-seen": "3"}).status_code == 409


def test_two_clicks_make_one_act(world: World) -> None:
    id = employ(world)
    fields = {"forlang-seen": "0", "forlang-decided": TODAY, "forlang-ends": "2028-06-30"}
    assert [post(world, id, "/forlang", fields).status_code for _ in range(2)] == [303, 303]
    assert [act.kind for act in acts(world, id)] == ["recorded", "extension"]


def test_who_read_an_older_page_is_told_so_and_changes_nothing(world: World) -> None:
    id = employ(world)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    for seen in ("0", "", "x", "99999999999"):
        answer = post(
            world, id, "/avsluta", {"avsluta-seen": seen, "avsluta-decided": TODAY, "avsluta-ends": "2027-01-31"}
        )
        assert answer.status_code == 409
        assert "Någon har ändrat anställningen" in answer.get_data(as_text=True)
    assert stored(world, id).ends_on == date(2028, 6, 30)


def test_after_the_last_day_it_is_too_late_but_what_ended_it_by_mistake_can_be_taken_back(
    world: World, set_clock: Clock
) -> None:
    id = employ(world)
    change(world, id, END, decided=TODAY, ends="2026-11-25")
    set_clock("2026-11-26T09:00")
    fields = {"forlang-seen": "1", "forlang-decided": "2026-11-24", "forlang-ends": "2027-03-31"}
    answer = post(world, id, "/forlang", fields)
    assert answer.status_code == 409
    assert "Anställ på nytt" in answer.get_data(as_text=True)
    assert EXTEND not in shown(world, id)
    assert change(world, id, BACK).status_code == 303
    assert stored(world, id).ends_on == date(2026, 12, 31)


def test_a_party_goes_on_until_further_notice_with_a_reason_and_back_again(world: World) -> None:
    id = employ(world, employer="party")
    fields = {"decided": TODAY, "until_further_notice": True}
    assert change(world, id, EXTEND, **fields).status_code == 422
    assert change(world, id, EXTEND, **fields, policy_reason="LAS 5 a §").status_code == 303
    row = stored(world, id)
    assert (row.ends_on, row.policy_lifted_reason) == (None, "LAS 5 a §")
    assert EXTEND not in shown(world, id)
    change(world, id, BACK)
    row = stored(world, id)
    assert (row.ends_on, row.policy_lifted_reason) == (date(2026, 12, 31), "")


def test_kl_4_33_the_verbs_refuse_without_any_form(world: World) -> None:
    id = employ(world)
    with world.writing(scope.party(world.party)) as session:
        assert extend(session, pressed(world, uuid4()), rules.Extension(clock.today(), None)) is None
        made = extend(session, pressed(world, id), rules.Extension(clock.today(), None))
        assert made is not None
        assert made.ends_on == date(2030, 12, 31)
    with pytest.raises(ChangedSince), world.writing(scope.party(world.party)) as session:
        end_early(session, pressed(world, id), rules.EarlyEnd(clock.today(), date(2027, 1, 31)))
    with world.writing(scope.party(world.party)) as session:
        wish = rules.Notice(By.EMPLOYEE, clock.today(), 1, date(2027, 1, 31))  # the months are the rules' to say
        act = give_notice(session, pressed(world, id, seen=1), wish)
        assert act is not None
        assert (act.notice_months, act.ends_on) == (None, date(2027, 1, 31))
