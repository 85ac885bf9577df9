# The web console: its libraries and tools from the npm registry at the versions of gateway/console/web/package-lock.json,
# and a Node new enough for them (Debian 12's is 18, they ask for 20). Nothing in those packages is executed at installation.
#
# Kept outside the tree, named by the hash of the lock file: a second clone needs no network. The sources see them through a
# link. C++ needs none of this: without it the server says that it has no console, and does everything else.

WEB_SOURCES="$RIGHTSLINE_ROOT/gateway/console/web"
WEB_DIST="$RIGHTSLINE_ROOT/build/web/dist"

web_folder() {
    local lock
    lock=$(sha256sum "$WEB_SOURCES/package-lock.json" | cut -c1-16)
    if [ "$(id -u)" = 0 ]; then echo "/var/cache/rightsline/web/$lock"; else echo "${HOME:?}/.cache/rightsline/web/$lock"; fi
}

is_new_enough() { "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }

# The machine's own Node when it will do, else the pinned one.
web_node() {
    local node
    for node in "$(command -v node || true)" "$(web_folder)"/node_modules/node-linux-*/bin/node; do
        if [ -n "$node" ] && [ -x "$node" ] && is_new_enough "$node"; then
            echo "$node"
            return 0
        fi
    done
    return 1
}

have_web() { [ -f "$(web_folder)/complete" ] && web_node >/dev/null; }

# fetch_web NPM…: all of the lock file into the folder we are in.
fetch_web() { "$@" ci --ignore-scripts --no-audit --no-fund --loglevel=error; }

# npm leaves out what the Node that runs it is too old for, without a word: the compiled halves of the tools. An old Node
# therefore fetches a new one, and that one everything again.
fetch_web_by_any_node() {
    fetch_web npm || return 1
    if is_new_enough "$(command -v node)"; then return 0; fi
    cp node_modules/node-linux-*/bin/node ./node && fetch_web ./node "$(readlink -f "$(command -v npm)")"
}

# Not having it is not fatal: the demo runs without a console, and the tests that need it say so and count as skipped.
install_web() {
    local folder log
    folder=$(web_folder)
    log="$folder/npm.log"
    say "Fetching the console's libraries and tools from npm into $folder"
    if ! mkdir -p "$folder"; then return 1; fi
    cp "$WEB_SOURCES/package.json" "$WEB_SOURCES/package-lock.json" "$folder/"
    if ! command -v npm >/dev/null 2>&1 ||
        ! (cd "$folder" && fetch_web_by_any_node) >"$log" 2>&1; then
        [ ! -f "$log" ] || tail -n 5 "$log" >&2
        say "npm could not fetch it (its own words are above). Everything but the web console works without it."
        return 1
    fi
    touch "$folder/complete"
}

# The sources find the libraries where every tool of theirs looks.
link_web() {
    local place
    for place in "$WEB_SOURCES/node_modules" "$RIGHTSLINE_ROOT/tests/console/node_modules"; do
        if [ -d "$place" ] && [ ! -L "$place" ]; then continue; fi # somebody ran npm there
        ln -sfn "$(web_folder)/node_modules" "$place"
    done
}

# What the page is made of, in one word: built again only when it changed.
web_state() {
    (cd "$WEB_SOURCES" && find index.html package-lock.json tsconfig.json vite.config.ts scripts src -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-32)
}

# build_web: types checked, pieces written and compressed, budgets kept; into build/web/dist.
build_web() {
    local node state
    have_web || install_web || return 1
    node=$(web_node) || return 1
    state=$(web_state)
    if [ "$(cat "$WEB_DIST/../state" 2>/dev/null)" = "$state" ] && [ -f "$WEB_DIST/index.html" ]; then return 0; fi
    link_web
    rm -f "$WEB_DIST/../state"
    (cd "$WEB_SOURCES" &&
        "$node" node_modules/typescript/bin/tsc -p . &&
        "$node" node_modules/vite/bin/vite.js build --logLevel warn &&
        "$node" scripts/finish.mjs "$WEB_DIST") >&2 || return 1
    echo "$state" >"$WEB_DIST/../state"
}
