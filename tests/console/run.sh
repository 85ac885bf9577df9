#!/usr/bin/env bash
# One part of the console's tests, for ctest: build | unit | browser.
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

have_web || without "there is no Node of 20.19 or newer with the console's libraries: run ./deploy/install with a network"
link_web
cd "$WEB_SOURCES"
case "${1:?build, unit or browser}" in
build) build_web && "$(web_node)" node_modules/typescript/bin/tsc -p . ;;
unit) "$(web_node)" node_modules/vitest/vitest.mjs run ;;
browser)
    CONSOLE_CHROMIUM=$(command -v chromium) || without "there is no Chromium: run ./deploy/install with a network"
    [ -f "$WEB_DIST/index.html" ] || without "the console is not built: see the test console.build"
    CONSOLE_TESTS=browser CONSOLE_CHROMIUM=$CONSOLE_CHROMIUM "$(web_node)" node_modules/vitest/vitest.mjs run
    ;;
esac
