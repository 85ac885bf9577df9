# Plain words to the person in front of the terminal. Talk goes to stderr; stdout is for data.

say() { printf '%s\n' "$*" >&2; }
step() { printf '\n== %s\n' "$*" >&2; }

# die SENTENCE [MEND]: what is wrong, and what to do about it.
die() {
    printf '\nStopped: %s\n' "$1" >&2
    if [ $# -gt 1 ]; then printf 'What to do: %s\n' "$2" >&2; fi
    exit 1
}

# as_root COMMAND…: directly when we are root, otherwise through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo -- "$@"
    else
        die "This step needs root: $1" "run the same command again as root, or install sudo first"
    fi
}
