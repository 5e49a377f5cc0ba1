"""A profile's file that is wrong is not followed: file, line and a Swedish sentence say what to do."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.profiles.faults import BadProfile
from portal.profiles.keys import KEYS
from portal.profiles.profile import Sourced, Unknown, words_of
from portal.profiles.reading import MOST_BYTES, read_profile
from portal.profiles.shelf import (
    RULES,
    NoSuchProfile,
    VersionGone,
    profile_called,
    profile_on,
    profile_version,
    profiles,
    require_profile,
)

GOOD = (RULES / "region-varmland.toml").read_text(encoding="utf-8")
CHOICE = (RULES / "region-jamtland-harjedalen.toml").read_text(encoding="utf-8")
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of rules into an otherwise empty folder."""

    def written(text: str | bytes, name: str = "region-x.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return written


def fault(path: Path) -> str:
    with pytest.raises(BadProfile) as refused:
        read_profile(path)
    assert len(refused.value.sentence.splitlines()) == 1
    assert refused.value.sentence.isprintable()
    return refused.value.sentence


def line(text: str, of: str) -> int:
    return text.split("\n").index(of) + 1


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_misspelt_key_is_named_with_its_line_and_what_was_meant(write: Write) -> None:
    text = changed("[rules.work_leader]", "[rules.work_leder]")
    place = line(text, "[rules.work_leder]")
    assert fault(write(text)) == f"region-x.toml, rad {place}: Nyckeln work_leder finns inte. Menas work_leader?"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind = ", "kindd = ", "kindd finns inte här. Menas kind?"),
        ('paragraph = "§ 3 Anställning"', 'paragraf = "§ 3 Anställning"', "paragraf finns inte."),
        ('paragraph = "§ 3 Anställning"', "", "employer saknar källa. Skriv paragraph"),
        ('paragraph = "§ 3 Anställning"', 'paragraph = " "', "paragraph ska vara en text"),
        ('document = "riktlinje"', "", "employer saknar källa. Skriv document"),
        ('document = "riktlinje"', 'document = "riktlinjen"', "Dokumentet riktlinjen finns inte under [documents]"),
        ('value = "authority"', "", "employer har inget värde"),
        ('value = "authority"', 'value = "staten"', "ska vara authority, party eller party_chooses, inte staten"),
        ('value = "authority"', "value = 1", "ska vara authority, party eller party_chooses"),
        ('value = "authority"', 'value = "unknown"', "flytta nyckeln till [unknown]"),
        ("value = 3", 'value = "tre"', "notice_months ska vara ett tal"),
        ("value = 3", "value = -1", "notice_months ska vara ett tal"),
        ("value = 3", "value = true", "notice_months ska vara ett tal"),
        ("value = 3", "value = nan", "notice_months ska vara ett tal"),
        ("value = 3", "value = 1" + "0" * 5000, "går inte att läsa som TOML"),
        ("value = true", 'value = "ja"', "notice_mutual ska vara true eller false"),
        ('value = "Regionstyrelsen, som är anställningsmyndighet"', "value = 7", "employing_body ska vara en text"),
        ("value = [", "value = [ 1,", "agreement_items ska vara en text"),
        ("value = [", "value = []\nvalues = [", "values finns inte"),
        ('kind = "region"', 'kind = "stat"', "kind ska vara region eller kommun"),
        ("version = 1", 'version = "1"', "version ska vara ett heltal från 1"),
        ("version = 1", "version = true", "version ska vara ett heltal från 1"),
        ("version = 1\n", "", "version saknas"),
        ("valid_from = 2023-03-29", 'valid_from = "2023-03-29"', "valid_from ska vara en dag"),
        ("valid_from = 2023-03-29", "valid_from = 2023-03-29T10:00:00", "valid_from ska vara en dag"),
        ("valid_from = 2023-03-29", "valid_from = 2023-02-30", "går inte att läsa som TOML"),
        ('name = "Region Värmland"', 'name = ""', "name ska vara en text"),
        ('name = "Region Värmland"', 'name = "Region Värmland', "går inte att läsa som TOML"),
        ("[unknown]\n", '[unknown]\npay = ""\n', "går inte att läsa som TOML"),  # twice
        ("[unknown]\n", '[unknown]\nnotice_months = "Oklart."\n', "står både med ett värde och som okänd"),
        ("[unknown]\n", "[unknown]\n", ""),
    ],
)  # fmt: skip
def test_each_kind_of_slip_is_said_in_swedish(write: Write, old: str, new: str, said: str) -> None:
    path = write(changed(old, new))
    if said:
        assert said in fault(path)
    else:
        assert read_profile(path).name == "Region Värmland"


def test_the_line_is_that_of_the_slip(write: Write) -> None:
    text = changed("value = 3", "value = 'tre'")
    place = line(text, "value = 'tre'")
    assert f"rad {place}:" in fault(write(text))
    unknown = next(row for row in GOOD.split("\n") if row.startswith("pay = "))
    text = changed(unknown, "pay = 7")
    assert f"rad {line(text, 'pay = 7')}:" in fault(write(text))


