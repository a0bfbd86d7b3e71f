// Popups, built from elements and text alone.

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function facts(rows) {
  const list = element("dl", "", "map-popup-facts");
  for (const [term, value] of rows) {
    if (value === undefined || value === null || value === "" || value.length === 0) continue;
    list.append(element("dt", term), element("dd", Array.isArray(value) ? value.join("; ") : String(value)));
  }
  return list;
}

function quality({ quality: code, is_rough: isRough }, { qualities, words }) {
  if (!code) return "";
  return isRough ? `${qualities[code]} (${words.approximate})` : qualities[code];
}

function kilometres({ km, is_estimate: isEstimate }, words) {
  if (km === null || km === undefined) return "";
  const length = `${km.toLocaleString(document.documentElement.lang)} km`;
  return isEstimate ? `${length} (${words.estimate})` : length;
}

export function popupOf(name, properties, configuration) {
  const { words } = configuration;
  const box = element("article", "", "map-popup");
  box.append(element("h2", properties.title));
  const tags = [properties.kind_label, properties.status_label].filter(Boolean).join(" · ");
  if (tags) box.append(element("p", tags, "map-popup-tags"));
  box.append(
    facts([
      [words.when, properties.when],
      [words.place, properties.place],
      [words.site, properties.site],
      [words.area, properties.area],
      [words.unit, properties.unit],
      [words.team, properties.team],
      [words.depot, properties.depot],
      [words.stops, properties.stops],
      [words.distance, kilometres(properties, words)],
      [words.size, properties.size],
      [words.quality, quality(properties, configuration)],
      [words.unplaced, properties.unplaced],
    ]),
  );
  if (properties.url) {
    const link = element("a", name === "tours" ? words.openTour : words.open, "map-popup-link");
    link.href = properties.url;
    box.append(link);
  }
  return box;
}
