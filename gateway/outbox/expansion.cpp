#include "gateway/outbox/expansion.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/outbox/seeded_bugs.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {
namespace {

constexpr std::size_t longest_id = 64;
constexpr int most_tries = 2;  // of one chunk: as it is, and without what is there

bool usable(const Expansion& expansion) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !expansion.id.empty() && expansion.id.size() <= longest_id &&
           std::ranges::all_of(expansion.id, plain) && expansion.total <= largest_expansion &&
           expansion.chunk >= 1 && expansion.chunk <= largest_chunk;
}

struct Posted {
    std::string id;
    std::vector<redis::Write> writes;
};

std::size_t bytes_of(const Posted& posted) {
    std::size_t bytes = 0;
    for (const redis::Write& write : posted.writes) {
        for (const std::string& argument : write.arguments) {
            bytes += argument.size();
        }
    }
    return bytes;
}

/// A commit takes fewer writes than a chunk has: one condition for each message, and one write for each key.
std::vector<redis::Write> merged(const std::vector<Posted>& posts) {
    std::vector<redis::Write> conditions;
    std::vector<redis::Write> writes;
    for (const Posted& posted : posts) {
        for (const redis::Write& one : posted.writes) {
            const auto same = [&](const redis::Write& other) {
                return other.op == one.op && other.key == one.key;
            };
            const auto found = std::ranges::find_if(writes, same);
            if (one.op == redis::Op::must_lack) {
                conditions.push_back(one);
            } else if (found == writes.end()) {
                writes.push_back(one);
            } else {
                found->arguments.insert(found->arguments.end(), one.arguments.begin(), one.arguments.end());
            }
        }
    }
    std::ranges::move(writes, std::back_inserter(conditions));
    return conditions;
}

}  // namespace

std::string to_bytes(const Cursor& cursor) {
    std::string bytes;
    for (const std::size_t count :
         {cursor.total, cursor.next, cursor.enqueued, cursor.there, cursor.refused}) {
        bytes += std::to_string(count) + " ";
    }
    return bytes;
}

Result<Cursor> parse_cursor(std::string_view bytes) {
    Cursor cursor;
    for (std::size_t* count :
         {&cursor.total, &cursor.next, &cursor.enqueued, &cursor.there, &cursor.refused}) {
        const auto read = std::from_chars(bytes.data(), bytes.data() + bytes.size(), *count);
        if (read.ec != std::errc() || read.ptr == bytes.data() + bytes.size() || *read.ptr != ' ' ||
            *count > largest_expansion) {
            return errc::damaged;
        }
        bytes.remove_prefix(static_cast<std::size_t>(read.ptr - bytes.data()) + 1);
    }
    const bool sound = bytes.empty() && cursor.next <= cursor.total &&
                       cursor.next == cursor.enqueued + cursor.there + cursor.refused;
    return sound ? Result<Cursor>(cursor) : errc::damaged;
}

/// A cursor, and which version of it was read.
struct Expander::Place {
    std::uint64_t version = 0;
    Cursor cursor;
};

/// What is to be put in, and where the cursor stands then, but for the counts of `posts`.
struct Expander::Chunk {
    Place from;
    std::vector<Posted> posts;
    std::size_t there = 0;
    std::size_t refused = 0;

    Cursor after() const {
        Cursor moved = from.cursor;
        moved.enqueued += posts.size();
        moved.there += there;
        moved.refused += refused;
        moved.next += posts.size() + there + refused;
        return moved;
    }
};

