"""Names with letters that Swedish does not have, as their bearers and others write them."""

import pytest

from portal.documents.masking import MASK, Known, masked, secret_spans
from portal.privacy.merits.draft import Described, telling
from portal.protection.given_away import tells_who
from portal.review.blind.given_away import names_given_away

WRITTEN = (
    ("Deniz Yılmaz", "Deniz Yılmaz, DENIZ YILMAZ, Deniz Yilmaz, DENİZ YILMAZ"),
    ("Deniz Yilmaz", "Deniz Yılmaz"),
    ("İpek Işık", "Ipek Isik, İPEK IŞIK"),
    ("Łukasz Wiśniewski", "Łukasz Wiśniewski, Lukasz Wisniewski, ŁUKASZ"),
    ("Lukasz Wisniewski", "Łukasz Wiśniewski"),
    ("Søren Kjær", "Søren Kjær, Soren Kjaer, Sören Kjær, Sören Kjär, Soeren Kjaer, KJÆR"),
    ("Soeren Kjaer", "Søren Kjær, Sören"),
    ("Sören Kjaer", "Søren Kjær, SØREN KJÆR"),
    ("Bjørn Dæhlie", "Björn Daehlie, Bjorn, Bjoern, Dählie, Dahlie"),
    ("Åse Bjørnæs", "Aase Bjoernaes, Ase Bjornaes, Ase Bjornas, ÅSE BJØRNÆS"),
    ("Aagaard Aase", "Ågård, Aagaard"),
    ("Đorđe Đorđević", "Djordje Djordjevic, Dorde Dordevic, ĐORĐEVIĆ"),
    ("Þóra Guðmundsdóttir", "Thora Gudmundsdottir, Þ. Guðmundsdóttir, GUÐMUNDSDÓTTIR"),
    ("Jürgen Weiß", "Juergen Weiss, Jurgen WEISS"),
    ("Máret Ŋuorŋŋá", "Maret Nuornna"),
    ("Bjørn Dæhlie", "B j ø r n, Bj\u00adørn, Bjø-\nrn"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "text"), WRITTEN, ids=[f"{one}: {two[:12]}" for one, two in WRITTEN])
def test_a_name_with_other_letters_is_masked_as_it_and_others_write_it(name: str, text: str) -> None:
    left = [one for one in text.split(", ") if masked(one, Known(name)) != MASK]
    assert left == []


def test_what_is_masked_stands_where_it_stands_in_the_text_where_a_letter_is_folded_to_two() -> None:
    text = "œ þ ß æ: Þóra Kjær, þe KJÆRS och slutet"
    assert masked(text, Known("Þóra Kjær")) == "œ þ ß æ: ▇▇▇, þe ▇▇▇ och slutet"
    assert [text[span.start : span.end] for span in secret_spans(text, Known("Þóra Kjær"))] == ["Þóra Kjær", "KJÆRS"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Karin Haar", "Hår, Mål och råd. Haren. Poeten Joel."),
        ("Aina Maal", "Mål och medel: ett mål."),
        ("Eva Baer", "Bär ansvar, bär fram"),
        ("Michael Noel", "Nöl, Michelle"),
        ("Søren Kjær", "Kjärr, kärra, sörja"),
        ("Björn Dahl", "en bjørn och en björn i en dal"),
        ("Łukasz Lis", "en lista, Lisa"),
    ],
)
def test_ordinary_words_are_left_that_only_look_like_it(name: str, text: str) -> None:
    assert masked(text, Known(name)) == text


@pytest.mark.parametrize(("name", "text"), [("Deniz Yılmaz", "DENIZ YILMAZ"), ("Søren Kjær", "Sören Kjaer")])
def test_such_a_name_is_told_of_in_an_assessors_words_a_protected_persons_and_the_merits(name: str, text: str) -> None:
    said = f"Vi frågade {text} om saken"
    assert " ".join(names_given_away(said, [name])) == text
    assert " ".join(tells_who(said, name=name)) == text
    assert telling(said, [Described(True, Known(name))]) == ["ett namn"]
