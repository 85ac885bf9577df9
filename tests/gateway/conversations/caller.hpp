// Caller: somebody who calls, presses, speaks and hangs up, in a house.
//
// Threading: one test. Owner: the test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {

class Caller : public WithTurns {
 protected:
    providers::Inbound of_call(providers::Hook hook, std::string identity, flows::Event event) const {
        providers::Inbound inbound;
        inbound.hook = hook;
        inbound.mode = flows::Mode::voice;
        inbound.line = "+15005550006";
        inbound.worker = vault::PhoneNumber::parse("+15005550001").value();
        inbound.call = "CA1";
        inbound.turn = turn;
        inbound.content = inbound.identity = "CA1|" + std::move(identity);
        inbound.event = std::move(event);
        return inbound;
    }
    void dial() { say(of_call(providers::Hook::voice, "start", flows::Called{})); }
    providers::Inbound keyed(const std::string& key) {
        ++turn;
        return of_call(providers::Hook::voice_step, std::to_string(turn),
                       flows::Keyed{locales::PrivateText(key)});
    }
    std::string press(const std::string& key) { return say(keyed(key)); }
    std::string speak(const std::string& id) {
        providers::Inbound inbound = of_call(providers::Hook::voice_step, std::to_string(++turn),
                                             flows::Recorded{id, flows::Seconds{9}});
        inbound.recording = providers::RemoteRecording{id, "https://provider.example/" + id, ""};
        return say(std::move(inbound));
    }
    providers::Inbound end() const { return of_call(providers::Hook::voice_status, "end", flows::HungUp{}); }
    void hang_up() { say(end()); }
    /// The provider's own word of the recording, and what the background makes of it when no turn took it.
    void tell_of(const std::string& id) {
        providers::Inbound news =
            of_call(providers::Hook::recording, "news of " + id, flows::Recorded{id, flows::Seconds{9}});
        news.recording = providers::RemoteRecording{id, "https://provider.example/" + id, ""};
        EXPECT_TRUE(tests::run(io, turns->hear_of_recording(line(), std::move(news))));
        clock.advance(std::chrono::minutes(3));
        for (RecordingJob& job : tests::run(io, desk->untaken("fair-food"))) {
            tests::run(io, turns->file_untaken(std::move(job)));
        }
    }
    /// A caller in Spanish who has told of danger and now speaks.
    void tell_of_danger() {
        dial();
        press("2");
        press("1");
        press("9");
    }
    void to_the_story() {
        dial();
        for (const char* key : {"2", "2", "2", "1"}) {
            press(key);
        }
    }
    std::string fact(const char* name) {
        return WithServer::text({"HGET", keys_like("{fair-food}:k:*").front(), name});
    }
    std::size_t cases() { return count_of("{fair-food}:k:*"); }
    std::int64_t parts() { return number({"LLEN", keys_like("{fair-food}:kp:*").front()}); }

    unsigned turn = 0;
};

}  // namespace rightsline::conversations
