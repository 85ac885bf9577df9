#include "gateway/api/event_desk.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::size_t entries_at_once = 200;
constexpr std::uint64_t clocks_apart_ms = 60'000;  // of stores that took over from each other

/// As the lists have it.
bool is_there_for(const Listener& listener, const cases::Standing& standing) {
    return standing.is_there_for(listener.user,
                                 listener.grants.may(listener.program, access::Right::hand_out));
}

/// What their list and their alerts show may be other than it was; of which case is not said.
void add_of_list(Listener& listener, const audit::Entry& entry) {
    const bool sees_alerts = listener.grants.may(listener.program, access::Right::see_alerts);
    listener.news.list = true;
    listener.news.alerts = listener.news.alerts || (sees_alerts && touches_of(entry).alerts);
}

void add_to(Listener& listener, const audit::Entry& entry) {
    add_of_list(listener, entry);
    if (entry.field("who") != listener.user) {  // they know what they did
        listener.news.add_case(std::string(entry.field("case")));
    }
}

/// Their talk with a caller is over: what was told in it is theirs to write down.
void add_talk(Listener& listener, const audit::Entry& entry) {
    const std::string who = whose_talk(entry);
    if (!who.empty() && who == listener.user &&
        listener.grants.may(listener.program, access::Right::enter_report)) {
        listener.news.call = entry.field("how");
    }
}

/// Those that are touched, each once; `place`: where which of them stands.
std::vector<cases::CaseFacts> cases_of(const std::vector<audit::Entry>& entries,
                                       std::map<std::string, std::size_t>& place) {
    std::vector<cases::CaseFacts> cases;
    for (const audit::Entry& entry : entries) {
        const std::string id(entry.field("case"));
        if (touches_of(entry).its_case && place.emplace(id, cases.size()).second) {
            cases.emplace_back().id = id;
        }
    }
    return cases;
}

}  // namespace

EventDesk::EventDesk(redis::Client& redis, cases::CaseDesk& desk, ops::Clock& clock, ops::Metrics& metrics)
    : redis_(redis),
      desk_(desk),
      clock_(clock),
      open_(metrics.gauge("rightsline_console_listeners", "Pages that are told at once what changed")) {}

EventDesk::Listeners EventDesk::present() {
    std::erase_if(listeners_, [](const std::weak_ptr<Listener>& one) { return one.expired(); });
    open_.set(static_cast<std::int64_t>(listeners_.size()));
    Listeners all;
    for (const std::weak_ptr<Listener>& one : listeners_) {
        all.push_back(one.lock());
    }
    return all;
}

EventDesk::Room EventDesk::room_for(const std::string& login) {
    const Listeners all = present();
    const auto theirs = std::ranges::count(all, login, [](const auto& one) { return one->login; });
    if (static_cast<std::size_t>(theirs) >= most_listeners_of_login) {
        return Room::full_for_login;
    }
    return all.size() < most_listeners ? Room::there : Room::full;
}

Awaitable<Result<std::shared_ptr<Listener>>> EventDesk::listen(Listener who, std::string last) {
    auto listener = std::make_shared<Listener>(std::move(who));
    listeners_.push_back(listener);  // before any await: what is looked at meanwhile is theirs, too
    const Deadline deadline = clock_.in(budget);
    const Result<audit::StreamId> now = co_await now_in_store(deadline);
    if (!now) {
        co_return now.error();
    }
    // What is written in the rest of this millisecond is news: better something twice than never.
    const audit::StreamId before = now->before();
    for (const std::string& stream : {listener->program, std::string(stores::server_wide)}) {
        reached_.try_emplace(stream, before);  // nobody listened: from now on
    }
    listener->at = before;
    listener->since = *now;
    const Result<void> caught_up = co_await catch_up(listener, std::move(last), deadline);
    if (!caught_up) {
        co_return caught_up.error();
    }
    co_return listener;
}

