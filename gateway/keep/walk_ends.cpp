// What can be said only when everything was seen: outbox, files, drafts.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/keep/walk.hpp"
#include "gateway/outbox/line_out.hpp"
#include "redis/error.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::keep {
namespace {

namespace fs = std::filesystem;

constexpr const char* sealed_file = ".sealed";
constexpr std::size_t head_bytes = 256;  // of a file: enough to see to whom it is sealed

std::int64_t count_of(const redis::Reply& reply) { return reply.integer() == nullptr ? 0 : *reply.integer(); }

std::string head_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string head(head_bytes, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

}  // namespace

Awaitable<Result<void>> Walk::walk_outbox() {
    for (const CheckedLine& line : store_.lines) {
        const redis::LeaseQueue queue = outbox::queue_of(Keys(line.program), line.line);
        std::string page;
        do {
            const redis::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
            const Result<redis::Survey> found =
                co_await redis::survey(store_.client, queue, std::move(page), deadline);
            if (!found) {
                co_return found.error();
            }
            Wrong wrong;
            for (const redis::Survey::Finding& one : found->findings) {
                wrong.push_back({Damage::outbox, one.id, one.what});
            }
            tell(std::move(wrong));
            checked_.messages += found->looked_at;
            progress_(checked_);
            page = found->next;
        } while (!page.empty());
    }
    co_return Result<void>();
}

void Walk::list_blobs() {
    std::error_code ignored;  // a folder that is not there holds nothing
    for (fs::directory_iterator at(store_.blobs, ignored), end; !ignored && at != end;
         at.increment(ignored)) {
        if (at->path().extension() == sealed_file) {
            blobs_.emplace(at->path().stem().string(), false);
        }
    }
}

void Walk::mark(const std::string& recording) {
    const auto found = blobs_.find(recording);
    if (found != blobs_.end()) {
        found->second = true;
    }
}

bool Walk::has_blob(const std::string& recording) const {
    std::error_code ignored;
    return is_id(recording) && fs::exists(store_.blobs + "/" + recording + sealed_file, ignored);
}

/// A file does not say whose it is: it must fit one of the programs.
std::optional<Damage> Walk::blob_damage(const std::string& recording, std::string_view head) const {
    constexpr std::size_t opening_bytes = vault::recording_opening_bytes + vault::lock_overhead;
    static_assert(opening_bytes <= head_bytes);
    if (!circle_keys_.contains(circle_key_of(head, vault::SealedForm::recording))) {
        return Damage::blob_unreadable;
    }
    std::optional<Damage> damage;
    for (const std::string& program : store_.programs) {
        damage = lock_damage(cases::recording_context(program, recording), head.substr(0, opening_bytes));
        if (!damage) {
            break;
        }
    }
    return damage;
}

/// A file may have been withdrawn while we walked.
void Walk::close_blobs() {
    Wrong wrong;
    for (const auto& [recording, referred_to] : blobs_) {
        if (!has_blob(recording)) {
            continue;
        }
        if (!referred_to) {
            wrong.push_back({Damage::blob_without_recording, recording, ""});
        }
        if (const auto damage =
                blob_damage(recording, head_of(store_.blobs + "/" + recording + sealed_file))) {
            wrong.push_back({*damage, recording, ""});
        }
    }
    tell(std::move(wrong));
}

Awaitable<Result<void>> Walk::close_ledger(const Keys& keys, const std::string& program) {
    Ids drafts;
    ledger_.each([&](const std::string& id, const CaseNote& note) {
        checked_.drafts += note.draft && !note.filed_now ? 1 : 0;
        if (note.draft && !note.claimed && !note.filed_now && note.filings == 0) {
            drafts.push_back(id);
        }
    });
    co_return co_await close_drafts(keys, program, std::move(drafts));
}

/// The conversation of a draft may have begun it after it was looked at: all of them are looked at once more.
Awaitable<Result<void>> Walk::close_drafts(const Keys& keys, const std::string& program, Ids drafts) {
    if (drafts.empty()) {
        co_return Result<void>();
    }
    const Checked before = checked_;
    const Result<void> scanned = co_await scan(keys, program, true);
    checked_ = before;
    std::vector<redis::Command> questions;
    for (const std::string& id : drafts) {
        questions.push_back({"EXISTS", keys.case_parts(id)});
        questions.push_back({"EXISTS", keys.case_facts(id)});
    }
    const Result<Replies> there = co_await ask(std::move(questions));
    if (!scanned || !there) {
        co_return scanned ? there.error() : scanned.error();
    }
    Wrong wrong;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const bool still = count_of((*there)[2 * i]) != 0 && count_of((*there)[2 * i + 1]) == 0;
        if (still && !ledger_.note(drafts[i])->claimed) {
            wrong.push_back({Damage::draft_without_conversation, drafts[i], ""});
        }
    }
    tell(std::move(wrong));
    co_return Result<void>();
}

}  // namespace rightsline::keep
