import pytest

from venues.place_names import EQUAL, PHRASE, PREFIX, WORDS, best_fit, fit, readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Đồng Đăng", ("Đồng Đăng",)),
        ("TP Lạng Sơn", ("TP Lạng Sơn", "thành phố Lạng Sơn")),
        ("TP. Lạng Sơn", ("TP. Lạng Sơn", "thành phố Lạng Sơn", "TP Lạng Sơn")),
        ("TT Cao Lộc", ("TT Cao Lộc", "thị trấn Cao Lộc", "trung tâm Cao Lộc")),
        ("H.Cao Lộc", ("H.Cao Lộc", "huyện Cao Lộc", "H Cao Lộc")),
        ("chợ, x. Tân Mỹ", ("chợ x. Tân Mỹ", "chợ xã Tân Mỹ", "chợ x Tân Mỹ")),
        ("  ", ()),
    ],
)
def test_abbreviations_are_written_out(typed: str, meant: tuple[str, ...]) -> None:
    assert readings(typed) == meant


@pytest.mark.parametrize(
    ("query", "name", "answer"),
    [
        ("Đồng Đăng", "Xã Đồng Đăng", (False, EQUAL)),
        ("dong dang", "Xã Đồng Đăng", (True, EQUAL)),
        ("xa dong dang", "Xã Đồng Đăng", (True, EQUAL)),
        ("dong", "Xã Đồng Đăng", (True, PREFIX)),
        ("Đồng Đăng", "Ga quốc tế Đồng Đăng", (False, PHRASE)),
        ("ga dong dang", "Ga quốc tế Đồng Đăng", (True, WORDS)),
        ("ong dang", "Xã Đồng Đăng", None),
        ("...", "Xã Đồng Đăng", None),
        ("", "Xã Đồng Đăng", None),
    ],
)
def test_marks_come_first_then_whole_names_then_beginnings_then_words(
    query: str, name: str, answer: tuple[bool, int] | None
) -> None:
    assert fit(query, name) == answer


def test_any_reading_may_fit() -> None:
    assert best_fit("p tam thanh", "Phường Tam Thanh") == (False, EQUAL)
    assert best_fit("", "Phường Tam Thanh") is None
