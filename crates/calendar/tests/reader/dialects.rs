//! One case per producer, written in its manner.

use crate::show::check;

#[test]
fn google_names_iana_zones_and_leaves_out_what_kind_of_event_it_is() {
    let calendar = check(
        r"
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:maya@example.com
        X-WR-TIMEZONE:Europe/Paris
        BEGIN:VTIMEZONE
        TZID:Europe/Paris
        X-LIC-LOCATION:Europe/Paris
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Paris:20260303T100000
        DTEND;TZID=Europe/Paris:20260303T103000
        RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20261231T225959Z;BYDAY=TU
        EXDATE;TZID=Europe/Paris:20260310T100000
        EXDATE;TZID=Europe/Paris:20260317T100000
        DTSTAMP:20260401T080000Z
        ORGANIZER;CN=Maya Lind:mailto:maya@example.com
        UID:4k2v@google.com
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Maya L
        > ind;X-NUM-GUESTS=0:mailto:maya@example.com
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=be
        > n@example.com;X-NUM-GUESTS=0:mailto:ben@example.com
        ATTENDEE;CUTYPE=RESOURCE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Room 4;X
        > -NUM-GUESTS=0:mailto:c_188@resource.calendar.google.com
        CREATED:20260101T120000Z
        DESCRIPTION:Agenda\, notes\nhttps://example.com/?a=1:2;3
        LAST-MODIFIED:20260311T070000Z
        LOCATION:
        SEQUENCE:1
        STATUS:CONFIRMED
        SUMMARY:1:1 Maya / Ben
        TRANSP:OPAQUE
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:This is an event reminder
        SUMMARY:not the event's
        TRIGGER:-P0DT0H10M0S
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20260401
        DTEND;VALUE=DATE:20260404
        DTSTAMP:20260401T080000Z
        UID:ooo@google.com
        STATUS:CONFIRMED
        SUMMARY:Out of office
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
        ",
        r#"
        "4k2v@google.com" "1:1 Maya / Ben"
        20260303T100000[Europe/Paris] to 20260303T103000[Europe/Paris]
        rule FREQ=WEEKLY;WKST=MO;UNTIL=20261231T225959Z;BYDAY=TU
        not 20260310T100000[Europe/Paris]
        not 20260317T100000[Europe/Paris]
        sequence 1
        stamp 2026-04-01T08:00:00Z
        created 2026-01-01T12:00:00Z
        modified 2026-03-11T07:00:00Z
        organizer maya@example.com "Maya Lind"
        attendee maya@example.com "Maya Lind" Accepted
        attendee ben@example.com "ben@example.com"
        attendee c_188@resource.calendar.google.com "Room 4" Accepted Resource

        "ooo@google.com" "Out of office"
        20260401 to 20260404
        stamp 2026-04-01T08:00:00Z
        Free
        "#,
    );
    assert_eq!(calendar.name.as_deref(), Some("maya@example.com"));
    assert_eq!(
        calendar.producer.as_deref(),
        Some("-//Google Inc//Google Calendar 70.9054//EN")
    );
    assert_eq!(calendar.method.as_deref(), Some("PUBLISH"));
    let zone = calendar.zone.unwrap();
    assert_eq!(zone.iana_name(), Some("Europe/Paris"));
    assert!(calendar.is_calendar && calendar.complete);
    assert_eq!(calendar.warnings, []);
}

