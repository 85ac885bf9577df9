# Debian packages: what is listed, what is missing, and installing it without starting anybody's daemon.

# wanted_packages GROUP: "package [unless=NAME]" per line, from deploy/packages.txt.
wanted_packages() { awk -v group="$1" '$1 == group { print $2, ($3 ~ /^unless=/ ? $3 : "") }' "$RIGHTSLINE_ROOT/deploy/packages.txt"; }

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# missing_packages GROUP: names, one per line. Needs no network.
missing_packages() {
    wanted_packages "$1" | while read -r package unless; do
        if [ -n "$unless" ] && command -v "${unless#unless=}" >/dev/null 2>&1; then continue; fi
        is_installed "$package" || printf '%s\n' "$package"
    done
}

# While we install, a policy file tells Debian's scripts to start nothing; whatever was there before comes back,
# also when the installation fails or is interrupted. A file that a killed run of ours left behind is ours to remove.
POLICY=/usr/sbin/policy-rc.d
POLICY_MARK='# put here by rightsline deploy/install for the time of one installation'

forbid_daemons() {
    if as_root grep -qsF "$POLICY_MARK" "$POLICY"; then as_root rm -f "$POLICY"; fi
    if [ -e "$POLICY" ] && [ ! -e "$POLICY.rightsline-kept" ]; then as_root mv "$POLICY" "$POLICY.rightsline-kept"; fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
}

allow_daemons() {
    if as_root grep -qsF "$POLICY_MARK" "$POLICY"; then as_root rm -f "$POLICY"; fi
    if [ -e "$POLICY.rightsline-kept" ]; then as_root mv "$POLICY.rightsline-kept" "$POLICY"; fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 -q -y "$@"; }

# install_packages NAME…: asks the network only here.
install_packages() {
    say "Installing $# Debian packages (on a fresh machine 280 MB to fetch, 1.5 GB on the disk):"
    say "  $*"
    local log brings_redis=no
    log=$(mktemp)
    case " $* " in *" redis-server "*) brings_redis=yes ;; esac
    trap 'allow_daemons' EXIT
    trap 'exit 130' INT TERM HUP
    forbid_daemons
    if ! apt_get update >"$log" 2>&1; then
        say "(The package lists could not be refreshed; trying with those that are here.)"
    fi
    if ! apt_get install --no-install-recommends "$@" >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        die "Debian's packages could not be installed (the end of apt's own words is above; all of them: $log)" \
            "check that this is Debian 12 with its usual sources and a network, then run the same command again"
    fi
    # Ours is started by rightsline itself, on a unix socket; Debian's would come up at the next boot.
    if [ "$brings_redis" = yes ]; then
        as_root deb-systemd-helper disable redis-server.service >/dev/null 2>&1 || true
        as_root update-rc.d redis-server disable >/dev/null 2>&1 || true
    fi
    allow_daemons
    trap - EXIT INT TERM HUP
    rm -f "$log"
}
