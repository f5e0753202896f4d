# The front door. Every recipe is one call that CI, or `cargo xtask`, makes as well.

# What there is
default:
    @just --list --unsorted

# Everything that has to hold: what CI runs
test:
    .ci/run

# The laws of the house that no compiler knows (seconds)
check:
    cargo xtask check

# Rewrite generated pages and snapshots, to be read in `git diff`
bless:
    cargo xtask bless

# What a changed rule would do to recorded calendars
consequences:
    cargo xtask consequences

# Our speed, 1 MB to 1 GB
bench *MEGABYTES:
    cargo xtask bench {{MEGABYTES}}

# The same work by us and by others, in one run
bench-peers *ROUNDS:
    cargo xtask bench-peers {{ROUNDS}}

# The planner beside OR-Tools CP-SAT and HiGHS, in one run
bench-planner *SECONDS:
    cargo xtask bench-planner {{SECONDS}}

# Ten thousand people at 200 requests a second, on both databases
bench-server *PEOPLE:
    cargo xtask bench-server {{PEOPLE}}

# The demo's pages as Lighthouse sees them on a phone (minutes)
lighthouse:
    cargo xtask lighthouse

# Fuzz every target for so many seconds
fuzz SECONDS='60' *TARGET:
    cargo xtask fuzz {{SECONDS}} {{TARGET}}

# The long drills
soak *SECONDS:
    cargo xtask soak {{SECONDS}}

# Tarball and .deb
dist:
    cargo xtask dist

# cargo-deny itself, where it is installed: licences, bans, sources, and advisories
deny:
    cargo deny check
