"""What `portal limit` and `portal elections` print."""

import json

import pytest

from portal.elections.report import elections_report, limit_report
from portal.refusal import Refusal


def test_the_report_for_a_region_has_every_key_as_json():
    report = limit_report(employer="region", decided="2026-12-20", starts="2027-01-01")
    assert json.loads(json.dumps(report)) == {
        "reference_date": "2026-12-20",
        "election": "2030-09-08",
        "latest_end": "2030-12-31",
        "verdict": "ok",
        "reasons": [
            "Räknat från 20 december 2026 är nästa val av fullmäktige i hela landet 8 september 2030. "
            "Anställningen får vara längst till och med 31 december 2030."
        ],
        "permanent_on": None,
    }


def test_kl_4_33_a_blocked_region_still_gets_its_latest_end():
    report = limit_report(employer="region", decided="2026-08-20", starts="2027-01-01", ends="2027-06-30")
    assert (report["verdict"], report["latest_end"]) == ("block", "2026-12-31")
    assert len(report["reasons"]) == 3


def test_las_5_a_the_report_for_a_party_warns_with_the_day():
    report = limit_report(employer="party", decided="2025-08-20", starts="2025-09-01", ends="2026-12-31")
    assert (report["verdict"], report["permanent_on"]) == ("warn", "2026-09-01")


def test_earlier_days_count_for_a_party_and_not_for_a_region():
    days = {"decided": "2026-12-01", "starts": "2027-01-01", "ends": "2027-10-31", "earlier_days": 100}
    assert limit_report(employer="party", **days)["permanent_on"] == "2027-09-23"
    assert limit_report(employer="region", **days)["permanent_on"] is None


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "20261201", "2026-W01-1", "1 december 2026", "", "2026-12-1", "２０２６-12-01"]
)
@pytest.mark.parametrize("option", ["decided", "starts", "ends"])
def test_an_impossible_date_is_refused_with_the_way_to_write_it(option, text):
    days = {"decided": "2026-12-01", "starts": "2027-01-01", "ends": "2027-12-31"} | {option: text}
    with pytest.raises(Refusal, match=r"är inget datum\. Skriv år, månad och dag så här: 2026-11-21"):
        limit_report(employer="region", **days)


@pytest.mark.parametrize("employer", ["region", "party"])
def test_a_date_beyond_the_table_is_refused(employer):
    with pytest.raises(Refusal, match="valkalendern"):
        limit_report(employer=employer, decided="2051-01-01", starts="2051-01-01")


def test_another_employer_is_refused():
    with pytest.raises(Refusal, match="Skriv region eller party"):
        limit_report(employer="staten", decided="2026-12-01", starts="2027-01-01")


def test_all_elections_are_listed_with_their_sources():
    report = elections_report()
    assert (report[0]["date"], report[-1]["date"], len(report)) == ("1970-09-20", "2050-09-11", 23)
    assert all(set(line) == {"date", "source"} and line["source"] for line in report)


def test_a_span_of_elections_can_be_asked_for():
    assert [line["date"] for line in elections_report(2026, 2030)] == ["2026-09-13", "2030-09-08"]


@pytest.mark.parametrize(("first", "last"), [(1969, 2000), (2000, 2051), (2030, 2026)])
def test_years_beyond_the_table_or_in_the_wrong_order_are_refused(first, last):
    with pytest.raises(Refusal):
        elections_report(first, last)
