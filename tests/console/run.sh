#!/usr/bin/env bash
# One part of the console's tests, for ctest: build | unit | browser | real PROGRAM |
# story PROGRAM EMULATOR CLOCK.
# What is missing is said, and the part counts as skipped (77); with CI=true it fails.
set -euo pipefail
RIGHTSLINE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$RIGHTSLINE_ROOT/deploy/lib/say.sh"
. "$RIGHTSLINE_ROOT/deploy/lib/web.sh"

without() {
    echo "$1"
    if [ "${CI:-}" = true ]; then exit 1; fi
    exit 77
}

# What every part in a browser needs.
have_browser() {
    CONSOLE_CHROMIUM=$(command -v chromium) || without "there is no Chromium: run ./deploy/install with a network"
    export CONSOLE_CHROMIUM
    [ -f "$WEB_DIST/index.html" ] || without "the console is not built: see the test console.build"
}

have_web || without "there is no Node of 20.19 or newer with the console's libraries: run ./deploy/install with a network"
link_web
cd "$WEB_SOURCES"
case "${1:?build, unit, browser, real or story}" in
build) build_web && "$(web_node)" node_modules/typescript/bin/tsc -p . ;;
unit) "$(web_node)" node_modules/vitest/vitest.mjs run ;;
browser)
    have_browser
    CONSOLE_TESTS=browser "$(web_node)" node_modules/vitest/vitest.mjs run
    ;;
real)
    CONSOLE_SERVER=${2:?the program that serves it}
    export CONSOLE_SERVER
    have_browser
    if ! "$CONSOLE_SERVER" demo --help 2>&1 | grep -q -- --console; then
        echo "this program has no listener for people who log in"
        exit 77
    fi
    CONSOLE_TESTS=real "$(web_node)" node_modules/vitest/vitest.mjs run --bail 1
    ;;
story)
    export CONSOLE_SERVER=${2:?the program} CONSOLE_EMULATOR=${3:?the emulated provider} CONSOLE_CLOCK=${4:?the clock that moves}
    have_browser
    CONSOLE_TESTS=story "$(web_node)" node_modules/vitest/vitest.mjs run --bail 1
    ;;
esac
