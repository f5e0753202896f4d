//! How CalDAV servers and free clients write: cases in the style of each.

use crate::show::check;

#[test]
fn nextcloud_and_sabre_name_principals_and_give_the_address_beside() {
    check(
        r#"
        BEGIN:VCALENDAR
        PRODID:-//IDN nextcloud.com//Calendar app 4.7//EN
        BEGIN:VEVENT
        CREATED:20260101T120000Z
        DTSTAMP:20260301T090000Z
        SEQUENCE:3
        UID:b7
        DTSTART;TZID=Europe/Berlin:20260303T100000
        DURATION:PT30M
        STATUS:TENTATIVE
        SUMMARY:1:1
        ORGANIZER;CN=Maya;EMAIL=maya@example.com:/remote.php/dav/principals/users/maya/
        ATTENDEE;CN=Ben;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;EMAIL=ben@example.com:https://cloud.example.com/principals/users/ben
        ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:assistant@example.com":urn:uuid:53AA
        RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260303T090000
        END:VEVENT
        BEGIN:VEVENT
        UID:bday
        DTSTART;VALUE=DATE:20000102
        SUMMARY:🎂 Ben
        X-NEXTCLOUD-BC-FIELD-TYPE:BDAY
        END:VEVENT
        END:VCALENDAR
        "#,
        r#"
        "b7" "1:1"
        20260303T100000[Europe/Berlin] to 0 days 1800 seconds later
        instead of 20260303T090000[Europe/Berlin] and all after
        Tentative
        sequence 3
        stamp 2026-03-01T09:00:00Z
        created 2026-01-01T12:00:00Z
        organizer maya@example.com "Maya"
        attendee ben@example.com "Ben" Accepted
        attendee urn:uuid:53aa "" Accepted by assistant@example.com

        "bday" "🎂 Ben"
        20000102 to unsaid
        kind Birthday
        "#,
    );
}

#[test]
fn zimbra_defines_zones_of_its_own_name_and_delegates_send_for_others() {
    let calendar = check(
        r#"
        BEGIN:VCALENDAR
        X-WR-CALNAME:Calendar
        X-WR-CALID:6e1b:10
        PRODID:Zimbra-Calendar-Provider
        VERSION:2.0
        METHOD:PUBLISH
        BEGIN:VTIMEZONE
        TZID:(GMT-05.00) Somewhere
        BEGIN:STANDARD
        DTSTART:16010101T020000
        TZOFFSETTO:-0500
        TZOFFSETFROM:-0400
        RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=11;BYDAY=1SU
        TZNAME:EST
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETTO:-0400
        TZOFFSETFROM:-0500
        RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=3;BYDAY=2SU
        TZNAME:EDT
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:z1
        SUMMARY:1:1
        ATTENDEE;CN=Ben;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:ben@example.com
        ORGANIZER;CN=Maya;SENT-BY="mailto:pa@example.com":mailto:maya@example.com
        DTSTART;TZID="(GMT-05.00) Somewhere":20260707T100000
        DTEND;TZID="(GMT-05.00) Somewhere":20260707T103000
        STATUS:CANCELLED
        X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
        EXDATE;TZID="(GMT-05.00) Somewhere":20260106T100000,20260113T100000
        DTSTAMP:20260301T090000Z
        END:VEVENT
        END:VCALENDAR
        "#,
        r#"
        "z1" "1:1"
        20260707T100000[own -04] to 20260707T103000[own -04]
        not 20260106T100000[own -05]
        not 20260113T100000[own -05]
        Cancelled
        stamp 2026-03-01T09:00:00Z
        organizer maya@example.com "Maya" by pa@example.com
        attendee ben@example.com "Ben" Tentative Optional
        "#,
    );
    assert_eq!(calendar.warnings, []);
}

#[test]
fn fastmail_cuts_its_zones_to_the_years_of_the_event() {
    let calendar = check(
        r"
        BEGIN:VCALENDAR
        PRODID:-//CyrusIMAP.org/Cyrus 3.11//EN
        BEGIN:VTIMEZONE
        TZID:Australia/Melbourne
        TZUNTIL:20260404T160000Z
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+1000
        TZOFFSETTO:+1100
        DTSTART:20251005T020000
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VTIMEZONE
        TZID:Custom/Melbourne
        TZUNTIL:20260404T160000Z
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+1000
        TZOFFSETTO:+1100
        DTSTART:20251005T020000
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:f1
        DTSTART;TZID=Australia/Melbourne:20260303T100000
        DTEND;TZID=Custom/Melbourne:20260303T103000
        END:VEVENT
        BEGIN:VEVENT
        UID:f2
        DTSTART;TZID=Custom/Melbourne:20250303T100000
        END:VEVENT
        END:VCALENDAR
        ",
        r#"
        "f1" ""
        20260303T100000[Australia/Melbourne] to 20260303T103000[own +11]

        "f2" ""
        20250303T100000[own +10] to unsaid
        "#,
    );
    assert_eq!(calendar.warnings, []);
}

#[test]
fn thunderbird_prefixes_olson_names_and_bridges_tell_the_type() {
    let calendar = check(
        r"
        BEGIN:VCALENDAR
        PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
        VERSION:2.0
        BEGIN:VEVENT
        CREATED:20260101T120000Z
        DTSTAMP:20260301T090000Z
        UID:t1
        DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260303T100000
        DTEND;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260303T103000
        RDATE;TZID=/mozilla.org/20050126_1/Europe/Berlin;VALUE=PERIOD:20260310T100000/20260310T110000,20260317T100000/PT1H
        EXRULE:FREQ=MONTHLY
        TRANSP:TRANSPARENT
        X-MOZ-GENERATION:3
        END:VEVENT
        BEGIN:VEVENT
        UID:t2
        DTSTART:20260303T100000
        X-GOOGLE-EVENT-TYPE:outOfOffice
        END:VEVENT
        BEGIN:VEVENT
        UID:t3
        DTSTART:20260303T100000
        X-GOOGLE-EVENT-TYPE:focusTime
        END:VEVENT
        BEGIN:VEVENT
        UID:t4
        DTSTART:20260303T100000
        X-GOOGLE-EVENT-TYPE:workingLocation
        END:VEVENT
        BEGIN:VEVENT
        UID:t5
        DTSTART:20260303T100000Z
        CATEGORIES:Red category,Vacation
        END:VEVENT
        END:VCALENDAR
        ",
        r#"
        "t1" ""
        20260303T100000[Europe/Berlin] to 20260303T103000[Europe/Berlin]
        except rule FREQ=MONTHLY
        also 20260310T100000[Europe/Berlin] to 20260310T110000[Europe/Berlin]
        also 20260317T100000[Europe/Berlin] to 0 days 3600 seconds later
        stamp 2026-03-01T09:00:00Z
        created 2026-01-01T12:00:00Z
        Free

        "t2" ""
        20260303T100000 to unsaid
        kind OutOfOffice

        "t3" ""
        20260303T100000 to unsaid
        kind FocusTime

        "t4" ""
        20260303T100000 to unsaid
        kind WorkingLocation

        "t5" ""
        20260303T100000Z to unsaid
        kind OutOfOffice
        "#,
    );
    assert_eq!(calendar.warnings, []);
}
