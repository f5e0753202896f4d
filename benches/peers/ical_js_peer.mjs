// The same work by ical.js: bytes of one calendar file to occurrences, overrides applied, in UTC.
//
// usage: node ical_js_peer.mjs FILE        prints {"occurrences": N}

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const FROM = Date.UTC(2022, 0, 1) / 1000;
const TO = Date.UTC(2027, 5, 1) / 1000;

/** Masters with their overrides, by UID. */
function series(calendar) {
  const byUid = new Map();
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const entry = byUid.get(event.uid) ?? { master: null, overrides: [] };
    if (event.isRecurrenceException()) entry.overrides.push(event);
    else entry.master = event;
    byUid.set(event.uid, entry);
  }
  return byUid.values();
}

function count({ master, overrides }) {
  if (master === null) return overrides.length;
  for (const override of overrides) master.relateException(override);
  if (!master.isRecurring()) return 1;
  let total = 0;
  const iterator = master.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const { startDate, endDate } = master.getOccurrenceDetails(next);
    if (startDate.toUnixTime() < TO && endDate.toUnixTime() > FROM) total += 1;
  }
  return total;
}

const parsed = ICAL.parse(readFileSync(process.argv[2], "utf8"));
const calendars = Array.isArray(parsed[0]) ? parsed : [parsed];
let total = 0;
for (const raw of calendars) {
  const calendar = new ICAL.Component(raw);
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  for (const one of series(calendar)) total += count(one);
}
console.log(JSON.stringify({ occurrences: total }));
