#include "tests/chaos/expanding.hpp"

#include <stdexcept>
#include <vector>

#include "tests/support/run.hpp"

namespace rightsline::chaos {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr auto patience = 15s;  // a test may halt us in the middle of a step

outbox::Message message_to(Expanding& tools, const std::string& number) {
    std::vector<vault::IdRequest> who;
    who.push_back({vault::IdKind::phone, number});
    const auto ids = must(tests::run(tools.io, tools.vault.id(std::move(who))));
    return {outbox::Lane::blast,
            must(vault::PhoneNumber::parse(number)),
            ids.front().hex(),
            outbox::Text{locales::PrivateText("A word for all of you."), 600s},
            0,
            {}};
}

json::object in_json(const outbox::Cursor& cursor) {
    return {{"total", cursor.total},
            {"next", cursor.next},
            {"enqueued", cursor.enqueued},
            {"there", cursor.there},
            {"refused", cursor.refused}};
}

}  // namespace

json::object expand(Expanding tools, std::istringstream& words) {
    outbox::Expansion expansion;
    words >> expansion.id >> expansion.chunk;
    expansion.line = tools.line;
    std::vector<outbox::Message> all;
    for (std::string number; words >> number;) {
        all.push_back(message_to(tools, number));
    }
    expansion.total = all.size();
    const outbox::Plan plan = [&all](std::size_t first,
                                     std::size_t most) -> Awaitable<Result<std::vector<outbox::Message>>> {
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
        co_return std::vector<outbox::Message>(begin, begin + static_cast<std::ptrdiff_t>(most));
    };
    outbox::Expander expander(tools.client, tools.outbox, tools.clock);
    outbox::Cursor at;
    do {
        const Deadline in_time = std::chrono::steady_clock::now() + patience;
        at = must(tests::run(tools.io, expander.step(expansion, plan, in_time)));
    } while (!at.finished());
    json::object told = in_json(at);
    told["done"] = "finished";
    return told;
}

json::object tell_cursor(Expanding tools, std::istringstream& words) {
    outbox::Expansion expansion;
    words >> expansion.id >> expansion.total;
    expansion.line = tools.line;
    outbox::Expander expander(tools.client, tools.outbox, tools.clock);
    const Deadline in_time = std::chrono::steady_clock::now() + patience;
    return in_json(must(tests::run(tools.io, expander.look(expansion, in_time))));
}

}  // namespace rightsline::chaos
