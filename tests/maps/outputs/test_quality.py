import pytest

from maps.outputs.quality import weakest


@pytest.mark.parametrize(
    ("qualities", "expected"),
    [
        ([], "none"),
        (["published"], "published"),
        (["surveyed", "commune_centroid", "estimate"], "commune_centroid"),
        (["surveyed", "guessed"], "none"),
    ],
)
def test_the_weakest_point_decides(qualities: list[str], expected: str) -> None:
    assert weakest(qualities) == expected
