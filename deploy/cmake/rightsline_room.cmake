# A room is one static library named after its folder; a test binary is one folder of tests.
function(rightsline_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PUBLIC ${ROOM_USES} ${ROOM_LIBRARIES} PRIVATE rightsline_flags)
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    rightsline_use_precompiled(${name} precompiled_shell ${name})
endfunction()

function(rightsline_test name)
    cmake_parse_arguments(TEST "ALONE" "" "SOURCES;USES;LABELS" ${ARGN})  # ALONE: no other test beside it
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE ${TEST_USES} rightsline_flags GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${name} PRIVATE RIGHTSLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        RIGHTSLINE_BINARY_DIR="${PROJECT_BINARY_DIR}")
    rightsline_use_precompiled(${name} precompiled_tests ${TEST_USES})
    include(GoogleTest)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${TEST_LABELS}" RUN_SERIAL ${TEST_ALONE})
endfunction()