Awaitable<Result<audit::StreamId>> EventDesk::now_in_store(Deadline deadline) {
    redis::Command question{"TIME"};
    const Result<redis::Reply> reply = co_await redis_.execute(std::move(question), deadline);
    if (!reply) {
        co_return reply.error();
    }
    const std::vector<redis::Reply>* both = reply->array();
    if (both == nullptr || both->size() != 2 || both->front().string() == nullptr ||
        both->back().string() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    const auto number = [](const std::string& text) {
        std::uint64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    co_return audit::StreamId{number(*both->front().string()) * 1000 + number(*both->back().string()) / 1000,
                              0};
}

Awaitable<Result<void>> EventDesk::catch_up(std::shared_ptr<Listener> listener, std::string last,
                                            Deadline deadline) {
    if (last.empty()) {
        co_return Result<void>();
    }
    const std::optional<audit::StreamId> from = audit::parse_stream_id(last);
    if (!from || from->ms > listener->at.ms + clocks_apart_ms) {
        listener->news.reload = true;  // of another store, or of none
        co_return Result<void>();
    }
    Result<Seen> missed = co_await entries_after(listener->program, *from, deadline);
    if (!missed) {
        co_return missed.error();
    }
    Listeners only{listener};
    const bool told = co_await tell(listener->program, std::move(missed->entries), std::move(only));
    listener->news.reload = listener->news.reload || !told || !missed->all;
    co_return Result<void>();
}

Awaitable<Result<EventDesk::Seen>> EventDesk::entries_after(std::string program, audit::StreamId at,
                                                            Deadline deadline) {
    redis::Command question{"XRANGE", stores::Keyspace(program).audit(), at.next().str(), "+",
                            "COUNT",  std::to_string(entries_at_once)};
    const Result<redis::Reply> reply = co_await redis_.execute(std::move(question), deadline);
    if (!reply) {
        co_return reply.error();
    }
    std::optional<std::vector<audit::Entry>> entries = audit::read_entries(*reply);
    if (!entries) {
        co_return redis::errc::unexpected_reply;
    }
    const bool all = entries->size() < entries_at_once;
    co_return Seen{std::move(*entries), all};
}

Awaitable<void> EventDesk::look() {
    const Listeners all = present();
    std::map<std::string, Listeners> by_program;
    for (const std::shared_ptr<Listener>& one : all) {
        by_program[one->program].push_back(one);
    }
    std::erase_if(reached_, [&](const auto& one) {
        return !by_program.contains(one.first) && (one.first != stores::server_wide || all.empty());
    });
    for (auto& [program, listeners] : by_program) {
        co_await look_at(program, std::move(listeners));
    }
    if (!all.empty()) {
        co_await look_at_users();
    }
}

Awaitable<void> EventDesk::look_at(std::string program, Listeners listeners) {
    const auto reached = reached_.find(program);
    if (reached == reached_.end()) {
        co_return;  // who listens is still told from when on
    }
    const audit::StreamId from = reached->second;
    const Deadline deadline = clock_.in(budget);
    Result<Seen> seen = co_await entries_after(program, from, deadline);
    if (!seen || seen->entries.empty()) {
        co_return;  // a silent store: the next look begins where this one did
    }
    const audit::StreamId last = seen->entries.back().id;
    const bool told = co_await tell(program, std::move(seen->entries), listeners);
    if (!told) {
        co_return;
    }
    if (const auto place = reached_.find(program); place != reached_.end()) {
        place->second = std::max(place->second, last);
    }
    for (const std::shared_ptr<Listener>& one : listeners) {
        one->at = std::max(one->at, last);
    }
}

Awaitable<void> EventDesk::look_at_users() {
    const std::string stream(stores::server_wide);
    const auto reached = reached_.find(stream);
    if (reached == reached_.end()) {
        co_return;
    }
    const audit::StreamId from = reached->second;
    const Deadline deadline = clock_.in(budget);
    const Result<Seen> seen = co_await entries_after(stream, from, deadline);
    if (!seen || seen->entries.empty()) {
        co_return;
    }
    reached_[stream] = seen->entries.back().id;
    const Listeners all = present();
    for (const audit::Entry& entry : seen->entries) {
        const std::string user = user_of(entry);
        const std::string in = whose_login(entry);
        for (const std::shared_ptr<Listener>& one : all) {
            one->look_again = one->look_again || (!user.empty() && one->user == user);
            one->news.login = one->news.login || (one->user == in && entry.id > one->since);
        }
    }
}

Awaitable<bool> EventDesk::tell(std::string program, std::vector<audit::Entry> entries, Listeners listeners) {
    std::map<std::string, std::size_t> place;
    std::vector<cases::CaseFacts> cases = cases_of(entries, place);
    const Deadline deadline = clock_.in(budget);
    const Result<std::vector<cases::Standing>> standing =
        co_await desk_.standing(std::move(program), std::move(cases), deadline);
    if (!standing) {
        co_return false;
    }
    for (const audit::Entry& entry : entries) {
        std::ranges::for_each(listeners, [&entry](const auto& one) { add_talk(*one, entry); });
        const auto its = place.find(std::string(entry.field("case")));
        if (its == place.end() || !touches_of(entry).its_case) {
            continue;
        }
        for (const std::shared_ptr<Listener>& one : listeners) {
            const cases::Standing& now = (*standing)[its->second];
            if (is_there_for(*one, now)) {
                add_to(*one, entry);
            } else if (takes_out_of_sight(entry) && now.may_be_free_for(one->user)) {
                add_to(*one, entry);  // it may stand in their list, or before them
            } else if (moves_away(entry) && now.readable && !now.work.keeps_out(one->user)) {
                add_of_list(*one, entry);  // it may have stood there; what is of another site is not named
            }
        }
    }
    co_return true;
}

}  // namespace rightsline::api