def test_a_key_that_nobody_has_written_is_asked_for(write: Write) -> None:
    unknown = next(row for row in GOOD.split("\n") if row.startswith("pay = "))
    assert "pay saknas. Skriv ett värde med källa" in fault(write(changed(unknown + "\n", "")))


def test_a_step_has_who_and_what(write: Write) -> None:
    text = (RULES / "region-vasternorrland.toml").read_text(encoding="utf-8")
    assert "first_steps ska vara en lista av steg" in fault(write(changed("{ who =", "{ vem =", text)))


PASS_CARD = 'what = "Se till att sekreteraren bokar tid för passerkort" }'


def test_a_step_may_have_a_day_counted_from_the_first_day_of_work(write: Write) -> None:
    text = (RULES / "region-vasternorrland.toml").read_text(encoding="utf-8")
    without = read_profile(RULES / "region-vasternorrland.toml")
    dated = read_profile(write(changed(PASS_CARD, PASS_CARD.replace(" }", ", days = -14 }"), text)))
    answer = dated.rules["first_steps"]
    assert isinstance(answer, Sourced)
    assert isinstance(answer.value, tuple)
    assert [getattr(one, "days", 0) for one in answer.value] == [None] * 7 + [-14]
    assert words_of(KEYS["first_steps"], answer.value)[-1].endswith("passerkort, senast 14 dagar före tillträdet")
    assert dated.print != without.print


@pytest.mark.parametrize("days", ["366", "-366", "1.5", '"två veckor"', "true", "[1]", "9" * 400])
def test_a_day_that_is_none_is_named_with_its_line(write: Write, days: str) -> None:
    text = (RULES / "region-vasternorrland.toml").read_text(encoding="utf-8")
    said = fault(write(changed(PASS_CARD, PASS_CARD.replace(" }", f", days = {days} }}"), text)))
    assert "rad 93: days ska vara ett heltal dagar från tillträdet" in said


def test_both_employers_are_described_where_the_party_chooses_and_nowhere_else(write: Write) -> None:
    assert "hör ihop" in fault(write(CHOICE[: CHOICE.index("[if_authority")]))
    assert "hör ihop" in fault(write(changed('"party_chooses"', '"party"', CHOICE)))
    twice = changed("[unknown]\n", '[unknown]\nplacement = "Oklart."\n', CHOICE)
    assert "placement står både för alla och för den ena arbetsgivaren" in fault(write(twice))
    stray = changed("[if_party.rules.work_leader]", "[if_party.work_leader]", CHOICE)
    assert "work_leader finns inte här" in fault(write(stray))


@pytest.mark.parametrize(
    "hostile",
    ["rad\\nett", "\\u001b[31mröd", "\\u202Ebaklänges", "\\u0000", "a\\u200Bb", "x" * 601],
)
def test_hostile_text_is_refused(write: Write, hostile: str) -> None:
    assert "employing_body" in fault(write(changed("Regionstyrelsen, som är anställningsmyndighet", hostile)))


def test_hostile_keys_are_shown_harmless_and_short(write: Write) -> None:
    said = fault(write(changed("[unknown]\n", '[unknown]\n"\\u001b[31m\\n%(file)s' + "y" * 500 + '" = "x"\n')))
    assert "?[31m?%(file)s" in said
    assert len(said) < 300