#[test]
fn outlook_names_windows_zones_shouts_mailto_and_says_how_busy() {
    let calendar = check(
        r#"
        BEGIN:VCALENDAR
        METHOD:REQUEST
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ORGANIZER;CN="Lind, Maya":MAILTO:Maya@Example.com
        ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="'ben@exa
        > mple.com'":MAILTO:ben@example.com
        DESCRIPTION;LANGUAGE=en-US:Hello\n
        RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU
        UID:040000008200E00074C5B7101A82E008
        SUMMARY;LANGUAGE=en-US:1:1\, every other week
        DTSTART;TZID=W. Europe Standard Time:20260303T100000
        DTEND;TZID=W. Europe Standard Time:20260303T103000
        CLASS:PUBLIC
        DTSTAMP:20260301T090000Z
        TRANSP:OPAQUE
        SEQUENCE:0
        X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
        X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
        END:VEVENT
        BEGIN:VEVENT
        UID:vacation
        DTSTART;VALUE=DATE:20260401
        SUMMARY:Away
        X-MICROSOFT-CDO-BUSYSTATUS:OOF
        END:VEVENT
        BEGIN:VEVENT
        UID:home
        DTSTART;VALUE=DATE:20260402
        X-MICROSOFT-CDO-INTENDEDSTATUS:WORKINGELSEWHERE
        END:VEVENT
        END:VCALENDAR
        "#,
        r#"
        "040000008200E00074C5B7101A82E008" "1:1, every other week"
        20260303T100000[Europe/Berlin] to 20260303T103000[Europe/Berlin]
        rule FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU
        stamp 2026-03-01T09:00:00Z
        organizer maya@example.com "Lind, Maya"
        attendee ben@example.com "ben@example.com"
        Tentative

        "vacation" "Away"
        20260401 to unsaid
        OutOfOffice
        kind OutOfOffice

        "home" ""
        20260402 to unsaid
        WorkingElsewhere
        "#,
    );
    assert_eq!(calendar.method.as_deref(), Some("REQUEST"));
    assert_eq!(calendar.warnings, []);
}

#[test]
fn apple_writes_the_whole_history_of_a_zone_and_hides_addresses() {
    let calendar = check(
        r#"
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        PRODID:-//Apple Inc.//macOS 15.1//EN
        VERSION:2.0
        X-APPLE-CALENDAR-COLOR:#1BADF8
        X-WR-CALNAME:Work
        BEGIN:VTIMEZONE
        TZID:Europe/Stockholm
        BEGIN:STANDARD
        DTSTART:19960101T000000
        RDATE:19960101T000000
        TZNAME:CET
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0100
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19810329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        TZNAME:CEST
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19961027T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        TZNAME:CET
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;CN="Maya Lind";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=CHAIR:/aM
        > TAwMDAw/principal/
        ATTENDEE;CN="Ben";CUTYPE=INDIVIDUAL;EMAIL="ben@example.com";PARTSTAT=DECLI
        > NED:mailto:2_GEZDGNBVGY@imip.me.com
        CREATED:20260101T120000Z
        DTEND;TZID=Europe/Stockholm:20260303T103000
        DTSTAMP:20260301T090000Z
        DTSTART;TZID=Europe/Stockholm:20260303T100000
        LAST-MODIFIED:20260301T090000Z
        ORGANIZER;CN="Maya Lind";EMAIL="maya@example.com":/aMTAwMDAw/principal/
        RECURRENCE-ID;TZID=Europe/Stockholm:20260303T090000
        SEQUENCE:2
        SUMMARY:1–1 Maya
        TRANSP:OPAQUE
        UID:8F2B6A44-0000-4000-8000-000000000001
        URL;VALUE=URI:
        X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Room: 4;5":geo:59.3,18.0
        END:VEVENT
        BEGIN:VEVENT
        UID:birthday
        DTSTART;VALUE=DATE;X-APPLE-OMIT-YEAR=1604:16040405
        RRULE:FREQ=YEARLY
        SUMMARY:Ben’s birthday
        X-APPLE-SPECIAL-DAY:BIRTHDAY
        END:VEVENT
        END:VCALENDAR
        "#,
        r#"
        "8F2B6A44-0000-4000-8000-000000000001" "1–1 Maya"
        20260303T100000[Europe/Stockholm] to 20260303T103000[Europe/Stockholm]
        instead of 20260303T090000[Europe/Stockholm]
        sequence 2
        stamp 2026-03-01T09:00:00Z
        created 2026-01-01T12:00:00Z
        modified 2026-03-01T09:00:00Z
        organizer maya@example.com "Maya Lind"
        attendee /amtawmdaw/principal/ "Maya Lind" Accepted Chair
        attendee ben@example.com "Ben" Declined

        "birthday" "Ben’s birthday"
        16040405 to unsaid
        rule FREQ=YEARLY
        kind Birthday
        "#,
    );
    assert_eq!(calendar.warnings, []);
}
