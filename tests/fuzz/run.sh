#!/usr/bin/env bash
# Runs every built fuzz target for so many seconds from its seeds. A finding stops with the input that shows it.
#
#   tests/fuzz/run.sh SECONDS [BUILD_FOLDER [TARGET…]]      the folder is build/fuzz unless told
#
# What a run learns stays in BUILD_FOLDER/corpus/TARGET; the seeds in the tree are read and never written. An input
# that broke something belongs into tests/fuzz/seeds/TARGET, where every later run starts with it. README.md has the figures.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seconds=${1:-}
case "$seconds" in
'' | *[!0-9]*) echo "usage: tests/fuzz/run.sh SECONDS [BUILD_FOLDER [TARGET…]]" >&2; exit 2 ;;
esac
folder=$(cd "${2:-$here/../../build/fuzz}" && pwd)
shift; [ $# -eq 0 ] || shift

# The longest input: texts and requests are bounded in the program too, and longer ones only slow the search.
longest() {
    case "$1" in
    http_fuzz) echo 16384 ;;
    yaml_fuzz | form_fuzz | signature_fuzz) echo 8192 ;;
    engine_fuzz) echo 4096 ;;
    segments_fuzz) echo 480 ;;
    *) echo 256 ;;
    esac
}

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in "$here"/*_fuzz.cpp; do
        [ -e "$source" ] && targets+=("$(basename "$source" .cpp)")
    done
fi
[ ${#targets[@]} -gt 0 ] || { echo "There is no fuzz target in tests/fuzz." >&2; exit 1; }

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0:allocator_may_return_null=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
export ASAN_SYMBOLIZER_PATH=${ASAN_SYMBOLIZER_PATH:-$(command -v llvm-symbolizer-19 || true)}
bad=0
for target in "${targets[@]}"; do
    program="$folder/tests/fuzz/$target"
    if [ ! -x "$program" ]; then
        echo "$target: was not built; run: cmake --preset fuzz && cmake --build --preset fuzz --target fuzzers" >&2
        bad=$((bad + 1))
        continue
    fi
    corpus="$folder/corpus/$target" found="$folder/findings/$target-" log="$folder/corpus/$target.log"
    mkdir -p "$corpus" "$folder/findings"
    seeds=()
    if [ -d "$here/seeds/$target" ]; then seeds=("$here/seeds/$target"); else echo "$target: has no seeds" >&2; fi
    dictionary=()
    if [ -f "$here/seeds/$target.dict" ]; then dictionary=("-dict=$here/seeds/$target.dict"); fi
    if (cd "$folder" && "$program" -max_total_time="$seconds" -max_len="$(longest "$target")" -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$found" "${dictionary[@]}" "$corpus" "${seeds[@]}") >"$log" 2>&1; then
        echo "$target: no finding in $seconds s, $(awk '/number_of_executed_units/ { print $2 }' "$log") runs," \
            "$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -d ' ' -f 2) edges, $(find "$corpus" -type f | wc -l) inputs kept"
    else
        sed -n '/^==.*ERROR\|runtime error/,$p' "$log" | head -n 80 >&2
        echo "$target: FINDING; the input is in $folder/findings, the whole log in $log" >&2
        bad=$((bad + 1))
    fi
done
exit $((bad > 0))
