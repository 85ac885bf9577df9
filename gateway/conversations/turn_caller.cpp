// Who calls, as far as a flood of calls is concerned: what they are counted by, and whether a key comes before the menu.
#include "gateway/conversations/turn_work.hpp"
#include "gateway/handoff/counted_ids.hpp"
#include "gateway/handoff/flood.hpp"

namespace rightsline::conversations {
namespace {

constexpr std::size_t flood_extra = 3;  // of what load() asks for, where a call begins

}  // namespace

/// When the home cannot name them they count with callers without a number, and the call goes on.
Awaitable<void> Turns::name_caller(Names& names, const providers::Inbound& inbound, std::string phone) {
    std::vector<vault::IdRequest> requests;
    const bool call = inbound.mode == flows::Mode::voice;
    requests.push_back(call ? handoff::caller_request(phone) : vault::IdRequest{vault::IdKind::limit, phone});
    if (inbound.hook == providers::Hook::voice) {
        requests.push_back(handoff::block_request(phone));
    }
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    names.limit = ids ? ids->front().hex() : std::string();
    names.block = ids && ids->size() > 1 ? ids->back().hex() : std::string();
}

/// What is known of floods comes with the turn's own load.
bool Turns::is_in_flood(const Working& work, const redis::Loaded& loaded) {
    const bool watched = loaded.extras.size() > flood_extra && loaded.extras[flood_extra];
    return watched && handoff::asks_for_key(handoff::parse_flood(*loaded.extras[flood_extra]),
                                            work.names.block, work.now);
}

}  // namespace rightsline::conversations
