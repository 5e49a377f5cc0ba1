"""Whom a candidate names as references is found where they are named as such, and nowhere else."""

import pytest

from portal.documents.masking import Known, Seek, spans_of
from portal.documents.reference_spans import reference_spans

KNOWN = Known("Elin Forsvik", "elin@example.se", "070-174 06 05")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Referenser\nAnna Berg, kanslichef, 070-174 06 11\nBo von Essen\n", ["Anna Berg", "Bo von Essen"]),
        ("Referens: Gun-Britt Åkerlund, gruppledare", ["Gun-Britt Åkerlund"]),
        ("REFERENSPERSONER:\n- Lars Ek\n\nUtbildning\nLunds Universitet Ekonomi", ["Lars Ek"]),
        ("Referenser lämnas på begäran.", []),
        ("Referenser\nRegion Ådalen Härnösand", []),
        ("Arbetade med Anna Berg på kansliet.", []),
        ("Med referens till er annons söker jag.\nAnna Berg", []),
    ],
)
def test_names_below_the_heading(text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in reference_spans(text)] == names


def test_a_record_is_searched_for_how_somebody_is_reached_and_not_for_the_candidates_name() -> None:
    text = (
        "Elin Forsvik, elin@example.se, 070-174 06 05\nStorgatan 4, 871 31 Härnösand\n850101-2398\n"
        "www.exempel.se\nReferenser\nAnna Berg, anna@example.org"
    )

    def found(seek: Seek) -> str:
        return " ".join(text[span.start : span.end] for span in spans_of(seek, text, KNOWN))

    contacts, writer = found(Seek.CONTACTS), found(Seek.WRITER)
    for words in ("elin@example.se", "070-174 06 05", "Storgatan 4", "850101-2398", "anna@example.org"):
        assert words in contacts and words in writer
    assert ("Anna Berg" in contacts, "Elin Forsvik" in contacts, "www" in contacts) == (True, False, False)
    assert ("Anna Berg" in writer, "Elin Forsvik" in writer, "www" in writer) == (False, True, True)
