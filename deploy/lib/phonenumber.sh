# libphonenumber's headers. Its -dev package pulls Boost 1.74, which cannot live beside Boost 1.81's headers; so the
# package is downloaded, not installed, and its headers are unpacked into a cache folder that CMake knows
# (deploy/cmake/rightsline_libraries.cmake).

phonenumber_cache() {
    if [ "$(id -u)" = 0 ]; then echo /var/cache/rightsline/phonenumber; else echo "${HOME:?}/.cache/rightsline/phonenumber"; fi
}

# have_phonenumber_headers: for the version of the library that is installed.
have_phonenumber_headers() {
    local folder version
    version=$(dpkg-query -W -f '${Version}' libphonenumber8 2>/dev/null) || return 1
    for folder in /var/cache/rightsline/phonenumber "${HOME:-/nonexistent}/.cache/rightsline/phonenumber"; do
        if [ -f "$folder/usr/include/phonenumbers/phonenumberutil.h" ] && [ "$(cat "$folder/version" 2>/dev/null)" = "$version" ]; then
            return 0
        fi
    done
    return 1
}

install_phonenumber_headers() {
    local cache version work
    cache=$(phonenumber_cache)
    version=$(dpkg-query -W -f '${Version}' libphonenumber8)
    say "Fetching the headers of libphonenumber $version into $cache"
    work=$(mktemp -d)
    if ! (cd "$work" && apt-get -q -o APT::Sandbox::User=root download "libphonenumber-dev=$version") >"$work/log" 2>&1; then
        # The lists may be older than the library, or have been cleaned away.
        apt_get update >>"$work/log" 2>&1 || true
        if ! (cd "$work" && apt-get -q -o APT::Sandbox::User=root download "libphonenumber-dev=$version") >>"$work/log" 2>&1; then
            tail -n 8 "$work/log" >&2
            rm -rf "$work"
            die "The headers of libphonenumber could not be downloaded (apt's own words are above)" \
                "check the network, then run the same command again; it goes on where it stopped"
        fi
    fi
    dpkg-deb -x "$work"/libphonenumber-dev_*.deb "$work/tree"
    mkdir -p "$cache"
    rm -rf "$cache/usr"
    mv "$work/tree/usr" "$cache/usr"
    printf '%s\n' "$version" >"$cache/version"
    rm -rf "$work"
}
