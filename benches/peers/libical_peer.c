/* The same work by libical 3: bytes of one calendar file to expanded occurrences in UTC.
 *
 * usage: libical_peer FILE        prints {"occurrences": N}
 *
 * The window is the one that the other peers use. Overrides are left out of the count, since libical expands
 * every component by itself and leaves joining them to its caller; the slots they stand for are counted. */
#include <libical/ical.h>

#include <stdio.h>
#include <stdlib.h>

static const char *const WINDOW_FROM = "20220101T000000Z";
static const char *const WINDOW_TO = "20270601T000000Z";

static void count_one(icalcomponent *event, struct icaltime_span *span, void *total)
{
    (void)event;
    (void)span;
    *(unsigned long *)total += 1;
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(3);
    }
    size_t used = 0;
    size_t room = 1 << 20;
    char *text = malloc(room);
    while (text != NULL) {
        used += fread(text + used, 1, room - used - 1, file);
        if (feof(file) || ferror(file)) {
            break;
        }
        if (used + 1 == room) {
            room *= 2;
            text = realloc(text, room);
        }
    }
    if (text == NULL || ferror(file)) {
        fprintf(stderr, "%s: could not be read\n", path);
        exit(3);
    }
    text[used] = '\0';
    fclose(file);
    return text;
}

static void expand_calendar(icalcomponent *calendar, unsigned long *total)
{
    const struct icaltimetype from = icaltime_from_string(WINDOW_FROM);
    const struct icaltimetype to = icaltime_from_string(WINDOW_TO);
    icalcompiter at = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; icalcompiter_deref(&at) != NULL; icalcompiter_next(&at)) {
        icalcomponent *event = icalcompiter_deref(&at);
        if (icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) == NULL) {
            icalcomponent_foreach_recurrence(event, from, to, count_one, total);
        }
    }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: libical_peer FILE\n");
        return 2;
    }
    icalerror_set_errors_are_fatal(0);
    icalcomponent *parsed = icalparser_parse_string(read_whole(arguments[1]));
    if (parsed == NULL) {
        fprintf(stderr, "%s: not understood\n", arguments[1]);
        return 3;
    }
    unsigned long total = 0;
    if (icalcomponent_isa(parsed) == ICAL_VCALENDAR_COMPONENT) {
        expand_calendar(parsed, &total);
    } else {
        /* Several calendars in one file come back wrapped in a component of their own. */
        icalcompiter at = icalcomponent_begin_component(parsed, ICAL_VCALENDAR_COMPONENT);
        for (; icalcompiter_deref(&at) != NULL; icalcompiter_next(&at)) {
            expand_calendar(icalcompiter_deref(&at), &total);
        }
    }
    printf("{\"occurrences\": %lu}\n", total);
    fflush(stdout);
    /* Leaves without giving the tree back piece by piece: nobody who reads a file once would. */
    _Exit(0);
}
