// Asks ical.js, Thunderbird's own reader, what a feed says. One JSON object a line in, one a line out:
// {text} -> {found: [[uid, start, end, status, location, summary], ...]} with local times as they are written and the
// name of their zone, or {error}.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const ICAL = createRequire(import.meta.url)("ical.js");
const most = 2000;

function written(time) {
  return time.isDate ? time.toString() : `${time.toString()} ${time.zone.tzid}`;
}

function row(event, start, end) {
  const words = ["status", "location", "summary"].map((name) => event.component.getFirstPropertyValue(name) ?? "");
  return [event.uid, written(start), written(end), ...words];
}

function occurrences(event) {
  if (!event.isRecurring()) return [row(event, event.startDate, event.endDate)];
  const found = [];
  const walker = event.iterator();
  for (let next = walker.next(); next && found.length < most; next = walker.next()) {
    const each = event.getOccurrenceDetails(next);
    found.push(row(each.item, each.startDate, each.endDate));
  }
  return found;
}

// Left to itself, ical.js takes the overrides of every other series for its own.
function overridesOf(vevent, all) {
  if (vevent.hasProperty("recurrence-id")) return [];
  const uid = vevent.getFirstPropertyValue("uid");
  return all.filter((each) => each.hasProperty("recurrence-id") && each.getFirstPropertyValue("uid") === uid);
}

function answer(text) {
  ICAL.design.strict = true;
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const vevents = calendar.getAllSubcomponents("vevent");
  const events = vevents.map((each) => new ICAL.Event(each, { exceptions: overridesOf(each, vevents) }));
  const found = events.filter((event) => !event.isRecurrenceException()).flatMap(occurrences);
  const alone = events.filter((event) => event.isRecurrenceException()).map((event) => event.uid);
  return { found, alone };
}

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = answer(JSON.parse(line).text);
  } catch (error) {
    said = { error: String(error) };
  }
  const escape = (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0");
  process.stdout.write(JSON.stringify(said).replace(/[\u007f-\uffff]/g, escape) + "\n");
}
