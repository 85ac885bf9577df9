// Desk: a recording desk in a house, with one recording to bring home.
//
// Threading: one test. Owner: the test.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {

class Desk : public WithTurns {
 protected:
    RecordingJob job() const {
        RecordingJob one;
        one.id = "0a0b";
        one.program = "fair-food";
        one.account = "main";
        one.conversation = "c1";
        one.case_id = "k1";
        one.remote.id = "RE1";
        one.remote.url = "https://provider.example/RE1";
        return one;
    }
    void adopt(const RecordingJob& one) { apply(tests::run(io, desk->adopt(one)).value()); }
    static void let_another_go_first() { std::this_thread::sleep_for(head_start); }
    std::string pending() { return text({"GET", keys.pending_recordings("c1")}); }
    bool on_disk() const { return std::filesystem::exists(desk->blob_path("0a0b")); }
    std::string opened() const {
        std::ifstream file(desk->blob_path("0a0b"), std::ios::binary);
        const std::string sealed{std::istreambuf_iterator<char>(file), {}};
        const auto plain = private_key().open_stream(cases::recording_context("fair-food", "0a0b"), sealed);
        return plain ? *plain : "(does not open)";
    }
    bool empty_folder() const { return std::filesystem::is_empty(blobs.path()); }
};

}  // namespace rightsline::conversations
