# The engine's tests: included by tests/flows/CMakeLists.txt.
rightsline_test(flows_engine_tests
    SOURCES
        conversation_test.cpp
        engine_test.cpp
        engine_text_test.cpp
        engine_ussd_test.cpp
        engine_voice_test.cpp
        pack_builder.cpp
    USES flows
    LABELS unit
)
