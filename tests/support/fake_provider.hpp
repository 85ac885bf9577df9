// FakeProvider: the part of Twilio that keeps recordings, on loopback, in a thread of the test.
//
// Serves WAV bytes under Basic auth until they are DELETEd. Can misbehave: answer a list of statuses first, or slowly.
// Threading: made and asked by the test's thread; a thread of its own serves. Owner: the test.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rightsline::tests {

class FakeProvider {
 public:
    FakeProvider(std::string sid, std::string token);
    FakeProvider(const FakeProvider&) = delete;
    FakeProvider& operator=(const FakeProvider&) = delete;
    ~FakeProvider();

    /// "http://127.0.0.1:PORT": the account's api_base.
    std::string base() const;
    /// Keeps a recording; gives its URL as Twilio would name it.
    std::string keep(const std::string& sid, std::string bytes);
    /// The next requests are answered so, in this order, whatever they ask.
    void misbehave(std::vector<int> statuses);
    void slow(std::chrono::milliseconds by);

    bool holds(const std::string& sid) const;
    /// "GET 200", "DELETE 204", "GET 401" …, in the order of arrival.
    std::vector<std::string> served() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A little WAV file, 8 kHz and 16 bit, unlike any other `number`'s.
std::string little_wav(unsigned number, unsigned milliseconds);

}  // namespace rightsline::tests
