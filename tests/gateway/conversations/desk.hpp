// Desk: a recording desk in a house, with one recording to bring home.
//
// Threading: one test. Owner: the test.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
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
    /// By a reader: the month's lock is taken off by the server, the rest opens with the circle's key.
    std::string opened() {
        std::ifstream file(desk->blob_path("0a0b"), std::ios::binary);
        std::string stored{std::istreambuf_iterator<char>(file), {}};
        const std::string context = cases::recording_context("fair-food", "0a0b");
        if (private_key().open_stream(context, stored)) {
            return "(opens without its month's key)";
        }
        const auto sealed = tests::run(io, cases::unlock_recording(*vault, context, std::move(stored)));
        const auto plain = sealed ? private_key().open_stream(context, *sealed) : sealed;
        return plain ? *plain : "(does not open)";
    }
    bool empty_folder() const { return std::filesystem::is_empty(blobs.path()); }
};

}  // namespace rightsline::conversations
