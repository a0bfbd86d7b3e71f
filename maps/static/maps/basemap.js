// The offline basemap: areas, roads and names as vectors, beneath everything and never clickable.

const STYLES = {
  halo: { color: "#7c745f", weight: 7, opacity: 0.55, fill: false, lineJoin: "round" },
  area: { color: "#a59c85", weight: 1, fillColor: "#faf7ef", fillOpacity: 1, dashArray: "5 4" },
  areaOnTiles: { color: "#7c745f", weight: 1.5, fill: false, dashArray: "5 4" },
  casing: { color: "#c9a35e", weight: 5, opacity: 1 },
  road: { color: "#fbe3a6", weight: 3, opacity: 1 },
  local: { color: "#c9a35e", weight: 1.5, opacity: 1, dashArray: "6 4" },
};

function lines(map, pane, data, style, filter) {
  const renderer = L.canvas({ pane, padding: 0.5 });
  L.geoJSON(data, { pane, renderer, style, filter, interactive: false }).addTo(map);
}

function label(map, latlng, text, className) {
  const element = document.createElement("span");
  element.textContent = text;
  const icon = L.divIcon({ html: element, className: `map-label ${className}`, iconSize: null });
  L.marker(latlng, { icon, interactive: false, keyboard: false, pane: "labels" }).addTo(map);
}

function makePane(map, name, zIndex) {
  map.createPane(name).style.zIndex = zIndex;
  map.getPane(name).style.pointerEvents = "none";
}

export function drawBasemap(map, base, hasTiles) {
  makePane(map, "halo", 210);
  makePane(map, "areas", 220);
  makePane(map, "roads", 230);
  makePane(map, "labels", 450);
  if (hasTiles) {
    lines(map, "areas", base.areas, STYLES.areaOnTiles);
  } else {
    // The wide stroke shows only outside the areas painted over it: the outline of the province.
    lines(map, "halo", base.areas, STYLES.halo);
    lines(map, "areas", base.areas, STYLES.area);
    const isNational = (road) => road.properties.kind === "national";
    lines(map, "roads", base.roads, STYLES.local, (road) => !isNational(road));
    lines(map, "roads", base.roads, STYLES.casing, isNational);
    lines(map, "roads", base.roads, STYLES.road, isNational);
    for (const town of base.towns.features) {
      const [lon, lat] = town.geometry.coordinates;
      label(map, [lat, lon], town.properties.name, town.properties.is_city ? "map-label-city" : "map-label-town");
    }
  }
  const isDense = base.areas.features.length > 20;
  for (const area of base.areas.features) {
    const centre = L.geoJSON(area).getBounds().getCenter();
    label(map, centre, area.properties.label, isDense ? "map-label-commune" : "map-label-district");
  }
  const tellZoom = () => {
    map.getContainer().dataset.zoom = Math.floor(map.getZoom());
  };
  map.on("zoomend", tellZoom);
  tellZoom();
}
