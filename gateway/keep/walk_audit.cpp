// The audit: whether it is what was sealed, and whether each effect on a case has exactly one entry.
#include <algorithm>
#include <utility>

#include "gateway/audit/reader.hpp"
#include "gateway/keep/walk.hpp"
#include "redis/error.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t entries_a_page = 1000;

/// How a case and its entries disagree; nothing when they fit.
std::optional<Damage> disagreement(const CaseNote& note) {
    if (!note.filed_now) {
        return note.filings != 0 ? std::optional(Damage::case_vanished) : std::nullopt;
    }
    if (note.filings == 0) {
        return note.deleted ? Damage::case_deleted_and_there : Damage::case_not_in_audit;
    }
    if (note.filings > 1) {
        return Damage::case_filed_twice;
    }
    const bool fits = !note.counting || std::cmp_equal(note.entries, note.acts);
    return fits ? std::nullopt : std::optional(Damage::acts_not_in_audit);
}

/// A case's alias and its count, as they were asked for.
bool same(const redis::Reply* one, const redis::Reply* other) {
    const auto text = [](const redis::Reply& reply) { return reply.string() ? *reply.string() : ""; };
    return text(one[0]) == text(other[0]) && text(one[1]) == text(other[1]);
}

}  // namespace

void Walk::note_entry(const audit::Entry& entry) {
    audited_ = entry.id;
    const std::string_view what = entry.field("what");
    const bool filed = what == audit::name_of(audit::What::filed);
    const bool deleted = what == audit::name_of(audit::What::deleted_by_worker) ||
                         what == audit::name_of(audit::What::case_shredded);
    CaseNote* note = audit::is_counted(what) || deleted ? ledger_.note(entry.field("case")) : nullptr;
    if (note == nullptr) {
        return;
    }
    if (deleted) {
        note->deleted = true;
        note->filings = 0;
        note->entries = 0;
        return;
    }
    ++note->entries;
    if (filed) {
        note->filings = static_cast<std::uint8_t>(std::min(note->filings + 1, 255));
        note->counting = !entry.field("who").empty();  // entries from before acts were counted name nobody
    }
}

Awaitable<Result<void>> Walk::walk_audit(const Keys&, const std::string& program) {
    audit::Verifier verifier(program, store_.keys.audits(), {});
    const auto seen = [this](const audit::Entry& entry) {
        note_entry(entry);
        if (++checked_.audit % static_cast<std::int64_t>(entries_a_page) == 0) {
            progress_(checked_);
        }
    };
    const Result<audit::Verdict> verdict =
        co_await audit::read_audit(store_.client, program, std::move(verifier), seen);
    if (!verdict) {
        co_return verdict.error();
    }
    Wrong wrong;
    for (const audit::AuditFinding& one : verdict->findings) {
        wrong.push_back({Damage::audit_broken, program, one.str()});
    }
    tell(std::move(wrong));
    checked_.more = checked_.more || verdict->more;
    co_return Result<void>();
}

/// What was written since.
Awaitable<Result<void>> Walk::read_on(const Keys& keys) {
    for (std::size_t read = entries_a_page; read == entries_a_page;) {
        std::vector<redis::Command> question{
            {"XRANGE", keys.audit(), "(" + audited_.str(), "+", "COUNT", std::to_string(entries_a_page)}};
        const Result<Replies> page = co_await ask(std::move(question));
        if (!page) {
            co_return page.error();
        }
        const std::optional<std::vector<audit::Entry>> entries = audit::read_entries(page->front());
        if (!entries) {
            co_return Result<void>();  // told already
        }
        for (const audit::Entry& entry : *entries) {
            note_entry(entry);
        }
        read = entries->size();
    }
    co_return Result<void>();
}

Awaitable<Result<Replies>> Walk::facts_of_cases(const Keys& keys, const Ids& ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "alias"});
        questions.push_back({"HGET", keys.case_facts(id), std::string(audit::counted_field)});
    }
    co_return co_await ask(std::move(questions));
}

/// A case that seems wrong may have been acted on behind our back: it is looked at before and after the newest entries are
/// read, and only what stood still in between is told.
Awaitable<Result<void>> Walk::close_acts(const Keys& keys) {
    Ids odd;
    ledger_.each([&](const std::string& id, const CaseNote& note) {
        odd.insert(odd.end(), disagreement(note) ? 1 : 0, id);
    });
    const Result<Replies> before = co_await facts_of_cases(keys, odd);
    const Result<void> newest = co_await read_on(keys);
    const Result<Replies> after = co_await facts_of_cases(keys, odd);
    if (!before || !newest || !after) {
        co_return !before ? before.error() : !newest ? newest.error() : after.error();
    }
    Wrong wrong;
    for (std::size_t i = 0; i < odd.size(); ++i) {
        CaseNote& note = *ledger_.note(odd[i]);
        const redis::Reply* facts = &(*after)[2 * i];
        note.filed_now = facts[0].string() != nullptr;
        note.acts = acts_in(facts[1]);
        const std::optional<Damage> damage = disagreement(note);
        if (damage && same(&(*before)[2 * i], facts)) {
            wrong.push_back({*damage, odd[i], ""});
        }
    }
    tell(std::move(wrong));
    co_return Result<void>();
}

}  // namespace rightsline::keep
