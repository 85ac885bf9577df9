// Webhooks: what the emulator tells the hotline, signed with the account's token as Twilio signs.
//
// A URL that begins with the hotline's public one is signed as it stands and posted to where the hotline really listens.
// A fragment is neither signed nor sent. Must never: try a webhook twice by itself. Threading: the loop.
#pragma once

#include <memory>
#include <string>

#include "gateway/http/pool.hpp"
#include "tests/support/twilio_signature.hpp"

namespace rightsline::emulator {

struct Account {
    std::string sid;
    std::string token;
    std::string public_url;  // "https://hotline.example.org": what the hotline calls itself
    std::string hooks;       // "http://127.0.0.1:8080": where it listens; "": at its public URL
};

class Webhooks {
 public:
    Webhooks(boost::asio::any_io_executor executor, const Account& account, const ops::Clock& clock);
    /// The hotline's answer; status 0 when none came.
    Awaitable<http::Answer> post(std::string url, tests::Fields fields);
    /// Lets the kept connections go; from now on nothing is posted.
    void stop() { pool_.reset(); }

 private:
    const Account& account_;
    const ops::Clock& clock_;
    std::unique_ptr<http::Pool> pool_;
};

}  // namespace rightsline::emulator
