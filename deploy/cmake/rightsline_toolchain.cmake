# How every file of ours is compiled: warnings are errors, fast tools where they are present, sanitizers by preset.
option(RIGHTSLINE_TESTS "Build the tests" ON)
option(RIGHTSLINE_BENCH "Build the benchmarks" OFF)
option(RIGHTSLINE_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(RIGHTSLINE_TEST_POINTS "Let tests kill the server at named points; never in a release" OFF)
option(RIGHTSLINE_PCH "Use precompiled headers" ON)
set(RIGHTSLINE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "" FORCE)
endif()

find_program(RIGHTSLINE_CCACHE ccache)
if(RIGHTSLINE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${RIGHTSLINE_CCACHE})  # one cache for all checkouts
endif()
find_program(RIGHTSLINE_MOLD mold)
if(RIGHTSLINE_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(rightsline_flags INTERFACE)
target_compile_options(rightsline_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Woverloaded-virtual -Wnull-dereference
    -Wformat=2 -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(rightsline_flags INTERFACE -Xclang -fno-pch-timestamp)
else()
    # GCC 12 reports these from inside coroutine frames and inlined library code, where no line of ours is at fault.
    target_compile_options(rightsline_flags INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized
        -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
endif()
target_include_directories(rightsline_flags INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")

if(RIGHTSLINE_SANITIZE)
    add_compile_options(-fsanitize=${RIGHTSLINE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${RIGHTSLINE_SANITIZE})
endif()
if(RIGHTSLINE_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
