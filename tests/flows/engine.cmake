# The engine's tests and what they share with the fuzz target; included by tests/flows/CMakeLists.txt.
rightsline_test(flows_engine_tests
    SOURCES
        conversation_test.cpp
        engine_circles_test.cpp
        engine_danger_test.cpp
        engine_early_number_test.cpp
        engine_late_test.cpp
        engine_long_call_test.cpp
        engine_opening_test.cpp
        engine_person_test.cpp
        engine_proving_test.cpp
        engine_questions_test.cpp
        engine_random_test.cpp
        engine_reports_test.cpp
        engine_return_test.cpp
        engine_short_story_test.cpp
        engine_stop_test.cpp
        engine_test.cpp
        engine_text_test.cpp
        engine_ussd_test.cpp
        engine_voice_test.cpp
        pack_builder.cpp
        random_play.cpp
        scripted_test.cpp
    USES flows
    LABELS unit
)
