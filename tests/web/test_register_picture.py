"""The ledger true to scale, and the bars of the register."""

from datetime import date
from decimal import Decimal

from portal.web.register_picture import Row, Span, Unit, ledger_bar, register_picture

ELECTION, LIMIT = date(2030, 9, 8), date(2030, 12, 31)


def drawn(*rows: Row):  # type: ignore[no-untyped-def]
    return register_picture(
        rows,
        first=date(2026, 1, 1),
        last=date(2031, 6, 30),
        today=date(2026, 11, 23),
        elections=[date(2026, 9, 13), ELECTION],
        stops=[date(2026, 12, 31), LIMIT],
        limit=LIMIT,
    )


def row(*spans: Span) -> Row:
    return Row("Ylva Nordin", "Politisk sekreterare", Decimal("0.8"), spans)


def test_posts_are_as_wide_as_they_are_large_and_the_rest_is_free() -> None:
    ledger = ledger_bar(
        [Unit("Ylva Nordin", Decimal(1), "filled"), Unit("Annonserad", Decimal("0.5"), "advertised")], Decimal(2)
    )
    assert [(d.x, d.width, d.unit.kind) for d in ledger.units] == [
        (0, 50, "filled"),
        (50, 25, "advertised"),
        (75, 25, "free"),
    ]
    assert (ledger.total, ledger.filled, ledger.advertised, ledger.free) == ("2,00", "1,00", "0,50", "0,50")
    assert [figure for _, figure in ledger.ticks] == ["0", "1", "2"]
    assert not ledger.over


def test_a_ledger_claimed_beyond_its_total_says_so() -> None:
    ledger = ledger_bar([Unit("Ylva Nordin", Decimal("1.5"), "filled")], Decimal(1))
    assert ledger.over
    assert ledger.free == "0,00"
    assert ledger.units[0].width == 100


def test_a_ledger_with_nothing_in_it_can_be_drawn() -> None:
    assert ledger_bar([], Decimal(0)).units == ()


def test_a_bar_that_covers_election_day_carries_a_diamond() -> None:
    covers = row(Span("employed", date(2027, 1, 1), LIMIT))
    ends_before = row(Span("employed", date(2027, 1, 1), date(2030, 9, 7)))
    former = row(Span("former", date(2026, 1, 1), date(2026, 12, 31)))
    marked = [row(Span(kind, date(2027, 1, 1), LIMIT)) for kind in ("undecided", "stand_in")]
    register = drawn(covers, ends_before, former, *marked)
    assert [len(d.diamonds) for d in register.rows] == [1, 0, 0, 1, 1]


def test_nothing_lawful_reaches_into_the_hatching() -> None:
    register = drawn(row(Span("employed", date(2027, 1, 1), LIMIT)))
    bar = register.rows[0].spans[0]
    assert register.beyond is not None
    assert bar.x + bar.width <= register.beyond + 0.01


def test_an_employment_without_an_end_is_drawn_to_the_edge() -> None:
    bar = drawn(row(Span("employed", date(2027, 1, 1), None))).rows[0].spans[0]
    assert round(bar.x + bar.width) == 100


def test_years_after_the_limit_are_not_named() -> None:
    assert [year for _, year in drawn().years] == [2026, 2027, 2028, 2029, 2030]
