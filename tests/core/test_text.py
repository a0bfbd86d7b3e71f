import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, inner_quotes, matches, slugify, sort_key, strip_marks

vietnamese = st.text(st.sampled_from("aăâeêioôơuưyáàảãạậừỹkKlĐđ nrzb-pq"), max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa bình", "hoà bình"),
        ("Thụy Hùng", "THUỴ  HÙNG"),
        ("kỹ thuật", "kĩ thuật"),
        ("bác sỹ", "bác sĩ"),
        ("quy định", "qui định"),
        ("Đồng Đăng", "dong dang"),
        ("áp-phích", "áp phích"),
        ("pa nô", "panô"),
        ("Pa-nô", "pano"),
        ("pa nô", "pa nơ"),
        ("20\u00a0m²", "20 m2"),
        *(("băng rôn", each) for each in ("băng-rôn", "Băng zôn", "băngzôn", "băng rol", "bandrole", "BĂNGRÔN")),
    ],
)
def test_spellings_that_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Băng rôn, phướn – cờ", "bang ron, phuon co"),
        ("Quý Hòa", "quy hoa"),
        ("thụy", "thuy"),
        ("y tế", "y te"),
        ("pa nô", "pa no"),
        ("ban rôn", "ban ron"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.one_of(vietnamese, st.text(max_size=20)))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_both_unicode_forms_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_strip_marks_keeps_spaces_and_signs() -> None:
    assert strip_marks("Ngày  -2; Đến") == "ngay  -2; den"


@pytest.mark.parametrize(
    ("text", "slug"), [("Kỳ Lừa", "ky-lua"), ("  Xã Đồng Đăng (mới)!", "xa-dong-dang-moi"), ("…", "")]
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bang ron dong dang", True),
        ("ĐỒNG ĐĂNG pano", False),
        ("", True),
        ("lua ky", True),
        ("băngzôn", True),
    ],
)
def test_matches(*, query: str, found: bool) -> None:
    assert matches(query, "Băng-rôn ngang tại Đồng Đăng và Kỳ Lừa") is found


def test_letters_sort_before_tones() -> None:
    names = ["Ăn", "Ân", "An", "Da", "Đa", "Dz", "Ô", "Ơ", "O", "Ư", "U", "Y"]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Ân", "Da", "Dz", "Đa", "O", "Ô", "Ơ", "U", "Ư", "Y"]


def test_tones_in_their_order() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_a_later_letter_outweighs_an_earlier_tone() -> None:
    assert sorted(["lán", "lang", "làm", "lạ"], key=sort_key) == ["lạ", "làm", "lán", "lang"]


def test_spaces_and_digits_come_before_letters() -> None:
    assert sorted(["Bắc Sơn", "Bắ", "Bắc", "Bắca", "3 Bắc"], key=sort_key) == ["3 Bắc", "Bắ", "Bắc", "Bắc Sơn", "Bắca"]


def test_foreign_marks_do_not_hide_the_letter() -> None:
    assert sorted(["Cz", "Ça", "D", "\u0301"], key=sort_key) == ["Ça", "Cz", "D", "\u0301"]


@given(vietnamese, vietnamese)
def test_only_equal_texts_share_a_key(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) is (one == other)


def test_quotes_within_quotes_are_of_the_other_kind() -> None:
    assert [inner_quotes("«Đêm nhạc» phố"), inner_quotes("Đêm nhạc")] == ["“Đêm nhạc” phố", "Đêm nhạc"]