def test_markup_is_text_like_any_other(write: Write) -> None:
    one = read_profile(write(changed("Regionstyrelsen, som är", "<b>Regionstyrelsen</b>, %s {{ 7 }} som är")))
    assert str(one.rules["employing_body"]).count("<b>") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * (MOST_BYTES + 1), "Filen är för stor: högst 64 kB."),
        (b"x = " + b"[" * 30_000, "går inte att läsa som TOML"),
        (b"name = 'a'\n\n# \xff", "rad 3: Filen är inte sparad som UTF-8"),
        (b"", "name saknas"),
        (b"\x00", "går inte att läsa som TOML"),
        (b"rules = 1\n", "name saknas"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(write: Write, content: bytes, said: str) -> None:
    assert said in fault(write(content))


def test_a_section_that_is_no_section_is_refused(write: Write) -> None:
    start = 'name = "X"\nkind = "region"\nversion = 1\nvalid_from = 2026-01-01\n'
    assert "documents ska vara en avdelning" in fault(write(start + "documents = 1\n"))
    assert "Inget dokument står under [documents]" in fault(write(start))
    assert "rules ska vara en avdelning" in fault(write("rules = 1\n" + start + '[documents]\na = "b"\n'))


@pytest.mark.parametrize("name", ["Region X.toml", "Å.toml", "-x.toml", "x.y.toml"])
def test_a_file_is_named_plainly(write: Write, name: str) -> None:
    assert "Filens namn ska vara små bokstäver" in fault(write(GOOD, name))


def test_two_files_with_one_name_are_refused_whichever_way_it_is_spelt(write: Write) -> None:
    folder = write(GOOD).parent
    write(changed('name = "Region Värmland"', 'name = "region  VÄRMLAND"'), "region-y.toml")
    with pytest.raises(
        BadProfile, match=r"region-y\.toml, rad \d+: Namnet region värmland finns redan i region-x\.toml"
    ):
        profiles(folder)


def test_another_name_may_not_be_taken_either(write: Write) -> None:
    folder = write(GOOD).parent
    other = changed('name = "Region Värmland"', 'name = "Region Y"\nalso_called = ["REGION-X"]')
    write(other, "region-y.toml")
    with pytest.raises(BadProfile, match="finns redan"):
        profiles(folder)


def test_a_new_authority_is_a_file_and_no_code(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    text = changed('name = "Region Värmland"', 'name = "Region Ådalen"\nalso_called = ["RÅ"]')
    (tmp_path / "rules" / "region-adalen.toml").write_text(text, encoding="utf-8")
    assert len(profiles(tmp_path / "rules")) == len(profiles()) + 1
    for name in ("Region Ådalen", "  region   ÅDALEN ", "rå", "region-adalen"):
        assert require_profile(name, tmp_path / "rules").key == "region-adalen"


def test_an_authority_without_rules_has_none_and_is_told_which_there_are() -> None:
    assert profile_called("Region Ingenstans") is None
    with pytest.raises(NoSuchProfile, match="Region Sörmland, Region Värmland"):
        require_profile("Region Ingenstans\n\x1b[0m")


def test_what_is_signed_keeps_its_version_when_the_rules_change(write: Write) -> None:
    new = changed("version = 1", "version = 2").replace("2023-03-29", "2027-01-01", 1).replace("value = 3", "value = 1")
    folder = write(new).parent
    old = write(GOOD, "earlier/region-x.1.toml")
    signed = read_profile(old)
    kept = profile_version("region-x", 1, signed.print, folder)
    assert isinstance(kept.rules["notice_months"], Sourced)
    assert kept.rules["notice_months"].value == 3
    now = require_profile("region-x", folder)
    assert (now.version, now.print == signed.print) == (2, False)
    assert profile_version("region-x", 2, now.print, folder) is now
    for day, version in ((date(2026, 12, 31), 1), (date(2027, 1, 1), 2)):
        found = profile_on("region-x", day, folder)
        assert found is not None
        assert found.version == version
    assert profile_on("region-x", date(2023, 3, 28), folder) is None


def test_a_version_that_was_changed_in_place_is_not_taken_for_what_was_signed(write: Write) -> None:
    path = write(changed("value = 3", "value = 1"))
    signed = read_profile(write(GOOD, "region-z.toml"))
    (path.parent / "region-z.toml").unlink()
    with pytest.raises(VersionGone, match=r"rules/earlier"):
        profile_version("region-x", 1, signed.print, path.parent)


def test_an_earlier_version_is_older_and_there_once(write: Write) -> None:
    folder = write(GOOD).parent
    write(GOOD, "earlier/region-x.1.toml")
    with pytest.raises(BadProfile, match="inte äldre"):
        profile_version("region-x", 1, "x", folder)


def test_the_print_is_of_what_is_said_and_not_of_how_the_file_looks(write: Write) -> None:
    plain, spaced = (
        read_profile(write(GOOD)),
        read_profile(write("# annat\n\n" + GOOD.replace("\n[", "\n\n\n["), "y.toml")),
    )
    assert plain.print == spaced.print
    assert plain.print != read_profile(write(changed("value = 3", "value = 4"), "z.toml")).print


def test_an_unknown_has_no_value_to_show(write: Write) -> None:
    answer = read_profile(write(GOOD)).rules["pay"]
    assert isinstance(answer, Unknown)
    assert not hasattr(answer, "value")


def test_values_are_said_in_swedish() -> None:
    assert words_of(KEYS["employer"], "party") == ("Partiet",)
    assert words_of(KEYS["notice_months"], 3) == ("3 månader",)
    assert words_of(KEYS["notice_mutual"], False) == ("Nej",)
    assert words_of(KEYS["posts_in_all"], 24.5) == ("24,5",)


def test_what_is_not_read_stands_under_a_heading_of_its_own_and_says_no_more_than_before(write: Write) -> None:
    unknown = next(row for row in GOOD.split("\n") if row.startswith("pay = "))
    text = changed(f"{unknown}\n", "") + f"\n[unread]\n{unknown}\n"
    before, now = read_profile(write(GOOD)), read_profile(write(text))
    assert isinstance(pay := now.rules["pay"], Unknown) and pay.unread
    assert not any(one.unread for one in before.rules.values() if isinstance(one, Unknown))
    assert now.print == before.print, "what rests on the version goes on resting on it"
    assert "pay står på två ställen" in fault(write(f"{GOOD}\n[unread]\n{unknown}\n"))
