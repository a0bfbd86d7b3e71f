from maps.outputs.geojson import collection, feature, omission, points_geometry


def test_one_point_is_a_point_and_is_rounded_to_a_metre() -> None:
    assert points_geometry([(106.768331, 21.866503)]) == {"type": "Point", "coordinates": [106.76833, 21.8665]}


def test_several_points_are_a_multipoint_each_once() -> None:
    points = [(106.7, 21.9), (106.8, 21.8), (106.7, 21.9)]
    assert points_geometry(points) == {"type": "MultiPoint", "coordinates": [[106.7, 21.9], [106.8, 21.8]]}


def test_no_point_is_no_geometry() -> None:
    assert points_geometry([]) is None


def test_a_collection_carries_the_revision_it_is_given() -> None:
    left_out = omission("b", "Sân", "Chưa có toạ độ.")
    assert collection([], [left_out], revision="abc") == {
        "type": "FeatureCollection",
        "features": [],
        "omitted": [{"key": "b", "title": "Sân", "reason": "Chưa có toạ độ."}],
        "revision": "abc",
    }


def test_a_revision_of_its_own_changes_with_the_content_alone() -> None:
    at = points_geometry([(106.7, 21.9)])
    assert at is not None
    first, same = (collection([feature("a", at, {"title": "Hội trường"})], []) for _ in range(2))
    other = collection([feature("a", at, {"title": "Hội trường A"})], [])
    assert (first["revision"], first["revision"] == other["revision"]) == (same["revision"], False)
