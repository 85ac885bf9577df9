#include "gateway/audit/sealer.hpp"

#include <utility>
#include <vector>

#include "gateway/audit/error.hpp"
#include "gateway/ops/log.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::audit {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 5s;
constexpr int blocks_at_once = 100;  // of one round: others wait for the loop, too

/// Whether it is the end of a list that ends so; an empty one ends with nothing.
bool ends_with(const redis::Reply& end, const std::string& last) {
    const std::vector<redis::Reply>* listed = end.array();
    if (listed == nullptr || listed->empty()) {
        return listed != nullptr && last.empty();
    }
    return listed->front().string() != nullptr && *listed->front().string() == last;
}

}  // namespace

/// Where the next block goes.
struct Sealer::Place {
    std::uint64_t version = 0;  // blocks that there are
    std::string last;           // the bytes of the last
    StreamId covered{};         // its last entry
};

Sealer::Sealer(redis::Client& client, vault::AuditKey key, ops::Clock& clock, ops::Metrics& metrics)
    : client_(client),
      key_(std::move(key)),
      clock_(clock),
      blocks_(metrics.counter("rightsline_audit_blocks_total", "Blocks of the audit that were sealed")),
      failed_(metrics.counter("rightsline_audit_failures_total",
                              "Rounds that could not seal the audit; verify it when this grows")) {}

Awaitable<Result<Sealer::Place>> Sealer::find_place(stores::Keyspace keys, Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.document = keys.audit_head();
    Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    Place place{loaded->version, std::move(loaded->document), {}};
    const std::optional<Block> last = parse_block(place.last);
    if (place.version != 0 && (!last || last->sequence != place.version)) {
        co_return errc::head_damaged;
    }
    place.covered = last ? last->last : StreamId{};
    co_return place;
}

/// The list must end with what the head says, or a block would be put behind something else. Done::more: another server has
/// closed one between our questions, and its head has grown, too.
Awaitable<Result<Sealer::Done>> Sealer::check_end(stores::Keyspace keys, const Place& place,
                                                  Deadline deadline) {
    redis::Command question{"LRANGE", keys.audit_blocks(), "-1", "-1"};
    const Result<redis::Reply> end = co_await client_.execute(std::move(question), deadline);
    redis::Command length{"LLEN", keys.audit_blocks()};
    const Result<redis::Reply> count = co_await client_.execute(std::move(length), deadline);
    if (!end || !count) {
        co_return end ? count.error() : end.error();
    }
    if (ends_with(*end, place.last) && count->integer() != nullptr &&
        std::cmp_equal(*count->integer(), place.version)) {
        co_return Done::nothing;
    }
    const Result<Place> now = co_await find_place(keys, deadline);
    if (!now) {
        co_return now.error();
    }
    co_return now->version > place.version ? Result<Done>(Done::more) : Result<Done>(errc::head_damaged);
}

std::string Sealer::block_over(const std::string& program, const Place& place,
                               const std::vector<Entry>& entries) {
    EntriesDigest content;
    for (const Entry& entry : entries) {
        content.add(entry);
    }
    Block block;
    block.sequence = place.version + 1;
    block.program = program;
    block.first = entries.front().id;
    block.last = entries.back().id;
    block.entries = static_cast<std::uint32_t>(entries.size());
    block.sealed_ms = clock_.now().time_since_epoch().count();
    block.content = content.finish();
    block.previous = place.version == 0 ? Digest{} : digest_of(place.last);
    return seal(std::move(block), key_);
}

/// Up to a block of those that no block covers, oldest first.
Awaitable<Result<std::vector<Entry>>> Sealer::waiting(stores::Keyspace keys, StreamId covered,
                                                      Deadline deadline) {
    redis::Command question{"XRANGE", keys.audit(), "(" + covered.str(),
                            "+",      "COUNT",      std::to_string(most_entries)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(question), deadline);
    if (!reply) {
        co_return reply.error();
    }
    std::optional<std::vector<Entry>> entries = read_entries(*reply);
    const redis::ServerError* refusal = reply->error();
    if (!entries) {
        const bool not_ours = refusal == nullptr || refusal->text.starts_with("WRONGTYPE");
        co_return not_ours ? make_error_code(errc::entries_unreadable)
                           : make_error_code(redis::errc::server_error);
    }
    co_return std::move(*entries);
}

Awaitable<Result<Sealer::Done>> Sealer::close_block(std::string program, Deadline deadline) {
    const stores::Keyspace keys(program);
    const Result<Place> place = co_await find_place(keys, deadline);
    if (!place) {
        co_return place.error();
    }
    const Result<std::vector<Entry>> entries = co_await waiting(keys, place->covered, deadline);
    if (!entries) {
        co_return entries.error();
    }
    if (entries->empty()) {
        co_return Done::nothing;
    }
    const Result<Done> fits = co_await check_end(keys, *place, deadline);
    if (!fits || *fits == Done::more) {
        co_return fits;
    }
    redis::Commit commit;
    commit.document_key = keys.audit_head();
    commit.expected_version = place->version;
    commit.document = block_over(program, *place, *entries);
    commit.writes.push_back({redis::Op::rpush, keys.audit_blocks(), {*commit.document}});
    commit.now_ms = clock_.now().time_since_epoch().count();
    const Result<redis::Committed> done = co_await redis::commit(client_, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool ours = done->outcome == redis::Committed::Outcome::committed;
    blocks_.add(ours ? 1 : 0);
    co_return ours && entries->size() < most_entries ? Done::closed : Done::more;
}

Awaitable<void> Sealer::work(std::string program) {
    Result<Done> done = Done::more;
    for (int i = 0; i < blocks_at_once && done && *done == Done::more; ++i) {
        done = co_await close_block(program, clock_.in(budget));
    }
    note(done);
}

/// A store that is away is told of elsewhere.
void Sealer::note(const Result<Done>& done) {
    const bool ours = !done && (done.error().category() == category() ||
                                done.error() == redis::make_error_code(redis::errc::server_error));
    failed_.add(ours ? 1 : 0);
    if (ours && trouble_ != done.error()) {
        ops::log(ops::Level::error, "audit_not_sealed", {{"error", done.error()}});
    }
    trouble_ = ours ? done.error() : boost::system::error_code();
}

}  // namespace rightsline::audit