Awaitable<Result<Expander::Place>> Expander::place_of(const Expansion& expansion, Deadline deadline) {
    const LineOut* out = usable(expansion) ? outbox_.find(expansion.line) : nullptr;
    if (out == nullptr) {
        co_return usable(expansion) ? errc::no_line : errc::bad_expansion;
    }
    redis::LoadKeys keys;
    keys.document = stores::Keyspace(out->program).expansion(expansion.id);
    const Result<redis::Loaded> loaded = co_await redis::load(client_, keys, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    Place place{loaded->version, {}};
    place.cursor.total = expansion.total;
    if (place.version != 0) {
        const Result<Cursor> read = parse_cursor(loaded->document);
        if (!read || read->total != expansion.total) {
            co_return read ? make_error_code(errc::plan_changed) : read.error();
        }
        place.cursor = *read;
    }
    co_return place;
}

Awaitable<Result<Cursor>> Expander::look(Expansion expansion, Deadline deadline) {
    const Result<Place> place = co_await place_of(expansion, deadline);
    if (!place) {
        co_return place.error();
    }
    co_return place->cursor;
}

Awaitable<Result<Cursor>> Expander::step(Expansion expansion, Plan plan, Deadline deadline) {
    const Result<Place> from = co_await place_of(expansion, deadline);
    if (!from) {
        co_return from.error();
    }
    if (from->cursor.finished()) {
        co_return from->cursor;
    }
    const std::size_t most = std::min(expansion.chunk, expansion.total - from->cursor.next);
    Result<std::vector<Message>> messages = co_await plan(from->cursor.next, most);
    if (!messages) {
        co_return messages.error();
    }
    if (messages->size() != most) {
        co_return errc::plan_changed;
    }
    Result<Chunk> chunk = co_await seal(expansion, *from, std::move(*messages));
    if (!chunk) {
        co_return chunk.error();
    }
    ops::test_point("before_chunk");
    co_return co_await put_in(expansion, std::move(*chunk), deadline);
}

/// As many of them as a commit may carry.
Awaitable<Result<Expander::Chunk>> Expander::seal(const Expansion& expansion, Place from,
                                                  std::vector<Message> messages) {
    Chunk chunk{from, {}, 0, 0};
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < messages.size() && bytes < chunk_bytes; ++i) {
        messages[i].lane = Lane::blast;
        messages[i].copies = 0;
        Posted posted{"b" + expansion.id + "-" + std::to_string(from.cursor.next + i), {}};
        Result<std::vector<redis::Write>> writes =
            co_await outbox_.post(expansion.line, posted.id, std::move(messages[i]), expansion.due);
        if (!writes && writes.error() == make_error_code(errc::prefix_refused)) {
            ++chunk.refused;
            continue;
        }
        if (!writes) {
            co_return writes.error();
        }
        posted.writes = std::move(*writes);
        bytes += bytes_of(posted);
        chunk.posts.push_back(std::move(posted));
    }
    co_return chunk;
}

Awaitable<Result<Cursor>> Expander::put_in(const Expansion& expansion, Chunk chunk, Deadline deadline) {
    redis::Commit commit;
    commit.document_key = stores::Keyspace(outbox_.find(expansion.line)->program).expansion(expansion.id);
    commit.expected_version = chunk.from.version;
    for (int tried = 0; tried < most_tries; ++tried) {
        commit.writes = merged(chunk.posts);
        commit.document = to_bytes(chunk.after());
        commit.now_ms = clock_.now().time_since_epoch().count();
        const Result<redis::Committed> done = co_await commit_cursor(client_, commit, deadline);
        if (!done) {
            co_return done.error();
        }
        if (done->outcome == redis::Committed::Outcome::committed) {
            ops::test_point("after_chunk");
            co_return chunk.after();
        }
        if (done->outcome != redis::Committed::Outcome::unmet) {
            break;
        }
        const Result<void> left = co_await leave_out_known(expansion, chunk, deadline);
        if (!left) {
            co_return left.error();
        }
    }
    co_return co_await look(expansion, deadline);  // others were faster
}

/// The cursor is not past them, and some are in the outbox all the same: it was lost, or begun anew.
Awaitable<Result<void>> Expander::leave_out_known(const Expansion& expansion, Chunk& chunk,
                                                  Deadline deadline) {
    redis::Command question{"HMGET", outbox_.find(expansion.line)->queue.states};
    for (const Posted& posted : chunk.posts) {
        question.push_back(posted.id);
    }
    const Result<redis::Reply> records = co_await client_.execute(std::move(question), deadline);
    if (!records) {
        co_return records.error();
    }
    const std::vector<redis::Reply>* found = records->array();
    if (found == nullptr || found->size() != chunk.posts.size()) {
        co_return redis::errc::unexpected_reply;
    }
    std::vector<Posted> missing;
    for (std::size_t i = 0; i < found->size(); ++i) {
        if ((*found)[i].string() == nullptr) {
            missing.push_back(std::move(chunk.posts[i]));
        }
    }
    chunk.there += chunk.posts.size() - missing.size();
    chunk.posts = std::move(missing);
    co_return Result<void>();
}

}  // namespace rightsline::outbox
