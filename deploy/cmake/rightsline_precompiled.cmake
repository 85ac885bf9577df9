# Headers that nearly every file of the shell and of its tests includes: Asio's coroutines, the everyday part of the
# standard library, GoogleTest. Compiled once, used by every room above net and by the tests of such rooms. A file still
# includes what it needs: the preset gcc builds everything without. Clang only: GCC wants the very same macros everywhere.
set(RIGHTSLINE_PRECOMPILES OFF)
if(RIGHTSLINE_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(RIGHTSLINE_PRECOMPILES ON)
endif()
set(RIGHTSLINE_LOOP_ROOMS redis ops net http vault providers stores spool health access cases conversations hooks api console cli app
    tests_support tests_e2e_support)

function(rightsline_precompiled name)
    set(empty "${PROJECT_BINARY_DIR}/generated/${name}.cpp")
    file(CONFIGURE OUTPUT "${empty}" CONTENT "")
    add_library(${name} OBJECT "${empty}")
    target_link_libraries(${name} PRIVATE rightsline_flags rightsline_asio)
    target_precompile_headers(${name} PRIVATE
        <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
        <string_view> <utility> <variant> <vector>
        <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
        <boost/asio/io_context.hpp> <boost/asio/steady_timer.hpp> <boost/asio/this_coro.hpp>
        <boost/asio/use_awaitable.hpp> <boost/system/result.hpp> ${ARGN})
endfunction()

if(RIGHTSLINE_PRECOMPILES)
    rightsline_precompiled(precompiled_shell)
    if(RIGHTSLINE_TESTS)
        rightsline_precompiled(precompiled_tests <gmock/gmock.h> <gtest/gtest.h>)
        target_link_libraries(precompiled_tests PRIVATE GTest::gtest GTest::gmock)
    endif()
endif()

# Lets target `name` use what `from` holds, when it is one of the loop's rooms or uses one.
function(rightsline_use_precompiled name from)
    foreach(room ${ARGN})
        if(RIGHTSLINE_PRECOMPILES AND room IN_LIST RIGHTSLINE_LOOP_ROOMS)
            target_precompile_headers(${name} REUSE_FROM ${from})
            return()
        endif()
    endforeach()
endfunction()
