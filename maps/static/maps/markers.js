// Markers of each layer. Everything a person typed reaches the page as text, never as markup.

import { popupOf } from "./popup.js";

const TOUR_COLOUR = "#6b3fa0";
// What lies where the same place is drawn by several layers: activities on top. Leaflet's popups are at 700.
const PANES = { venues: 610, faces: 620, tours: 630, activities: 640 };

export function paneOf(map, name) {
  const pane = `layer-${name}`;
  if (!map.getPane(pane)) map.createPane(pane).style.zIndex = PANES[name] ?? 610;
  return pane;
}

function pinIcon({ text = "", className, size, colour }) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  if (colour) element.style.setProperty("--pin", colour);
  return L.divIcon({ html: element, className: "map-icon", iconSize: [size, size], popupAnchor: [0, -size / 2] });
}

function activityIcon({ letter, colour, is_rough: isRough, is_off: isOff }) {
  const classes = ["map-pin", isRough && "map-pin--rough", isOff && "map-pin--off"].filter(Boolean);
  return pinIcon({ text: letter, className: classes.join(" "), size: 26, colour });
}

const ICONS = {
  activities: activityIcon,
  venues: ({ is_rough: isRough }) =>
    pinIcon({ className: `map-venue${isRough ? " map-venue--rough" : ""}`, size: 18 }),
  faces: ({ is_rough: isRough }) => pinIcon({ className: `map-face${isRough ? " map-face--rough" : ""}`, size: 16 }),
  tours: ({ number, is_off: isOff }) =>
    pinIcon({ text: String(number), className: `map-stop${isOff ? " map-stop--off" : ""}`, size: 22 }),
};

function pointsOf({ type, coordinates }) {
  return type === "MultiPoint" ? coordinates : [coordinates];
}

export function markersOf(name, feature, configuration) {
  const { geometry, properties } = feature;
  const popup = () => popupOf(name, properties, configuration);
  const toLatLng = ([lon, lat]) => [lat, lon];
  const options = { maxWidth: 300, minWidth: 240 };
  if (geometry.type === "LineString") {
    const line = L.polyline(geometry.coordinates.map(toLatLng), { color: TOUR_COLOUR, weight: 3, opacity: 0.8 });
    return [line.bindPopup(popup, options)];
  }
  const title = [properties.title, properties.when].filter(Boolean).join(", ");
  return pointsOf(geometry).map((point) =>
    L.marker(toLatLng(point), { icon: (ICONS[name] ?? ICONS.venues)(properties), title, pane: `layer-${name}` }).bindPopup(popup, options),
  );
}

export function clusterIcon(name) {
  return (cluster) => {
    const count = cluster.getChildCount();
    const size = (name === "activities" ? 34 : 28) + 5 * (String(count).length - 1);
    return pinIcon({ text: String(count), className: `map-cluster map-cluster--${name}`, size });
  };
}
