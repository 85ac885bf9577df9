#include "gateway/cases/contact.hpp"

#include <algorithm>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

constexpr std::string_view yes_to_texts = "yes";

std::string text_at(const std::vector<redis::Reply>& fields, std::size_t at) {
    const std::string* text = at < fields.size() ? fields[at].string() : nullptr;
    return text == nullptr ? std::string() : *text;
}

}  // namespace

std::string_view to_word(ContactMode mode) { return flows::contact_words.at(static_cast<std::size_t>(mode)); }

std::optional<ContactMode> contact_mode(std::string_view word) {
    const auto found = std::ranges::find(flows::contact_words, word);
    return found == flows::contact_words.end()
               ? std::nullopt
               : std::optional(static_cast<ContactMode>(found - flows::contact_words.begin()));
}

std::string number_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|number";
}

std::string phone_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|phone";
}

std::vector<redis::Write> contact_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         ContactWish wish, bool filed_now, std::string who) {
    const std::string word(to_word(wish.mode));
    const std::string contact = keys.case_contact(case_id);
    std::vector<redis::Write> writes;
    if (!filed_now) {
        writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    }
    writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"contact", word}});
    if (wish.mode == ContactMode::none && wish.may_be_kept) {
        writes.push_back({redis::Op::del, contact, {}});
    } else if (wish.mode == ContactMode::none) {
        writes.push_back({redis::Op::hdel,
                          contact,
                          {"mode", "line", "hours", "number", "phone", "texts", "calls_today", "last_call"}});
    } else {
        writes.push_back({redis::Op::hset,
                          contact,
                          {"mode", word, "line", std::move(wish.line), "hours", std::move(wish.hours),
                           "number", std::move(wish.sealed_number), "phone", std::move(wish.sealed_phone),
                           "texts", std::string(wish.mode == ContactMode::relay ? yes_to_texts : "")}});
    }
    audit::Act act{audit::What::contact_changed, case_id, std::move(who)};
    act.how = word;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

std::vector<redis::Write> texts_too_writes(const stores::Keyspace& keys, const std::string& case_id) {
    const std::string contact = keys.case_contact(case_id);
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::must_be_field, contact, {"mode", std::string(to_word(ContactMode::call))}});
    writes.push_back({redis::Op::hset, contact, {"texts", std::string(yes_to_texts)}});
    audit::Act act{audit::What::contact_changed, case_id, std::string(audit::worker)};
    act.how = "call, texts";
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

Awaitable<Result<Reach>> ContactBook::reach(std::string program, std::string case_id,
                                            redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Command of_case{"HMGET", keys.case_facts(case_id), "alias", "language"};
    const Result<redis::Reply> facts = co_await client_.execute(std::move(of_case), deadline);
    if (!facts || facts->array() == nullptr) {
        co_return facts ? make_error_code(redis::errc::unexpected_reply) : facts.error();
    }
    if (text_at(*facts->array(), 0).empty()) {
        co_return stores::errc::no_such_case;
    }
    redis::Command of_contact{"HMGET", keys.case_contact(case_id), "mode", "line", "hours", "number", "phone",
                              "texts"};
    const Result<redis::Reply> kept = co_await client_.execute(std::move(of_contact), deadline);
    if (!kept || kept->array() == nullptr) {
        co_return kept ? make_error_code(redis::errc::unexpected_reply) : kept.error();
    }
    const std::string word = text_at(*kept->array(), 0);
    const std::optional<ContactMode> mode =
        word.empty() ? std::optional(ContactMode::none) : contact_mode(word);
    if (!mode) {
        co_return stores::errc::damaged;
    }
    const std::string phone = text_at(*kept->array(), 4);
    const bool texts = *mode == ContactMode::relay ||  // before the field was there, a relay was all of it
                       (*mode == ContactMode::call && text_at(*kept->array(), 5) == yes_to_texts);
    const Result<std::int64_t> stopped = co_await has_stopped(program, case_id, phone, deadline);
    if (!stopped) {
        co_return stopped.error();
    }
    co_return Reach{*mode,
                    text_at(*kept->array(), 1),
                    text_at(*facts->array(), 1),
                    text_at(*kept->array(), 2),
                    text_at(*kept->array(), 3),
                    *stopped != 0,
                    texts};
}

Awaitable<Result<std::int64_t>> ContactBook::stopped(std::string program, std::string case_id,
                                                     redis::Deadline deadline) {
    redis::Command question{"HGET", stores::Keyspace(program).case_contact(case_id), "phone"};
    const Result<redis::Reply> kept = co_await client_.execute(std::move(question), deadline);
    if (!kept) {
        co_return kept.error();
    }
    std::string sealed = kept->string() == nullptr ? std::string() : *kept->string();
    co_return co_await has_stopped(std::move(program), std::move(case_id), std::move(sealed), deadline);
}

Awaitable<Result<std::int64_t>> ContactBook::has_stopped(std::string program, std::string case_id,
                                                         std::string sealed, redis::Deadline deadline) {
    if (sealed.empty()) {
        co_return 0;
    }
    const std::string context = phone_context(program, case_id);
    Result<std::string> unlocked = co_await unlock_one(vault_, context, std::move(sealed));
    if (!unlocked) {
        co_return unlocked.error();
    }
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::casework, context, std::move(*unlocked)});
    Result<std::vector<std::string>> phone = co_await vault_.open(std::move(to_open));
    if (!phone) {
        co_return phone.error();
    }
    redis::Command question{"SISMEMBER", stores::Keyspace(program).stopped(), std::move(phone->front())};
    const Result<redis::Reply> held = co_await client_.execute(std::move(question), deadline);
    if (!held) {
        co_return held.error();
    }
    if (held->integer() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    co_return *held->integer();
}

Awaitable<Result<std::optional<vault::PhoneNumber>>> ContactBook::number(std::string program,
                                                                         std::string case_id,
                                                                         redis::Deadline deadline) {
    redis::Command question{"HGET", stores::Keyspace(program).case_contact(case_id), "number"};
    const Result<redis::Reply> kept = co_await client_.execute(std::move(question), deadline);
    if (!kept) {
        co_return kept.error();
    }
    const std::string* sealed = kept->string();
    if (sealed == nullptr) {
        co_return std::optional<vault::PhoneNumber>();
    }
    Result<vault::PhoneNumber> number = co_await open(std::move(program), std::move(case_id), *sealed);
    if (!number) {
        co_return number.error();
    }
    co_return std::optional(std::move(*number));
}

Awaitable<Result<vault::PhoneNumber>> ContactBook::open(std::string program, std::string case_id,
                                                        std::string sealed) {
    const std::string context = number_context(program, case_id);
    Result<std::string> unlocked = co_await unlock_one(vault_, context, std::move(sealed));
    if (!unlocked) {
        co_return unlocked.error();
    }
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::number, context, std::move(*unlocked)});
    Result<std::vector<std::string>> plain = co_await vault_.open(std::move(to_open));
    if (!plain) {
        co_return plain.error();
    }
    Result<vault::PhoneNumber> number = vault::PhoneNumber::parse(plain->front());
    locales::wipe(plain->front());
    if (!number) {
        co_return stores::errc::damaged;
    }
    co_return std::move(*number);
}

}  // namespace rightsline::cases
