# Configuring and building one preset. ccache and mold are used where they are (deploy/cmake/rightsline_toolchain.cmake).

# build PRESET [CMAKE-BUILD-ARGUMENT…]: as many jobs as there are processors.
build() {
    local preset=$1 log
    shift
    cd "$RIGHTSLINE_ROOT"
    mkdir -p "build/$preset"
    log="build/$preset/configure.log"
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        tail -n 25 "$log" >&2
        die "CMake could not configure the preset '$preset' (its own words are above; all of them: $log)" \
            "if a package is named, run ./deploy/install; if the machine was upgraded, remove build/$preset and try again"
    fi
    if ! cmake --build --preset "$preset" -j "$(nproc)" "$@" >&2; then
        die "The preset '$preset' does not compile (the compiler's own words are above)" \
            "mend what it names and run the same command again; if it was killed for want of memory, try CMAKE_BUILD_PARALLEL_LEVEL=1 cmake --build --preset $preset -j1"
    fi
}
