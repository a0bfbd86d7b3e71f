"""The colour of each kind of activity: dark enough for white text, apart in grey as well."""

from __future__ import annotations

KIND_COLOURS = {
    "visual_display": "#8a3b12",
    "mobile_team": "#0b5d4e",
    "exhibition": "#5b3f8c",
    "exchange": "#9c2460",
    "fair_seminar": "#7a5c00",
    "media_item": "#1d4f91",
    "integrated_session": "#4a5560",
}
