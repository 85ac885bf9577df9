#!/usr/bin/env bash
# The installer's promises, without installing anything: commands parse, options are told, and the policy file that
# keeps daemons from starting is taken back whatever happens.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
expect() { # WHAT COMMAND…
    local what=$1
    shift
    if ! "$@"; then echo "not true: $what"; bad=1; fi
}
refuse() { local what=$1; shift; if "$@"; then echo "not true: $what"; bad=1; fi; }

for script in install run test lint lib/*.sh; do
    for file in "$root"/deploy/$script; do expect "${file#"$root"/} parses" bash -n "$file"; done
done
expect "fuzz/run.sh parses" bash -n "$root/tests/fuzz/run.sh"
for command in install run test lint; do
    expect "deploy/$command --help explains itself" grep -q usage <("$root/deploy/$command" --help 2>&1)
done
for command in install test lint; do
    refuse "deploy/$command accepts an unknown option" "$root/deploy/$command" --no-such-option 2>/dev/null
done
refuse "--fuzz accepts a word" "$root/deploy/test" --fuzz long 2>/dev/null

double=$(awk '/^(build|oracle|run) / { print $1, $2 }' "$root/deploy/packages.txt" | sort | uniq -d)
expect "packages.txt names nothing twice ($double)" test -z "$double"

# A stand-in for Debian: apt does what $APT says, the policy file lies in our own folder.
cat >"$work/session.sh" <<'SESSION'
set -euo pipefail
RIGHTSLINE_ROOT=$1 POLICY_FILE=$2 APT=$3
. "$RIGHTSLINE_ROOT/deploy/lib/say.sh"
. "$RIGHTSLINE_ROOT/deploy/lib/packages.sh"
POLICY=$POLICY_FILE
as_root() { case "$1" in deb-systemd-helper | update-rc.d) ;; *) "$@" ;; esac; }
apt_get() {
    [ "$1" = install ] || return 0
    "$POLICY" && { echo "a daemon could start" >"$POLICY.seen"; return 0; }
    [ $? = 101 ] && echo forbidden >"$POLICY.seen"
    case "$APT" in works) ;; fails) return 100 ;; killed) kill -TERM $$ ;; esac
}
install_packages redis-server
SESSION
for how in works fails killed; do
    for before in none theirs ours; do
        policy=$work/policy-$how-$before
        case "$before" in
        theirs) printf '#!/bin/sh\nexit 0\n# theirs\n' >"$policy"; chmod +x "$policy" ;;
        ours) printf '#!/bin/sh\n# put here by rightsline deploy/install for the time of one installation\nexit 101\n' >"$policy" ;;
        esac
        status=0
        bash "$work/session.sh" "$root" "$policy" "$how" >/dev/null 2>&1 || status=$?
        expect "$how/$before: no daemon could start" grep -qs forbidden "$policy.seen"
        if [ "$how" = works ]; then expect "$how/$before: succeeds" test "$status" = 0; else refuse "$how/$before: reports the failure" test "$status" = 0; fi
        if [ "$before" = theirs ]; then
            expect "$how/$before: theirs is back" grep -qs theirs "$policy"
        else
            refuse "$how/$before: ours is left behind" test -e "$policy"
        fi
        refuse "$how/$before: a copy is left behind" test -e "$policy.rightsline-kept"
    done
done

# Without npm and a network one test is skipped; the installation itself succeeds.
cat >"$work/offline.sh" <<'OFFLINE'
missing_packages() { [ "$1" != oracle ] || echo npm; }
have_phonenumber_headers() { return 0; }
have_oracle() { return 1; }
install_oracle() { echo "npm is asked although it is not there" >&2; exit 1; }
install_packages() { die "no network"; }
OFFLINE
sed -e 's/^oracle=yes/. "$OFFLINE"; &/' -e 's/"${BASH_SOURCE\[0\]}"/"$INSTALL"/' "$root/deploy/install" >"$work/install"
status=0
OFFLINE="$work/offline.sh" INSTALL="$root/deploy/install" bash "$work/install" >"$work/install.log" 2>&1 || status=$?
expect "without npm and a network the installation succeeds" test "$status" = 0
expect "without npm and a network it says what is skipped" grep -q "oracle tests will be skipped" "$work/install.log"

# Draft audio: every program once, and a failure of one is told without leaving out the others.
mkdir -p "$work/tree/flows/first" "$work/tree/flows/second" "$work/tree/flows/notes"
touch "$work/tree/flows/first/program.yaml" "$work/tree/flows/second/program.yaml"
printf '#!/bin/sh\necho "$4" >>"%s/spoken"\n[ "$4" != "$FAILS" ]\n' "$work" >"$work/speaker"
chmod +x "$work/speaker"
speak() { (RIGHTSLINE_ROOT=$work/tree; . "$root/deploy/lib/say.sh"; . "$root/deploy/lib/audio.sh"; rm -f "$work/spoken"; draft_audio "$work/speaker" 2>/dev/null); }
FAILS=none expect "drafts succeed" speak
expect "drafts are made for both programs" test "$(tr '\n' ' ' <"$work/spoken")" = "flows/first flows/second "
FAILS=flows/first refuse "a failed draft is a success" speak
expect "the second program is not left out" grep -q second "$work/spoken"
[ "$bad" = 0 ] && echo "the commands keep their promises"
exit "$bad"
