#include "gateway/cases/links.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t id_length = 32;

bool is_id(std::string_view hex) {
    return hex.size() == id_length && hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void add_side(std::vector<redis::Write>& writes, const stores::Keyspace& keys, const std::string& case_id,
              const std::string& line, audit::Act act) {
    writes.push_back({redis::Op::append, keys.case_links(case_id), {line}});
    act.case_id = case_id;
    audit::add_entry(writes, keys, std::move(act));
}

std::vector<redis::Write> both_sides(const stores::Keyspace& keys, const Link& link, char sign,
                                     audit::What what) {
    std::vector<redis::Write> writes;
    add_side(writes, keys, link.one, sign + link.other + ",", {what, "", link.who});
    add_side(writes, keys, link.other, sign + link.one + ",", {what, "", link.who});
    return writes;
}

bool holds(const std::vector<std::string>& links, const std::string& id) {
    return std::ranges::find(links, id) != links.end();
}

}  // namespace

std::vector<std::string> read_links(std::string_view stored) {
    std::vector<std::string> all;
    while (!stored.empty()) {
        const std::string_view line = stored.substr(0, stored.find(','));
        stored.remove_prefix(std::min(line.size() + 1, stored.size()));
        if (line.empty() || !is_id(line.substr(1))) {
            continue;
        }
        std::string id(line.substr(1));
        std::erase(all, id);
        if (line.front() == '+') {
            all.push_back(std::move(id));
        }
    }
    return all;
}

std::vector<redis::Write> link_writes(const stores::Keyspace& keys, const Link& link) {
    return both_sides(keys, link, '+', audit::What::linked);
}

std::vector<redis::Write> unlink_writes(const stores::Keyspace& keys, const Link& link) {
    return both_sides(keys, link, '-', audit::What::unlinked);
}

redis::Write must_be_there(const stores::Keyspace& keys, const std::string& case_id) {
    return {redis::Op::must_exist, keys.case_facts(case_id), {}};
}

std::vector<redis::Write> forget_links(const stores::Keyspace& keys, const std::string& case_id,
                                       const std::vector<std::string>& others) {
    std::vector<redis::Write> writes;
    for (const std::string& other : others) {
        writes.push_back({redis::Op::append, keys.case_links(other), {"-" + case_id + ","}});
    }
    return writes;
}

Awaitable<Result<std::vector<std::string>>> LinkBook::of(std::string program, std::string case_id,
                                                         redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).case_links(case_id));
    const Result<redis::Loaded> stored = co_await redis::load(client_, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    co_return read_links(stored->extras.front().value_or(""));
}

Awaitable<Result<Linking>> LinkBook::keep(std::string program, Link link, std::vector<redis::Write> writes,
                                          std::int64_t now_ms, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = now_ms;
    commit.writes = {must_be_there(keys, link.one), must_be_there(keys, link.other)};
    std::move(writes.begin(), writes.end(), std::back_inserter(commit.writes));
    const Result<redis::Committed> done = co_await redis::commit(client_, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    if (done->outcome != redis::Committed::Outcome::committed) {
        co_return stores::errc::no_such_case;
    }
    co_return Linking::done;
}

Awaitable<Result<Linking>> LinkBook::link(std::string program, Link link, std::int64_t now_ms,
                                          redis::Deadline deadline) {
    if (link.one == link.other) {
        co_return errc::same_case;
    }
    const Result<std::vector<std::string>> before = co_await of(program, link.one, deadline);
    const Result<std::vector<std::string>> beyond = co_await of(program, link.other, deadline);
    if (!before || !beyond) {
        co_return before ? beyond.error() : before.error();
    }
    if (holds(*before, link.other)) {
        co_return Linking::was_so;
    }
    if (std::max(before->size(), beyond->size()) >= most_links) {
        co_return errc::too_many_links;
    }
    std::vector<redis::Write> writes = link_writes(stores::Keyspace(program), link);
    co_return co_await keep(std::move(program), std::move(link), std::move(writes), now_ms, deadline);
}

Awaitable<Result<Linking>> LinkBook::unlink(std::string program, Link link, std::int64_t now_ms,
                                            redis::Deadline deadline) {
    const Result<std::vector<std::string>> before = co_await of(program, link.one, deadline);
    if (!before) {
        co_return before.error();
    }
    if (!holds(*before, link.other)) {
        co_return Linking::was_so;
    }
    std::vector<redis::Write> writes = unlink_writes(stores::Keyspace(program), link);
    co_return co_await keep(std::move(program), std::move(link), std::move(writes), now_ms, deadline);
}

}  // namespace rightsline::cases
