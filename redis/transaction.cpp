#include "redis/transaction.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "redis/error.hpp"
#include "redis/functions.hpp"

namespace rightsline::redis {
namespace {

constexpr int most_at_once =
    1000;  // members of one due() or sweep(): Lua passes them as arguments of one call

using Version = std::uint64_t;

std::string pack_version(Version version) {
    std::string bytes(8, '\0');
    for (std::size_t i = 8; i-- > 0; version >>= 8U) {
        bytes[i] = static_cast<char>(version & 0xFFU);
    }
    return bytes;
}

Result<Version> unpack_version(std::string_view bytes) {
    if (bytes.empty()) {
        return Version{0};
    }
    if (bytes.size() < 8) {
        return errc::unexpected_reply;
    }
    Version version = 0;
    for (const char byte : bytes.substr(0, 8)) {
        version = version << 8U | static_cast<unsigned char>(byte);
    }
    return version;
}

errc refusal(const Reply& reply) {
    const ServerError* error = reply.error();
    if (error == nullptr) {
        return errc::unexpected_reply;
    }
    return error->text == "ERR Function not found" ? errc::functions_gone : errc::server_error;
}

Result<Loaded> read_loaded(Reply reply, bool has_guard, bool has_document) {
    Loaded loaded;
    auto* found = std::get_if<std::vector<Reply>>(&reply.value);
    if (found == nullptr) {
        return refusal(reply);
    }
    auto next = found->begin();
    if (has_guard && next != found->end()) {
        if (auto* answer = std::get_if<std::string>(&next->value)) {
            loaded.answer = std::move(*answer);
        }
        ++next;
    }
    if (has_document && next != found->end()) {
        if (auto* document = std::get_if<std::string>(&next->value)) {
            const Result<Version> version = unpack_version(*document);
            if (!version || *version == 0) {
                return errc::unexpected_reply;
            }
            loaded.version = *version;
            loaded.document = document->substr(8);
        }
        ++next;
    }
    for (; next != found->end(); ++next) {
        auto* extra = std::get_if<std::string>(&next->value);
        loaded.extras.push_back(extra != nullptr ? std::optional(std::move(*extra)) : std::nullopt);
    }
    return loaded;
}

void append_writes(Command& command, std::string& plan, const std::vector<Write>& writes) {
    for (const Write& write : writes) {
        plan += static_cast<char>('a' + static_cast<int>(write.op));
        plan += std::to_string(write.arguments.size());
        command.push_back(write.key);
    }
}

// The layout that redis/functions/commit.lua describes.
Command write_commit(const Commit& commit) {
    const bool guarded = !commit.once_key.empty();
    const bool indexed = guarded && !commit.once_index.empty();
    const bool documented = !commit.document_key.empty();
    std::string plan(1,
                     static_cast<char>('0' + (guarded ? 1 : 0) + (indexed ? 2 : 0) + (documented ? 4 : 0)));
    Command command;
    command.reserve(11 + commit.writes.size() * 3);
    command.insert(command.end(), {"FCALL", functions::commit, ""});
    if (guarded) {
        command.push_back(commit.once_key);
    }
    if (indexed) {
        command.push_back(commit.once_index);
    }
    if (documented) {
        command.push_back(commit.document_key);
    }
    append_writes(command, plan, commit.writes);
    command[2] = std::to_string(command.size() - 3);
    command.push_back(std::move(plan));
    command.push_back(std::to_string(commit.now_ms));
    command.push_back(guarded ? commit.answer : std::string());
    command.push_back(documented && commit.expected_version != 0 ? pack_version(commit.expected_version)
                                                                 : "");
    command.push_back(
        documented && commit.document ? pack_version(commit.expected_version + 1) + *commit.document : "");
    for (const Write& write : commit.writes) {
        command.insert(command.end(), write.arguments.begin(), write.arguments.end());
    }
    return command;
}

Result<Committed> read_committed(Reply reply, Version version) {
    Committed committed;
    if (const std::int64_t* suspect = reply.integer()) {
        committed.version = version;
        committed.clock_suspect = *suspect != 0;
        return committed;
    }
    if (auto* answer = std::get_if<std::string>(&reply.value)) {
        committed.outcome = Committed::Outcome::duplicate;
        committed.answer = std::move(*answer);
        return committed;
    }
    const std::vector<Reply>* there = reply.array();
    if (there != nullptr && there->empty()) {
        committed.outcome = Committed::Outcome::unmet;
        return committed;
    }
    if (there == nullptr || there->size() != 1 || there->front().string() == nullptr) {
        return refusal(reply);
    }
    const Result<Version> current = unpack_version(*there->front().string());
    if (!current) {
        return current.error();
    }
    committed.outcome = Committed::Outcome::conflict;
    committed.version = *current;
    return committed;
}

Result<std::vector<std::string>> read_strings(Reply reply) {
    auto* found = std::get_if<std::vector<Reply>>(&reply.value);
    if (found == nullptr) {
        return refusal(reply);
    }
    std::vector<std::string> strings;
    strings.reserve(found->size());
    for (Reply& one : *found) {
        auto* text = std::get_if<std::string>(&one.value);
        if (text == nullptr) {
            return errc::unexpected_reply;
        }
        strings.push_back(std::move(*text));
    }
    return strings;
}

Result<std::int64_t> read_count(const Result<Reply>& reply) {
    if (!reply) {
        return reply.error();
    }
    return reply->integer() != nullptr ? Result<std::int64_t>(*reply->integer()) : refusal(*reply);
}

Command write_due(std::string key, std::int64_t now_ms, int most) {
    const int bounded = std::clamp(most, 0, most_at_once);
    return {"FCALL_RO", functions::due, "1", std::move(key), std::to_string(now_ms), std::to_string(bounded)};
}

}  // namespace

Result<Document> read_document(const std::optional<std::string>& stored) {
    const Result<Version> version = unpack_version(stored.value_or(""));
    if (!version) {
        return version.error();
    }
    return Document{*version, stored ? stored->substr(8) : std::string()};
}

Write must_be_version(std::string key, std::uint64_t expected) {
    return {Op::must_be_version, std::move(key), {expected == 0 ? std::string() : pack_version(expected)}};
}

void add_document(std::vector<Write>& writes, const std::string& key, std::uint64_t expected,
                  const std::string& bytes) {
    writes.push_back(must_be_version(key, expected));
    writes.push_back({Op::set, key, {pack_version(expected + 1) + bytes}});
}

Awaitable<Result<Loaded>> load(Client& client, const LoadKeys& keys, Deadline deadline) {
    const bool guarded = !keys.once.empty();
    const bool documented = !keys.document.empty();
    const std::size_t count = keys.extras.size() + (guarded ? 1 : 0) + (documented ? 1 : 0);
    Command command;
    command.reserve(count + 3);
    command.insert(command.end(), {"FCALL_RO", functions::load, std::to_string(count)});
    if (guarded) {
        command.push_back(keys.once);
    }
    if (documented) {
        command.push_back(keys.document);
    }
    command.insert(command.end(), keys.extras.begin(), keys.extras.end());
    Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_loaded(std::move(*reply), guarded, documented);
}

Awaitable<Result<Committed>> commit(Client& client, const Commit& commit, Deadline deadline) {
    const bool stays = !commit.document_key.empty() && commit.document.has_value();
    const Version version = stays ? commit.expected_version + 1 : 0;
    Command command = write_commit(commit);
    Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_committed(std::move(*reply), version);
}

Awaitable<Result<std::vector<std::string>>> due(Client& client, std::string key, std::int64_t now_ms,
                                                int most, Deadline deadline) {
    Command command = write_due(std::move(key), now_ms, most);
    Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_strings(std::move(*reply));
}

Awaitable<Result<std::int64_t>> pull_back(Client& client, std::string key, std::int64_t furthest_ms,
                                          std::int64_t now_ms, int most, Deadline deadline) {
    Command command{"FCALL", functions::pull_back, "1", std::move(key), std::to_string(furthest_ms)};
    command.push_back(std::to_string(now_ms));
    command.push_back(std::to_string(std::clamp(most, 1, most_at_once)));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    co_return read_count(reply);
}

Awaitable<Result<std::int64_t>> sweep(Client& client, std::string once_index, std::int64_t before_ms,
                                      std::int64_t now_ms, int most, Deadline deadline) {
    Result<std::vector<std::string>> old = co_await due(client, once_index, before_ms, most, deadline);
    if (!old) {
        co_return old.error();
    }
    if (old->empty()) {
        co_return 0;
    }
    Command command{"FCALL", functions::sweep, std::to_string(old->size() + 1), std::move(once_index)};
    std::move(old->begin(), old->end(), std::back_inserter(command));
    command.push_back(std::to_string(before_ms));
    command.push_back(std::to_string(now_ms));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    co_return read_count(reply);
}

}  // namespace rightsline::redis
