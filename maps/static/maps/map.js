// The map page: takes the Leaflet map and groups that folium made and fills them from the server's addresses.

import { drawBasemap } from "./basemap.js";
import { clusterIcon, markersOf, paneOf } from "./markers.js";

const configuration = JSON.parse(document.getElementById("map-configuration").textContent);
const { words } = configuration;
const map = window[configuration.map];

function fetchJson(url) {
  return fetch(url, { headers: { Accept: "application/json" } }).then((response) => {
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  });
}

function say(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function showError(label) {
  const box = document.getElementById("map-error");
  box.querySelector("p").textContent = say(words.failed, { label });
  box.hidden = false;
}

async function fill(layer) {
  const group = window[layer.group];
  if (layer.requested) return;
  layer.requested = true;
  try {
    const drawn = await fetchJson(layer.url);
    const markers = drawn.features.flatMap((feature) => markersOf(layer.name, feature, configuration));
    if (group.addLayers) group.addLayers(markers);
    else markers.forEach((marker) => group.addLayer(marker));
    document.getElementById("map-status").textContent = say(words.loaded, {
      label: layer.label,
      shown: drawn.features.length,
      omitted: drawn.omitted.length,
    });
    if (drawn.features.length && layer.isFirst) map.fitBounds(group.getBounds(), { padding: [36, 36], maxZoom: 12 });
    document.getElementById(configuration.map).dataset[layer.name] = drawn.features.length;
  } catch {
    layer.requested = false;
    showError(layer.label);
  }
}

function start() {
  L.control.zoom({ position: "topleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(words.credit);
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
  });
  // Leaflet hears Escape only while the map itself has the focus, not from a marker or within the popup.
  map.getContainer().addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  L.control.scale({ imperial: false }).addTo(map);
  fetchJson(configuration.base)
    .then((base) => drawBasemap(map, base, configuration.hasTiles))
    .catch(() => showError(words.basemap));
  configuration.layers.forEach((layer, index) => {
    const group = window[layer.group];
    layer.isFirst = index === 0;
    Object.assign(group.options, { iconCreateFunction: clusterIcon(layer.name), clusterPane: paneOf(map, layer.name) });
    if (map.hasLayer(group)) fill(layer);
    map.on("overlayadd", (event) => event.layer === group && fill(layer));
  });
}

start();
