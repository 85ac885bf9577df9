// expanding: the part of outbox_tool that puts one message to many into the outbox, or tells how far it is.
//
//   expand ID CHUNK NUMBER…   {"done": "finished", …the cursor}: to the end, whoever works at it beside us
//   cursor ID TOTAL           {"total", "next", "enqueued", "there", "refused"}
//
// Must never: be used outside tests. Threading: one thread, blocking. Owner: outbox_tool.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "gateway/outbox/expansion.hpp"

namespace rightsline::chaos {

struct Expanding {
    boost::asio::io_context& io;
    redis::Client& client;
    vault::Vault& vault;
    ops::Clock& clock;
    outbox::Outbox& outbox;
    std::string line;
};

/// The value, or its error as a failure.
template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message());
    }
    return std::move(*result);
}

/// `words`: what comes after the verb. Both throw a failure.
boost::json::object expand(Expanding tools, std::istringstream& words);
boost::json::object tell_cursor(Expanding tools, std::istringstream& words);

}  // namespace rightsline::chaos
