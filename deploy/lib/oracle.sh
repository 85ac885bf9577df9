# The oracle: Twilio's own SDK, Prism for Twilio's OpenAPI, and a Node new enough for them (Debian 12's is 18, the SDK
# asks for 20), from the npm registry at the versions of deploy/oracle/package-lock.json. Nothing in those packages is
# executed at installation.
#
# Kept outside the tree, named by the hash of the lock file: a second clone needs no network.
#   ORACLE_MODULES  …/node_modules        ORACLE_NODE  the pinned Node

oracle_folder() {
    local lock
    lock=$(sha256sum "$RIGHTSLINE_ROOT/deploy/oracle/package-lock.json" | cut -c1-16)
    if [ "$(id -u)" = 0 ]; then echo "/var/cache/rightsline/oracle/$lock"; else echo "${HOME:?}/.cache/rightsline/oracle/$lock"; fi
}

oracle_node() { ls "$(oracle_folder)"/node_modules/node-linux-*/bin/node 2>/dev/null | head -n 1; }

have_oracle() {
    local node
    node=$(oracle_node)
    [ -n "$node" ] && [ -f "$(oracle_folder)/complete" ] && "$node" --version >/dev/null 2>&1
}

# Not having it is not fatal here: the tests that need it say so and count as skipped (as failed when CI=true).
install_oracle() {
    local folder log
    folder=$(oracle_folder)
    say "Fetching Twilio's SDK, Prism and their Node from npm into $folder"
    mkdir -p "$folder"
    log="$folder/npm.log"
    cp "$RIGHTSLINE_ROOT/deploy/oracle/package.json" "$RIGHTSLINE_ROOT/deploy/oracle/package-lock.json" "$folder/"
    if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        say "npm could not fetch it (its own words are above; all of them: $log)."
        say "Everything else works without it; the oracle tests will be skipped until ./deploy/install is run with a network."
        return 1
    fi
    touch "$folder/complete"
}

# export_oracle: where the tests find it.
export_oracle() {
    if have_oracle; then
        ORACLE_MODULES="$(oracle_folder)/node_modules"
        ORACLE_NODE="$(oracle_node)"
        export ORACLE_MODULES ORACLE_NODE
    fi
}
