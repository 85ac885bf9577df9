// SimulatedPhone: a phone of the simulator provider: signed JSON in, actions out.
//
// Speaks the protocol of gateway/providers/simulator.hpp from outside. Threading: one thread, blocking.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/plain_http.hpp"

namespace rightsline::tests {

struct SimulatorAccount {
    std::uint16_t port = 0;
    std::string public_url;
    std::string name;
    std::string sid;
    std::string token;
};

/// The actions of an answer; throws when it is not a 200 with a list of them.
boost::json::array actions_of(const HttpReply& reply);

class SimulatedPhone {
 public:
    SimulatedPhone(SimulatorAccount account, std::string number, std::string line = "+15005550007");

    HttpReply post(const std::string& hook, boost::json::object body) const;
    /// The bodies of the texts that answer.
    std::string text(const std::string& body) const;

    /// Dials; the screen that comes.
    std::string dial();
    /// Answers the screen.
    std::string answer(const std::string& typed);
    /// The session goes on after the last screen.
    bool open() const { return open_; }
    /// The network ends the session.
    void drop();

 private:
    std::string screen(const HttpReply& reply);

    SimulatorAccount account_;
    std::string number_;
    std::string line_;
    std::string session_;
    int turn_ = 0;
    bool open_ = false;
};

}  // namespace rightsline::tests
