"""Of the description of Microsoft Graph, what concerns a calendar: <folder with the package> <file to write>."""

import sys, tarfile, glob, json
BELOW = ['calendarView', 'calendarView/microsoft.graph.delta()', 'events', 'events/{event-id}', 'events/{event-id}/instances'] + \
    ['events/{event-id}/microsoft.graph.' + answer for answer in ('accept', 'decline', 'tentativelyAccept')]
packed = tarfile.open(glob.glob(sys.argv[1] + '/*.tgz')[0])
whole = json.load(packed.extractfile('package/api/microsoft.com/graph.json'))
paths = {whose + '/' + path: whole['paths'][whose + '/' + path] for whose in ('/me', '/users/{user-id}') for path in BELOW}
kept, left = {}, [paths]
while left:
    about = left.pop()
    if isinstance(about, list):
        left.extend(about)
    elif isinstance(about, dict):
        left.extend(about.values())
        kind, _, name = str(about.get('$ref', '')).removeprefix('#/components/').partition('/')
        if name and name not in kept.setdefault(kind, {}):
            kept[kind][name] = whole['components'][kind][name]
            left.append(kept[kind][name])
json.dump({'paths': paths, 'components': kept}, open(sys.argv[2], 'w'))
