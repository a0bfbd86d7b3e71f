from pytest_django import Settings

from maps.local_map import MapPieces, Overlay, draw_map

ACTIVITIES = Overlay(name="activities", label="Hoạt động", is_clustered=True, is_shown=True)
TOURS = Overlay(name="tours", label="Chuyến lưu động", is_clustered=False, is_shown=False)


def draw() -> MapPieces:
    return draw_map([ACTIVITIES, TOURS], credit="© OpenStreetMap contributors")


def test_all_files_come_from_this_server() -> None:
    pieces = draw()
    assert pieces.scripts == (
        "/static/vendor/leaflet/leaflet.js",
        "/static/vendor/markercluster/leaflet.markercluster.js",
    )
    assert pieces.styles == (
        "/static/vendor/leaflet/leaflet.css",
        "/static/vendor/markercluster/MarkerCluster.css",
        "/static/vendor/markercluster/MarkerCluster.Default.css",
    )


def test_the_pieces_hold_no_address_and_no_inline_style() -> None:
    pieces = draw()
    found = [word for word in ("http:", "https:", "<style", "style=", "<script") if word in pieces.html + pieces.script]
    assert found == []


def test_the_same_layers_give_the_same_text() -> None:
    assert draw() == draw()


def test_each_layer_has_a_group_and_only_the_first_is_on_the_map() -> None:
    pieces = draw()
    assert pieces.groups == {"activities": "marker_cluster_activities", "tours": "feature_group_tours"}
    added = [group for group in pieces.groups.values() if f"{group}.addTo(map_pano)" in pieces.script]
    assert (pieces.variable, added) == ("map_pano", ["marker_cluster_activities"])


def test_tiles_lie_below_and_allow_a_closer_look_where_an_address_is_set(settings: Settings) -> None:
    assert ('"maxZoom": 13' in draw().script, "tileLayer" in draw().script) == (True, False)
    settings.MAP_TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    script = draw().script
    assert ('"maxZoom": 18' in script, "https://tiles.example/{z}/{x}/{y}.png" in script) == (True, True)
