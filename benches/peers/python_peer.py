"""The same work by icalendar and recurring-ical-events: bytes of one calendar file to occurrences.

usage: python_peer.py FILE        prints {"occurrences": N}
"""

import json
import sys
from datetime import datetime, timezone

import icalendar
import recurring_ical_events

WINDOW = (
    datetime(2022, 1, 1, tzinfo=timezone.utc),
    datetime(2027, 6, 1, tzinfo=timezone.utc),
)


def main(path: str) -> None:
    with open(path, "rb") as file:
        calendars = icalendar.Calendar.from_ical(file.read(), multiple=True)
    total = 0
    for calendar in calendars:
        for _ in recurring_ical_events.of(calendar).between(*WINDOW):
            total += 1
    print(json.dumps({"occurrences": total}))


if __name__ == "__main__":
    main(sys.argv[1])
