// Everything of a case that is locked, wherever it stands.
#include <algorithm>
#include <utility>

#include "gateway/cases/contact.hpp"
#include "gateway/cases/month_desk.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/read_file.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;
constexpr std::size_t opening_bytes = vault::recording_opening_bytes + vault::lock_overhead;

}  // namespace

Awaitable<Result<void>> MonthDesk::gather_list(Form form, std::string key, std::string context, Kept& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<PartPage> page =
            co_await read_page(services_.redis, key, static_cast<int>(from), services_.clock.in(op_budget));
        if (!page) {
            co_return page.error();
        }
        for (const std::string& one : page->parts) {
            into.pieces.push_back({form, key, std::to_string(from++), context, one});
        }
        total = page->parts.empty() ? from : page->total;
    }
    co_return Result<void>();
}

Awaitable<Result<void>> MonthDesk::gather_one(redis::Command question, Piece piece, Kept& into) {
    const Result<redis::Reply> stored =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!stored) {
        co_return stored.error();
    }
    if (stored->string() != nullptr) {
        piece.stored = *stored->string();
        into.pieces.push_back(std::move(piece));
    }
    co_return Result<void>();
}

Awaitable<Result<void>> MonthDesk::gather_hash(std::string key, std::string context, Kept& into) {
    redis::Command question{"HGETALL", key};
    const Result<redis::Reply> stored =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!stored || stored->array() == nullptr) {
        co_return stored ? make_error_code(redis::errc::unexpected_reply) : stored.error();
    }
    const std::vector<redis::Reply>& flat = *stored->array();
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
        if (flat[i].string() != nullptr && flat[i + 1].string() != nullptr) {
            into.pieces.push_back({Form::field, key, *flat[i].string(), context, *flat[i + 1].string()});
        }
    }
    co_return Result<void>();
}

Awaitable<Result<void>> MonthDesk::gather_files(std::string program, std::string id, Kept& into) {
    redis::Command question{"SMEMBERS", stores::Keyspace(program).case_recordings(id)};
    const Result<redis::Reply> listed =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!listed || listed->array() == nullptr) {
        co_return listed ? make_error_code(redis::errc::unexpected_reply) : listed.error();
    }
    for (const redis::Reply& one : *listed->array()) {
        const std::string recording = one.string() == nullptr ? "" : *one.string();
        const std::string path = services_.blob_path(recording);
        std::optional<std::string> file = ops::read_file(path);
        into.elsewhere = into.elsewhere || !file;
        if (file) {
            into.pieces.push_back({Form::file, path, "", recording_context(program, recording),
                                   file->substr(0, std::min(opening_bytes, file->size()))});
        }
    }
    co_return Result<void>();
}

Awaitable<Result<MonthDesk::Kept>> MonthDesk::gather(std::string program, std::string id) {
    const stores::Keyspace keys(program);
    Kept kept;
    const std::string number = number_context(program, id);
    const std::string mailbox = mailbox_context(program, id);
    Result<void> done =
        co_await gather_list(Form::list, keys.case_parts(id), part_context(program, id), kept);
    if (done) {
        done = co_await gather_list(Form::list, keys.case_notes(id), note_context(program, id), kept);
    }
    if (done) {
        done = co_await gather_hash(keys.task_words(id), task_context(program, id), kept);
    }
    if (done) {
        done = co_await gather_hash(keys.case_copies(id), part_context(program, id), kept);
    }
    if (done) {
        done = co_await gather_list(Form::reply, keys.replies(id), thread_context(program, id), kept);
    }
    if (done) {
        redis::Command question{"GET", keys.mailbox(id)};
        Piece piece{Form::string, keys.mailbox(id), "", mailbox, ""};
        done = co_await gather_one(std::move(question), std::move(piece), kept);
    }
    if (done) {
        redis::Command question{"HGET", keys.case_contact(id), "number"};
        Piece piece{Form::field, keys.case_contact(id), "number", number, ""};
        done = co_await gather_one(std::move(question), std::move(piece), kept);
    }
    if (done) {
        redis::Command question{"HGET", keys.case_contact(id), "phone"};
        Piece piece{Form::field, keys.case_contact(id), "phone", phone_context(program, id), ""};
        done = co_await gather_one(std::move(question), std::move(piece), kept);
    }
    if (done) {
        done = co_await gather_files(program, id, kept);
    }
    co_return done ? Result<Kept>(std::move(kept)) : done.error();
}

}  // namespace rightsline::cases
