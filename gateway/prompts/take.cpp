#include "gateway/prompts/take.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ctime>

#include "gateway/ops/json_text.hpp"
#include "gateway/prompts/error.hpp"
#include "locales/audio.hpp"
#include "locales/folding.hpp"

namespace rightsline::prompts {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr std::array states{Take::State::waiting, Take::State::approved, Take::State::rejected};
constexpr std::size_t longest_name = 64;
constexpr auto most_digits = 4;
constexpr std::size_t longest_why = 500;

Take unreadable() {
    Take take;
    take.state = Take::State::unreadable;
    return take;
}

Result<void> must_wait(const Take& take) {
    switch (take.state) {
        case Take::State::waiting:
            return {};
        case Take::State::approved:
        case Take::State::rejected:
            return errc::already_judged;
        case Take::State::unreadable:
            break;
    }
    return errc::unreadable_take;
}

}  // namespace

std::string_view word(Take::State state) {
    switch (state) {
        case Take::State::waiting:
            return "waiting";
        case Take::State::approved:
            return "approved";
        case Take::State::rejected:
            return "rejected";
        case Take::State::unreadable:
            break;
    }
    return "unreadable";
}

std::string to_note(const Take& take) {
    json::object note{{"state", word(take.state)},
                      {"by", take.by},
                      {"at", take.at},
                      {"text_hash", locales::to_hex(take.text_hash)},
                      {"hash", take.hash},
                      {"length_ms", take.length.count()}};
    if (!take.warnings.empty()) {
        note["warnings"] = take.warnings;
    }
    if (!take.judged_by.empty()) {
        note["judged_by"] = take.judged_by;
        note["judged_at"] = take.judged_at;
    }
    if (!take.why.empty()) {
        note["why"] = take.why;
    }
    if (!take.way.empty()) {
        note["way"] = take.way;
    }
    return json::serialize(note) + "\n";
}

Take parse_take(std::string_view note) {
    boost::system::error_code failed;
    const json::value value = json::parse({note.data(), note.size()}, failed);
    if (failed || !value.is_object()) {
        return unreadable();
    }
    const json::object& object = value.get_object();
    const std::string state = text_of(object, "state");
    const auto* known =
        std::find_if(states.begin(), states.end(), [&](auto one) { return word(one) == state; });
    const auto text_hash = locales::parse_hex(text_of(object, "text_hash"));
    const json::value* length = object.if_contains("length_ms");
    if (known == states.end() || !text_hash || length == nullptr || !length->is_int64() ||
        text_of(object, "by").empty()) {
        return unreadable();
    }
    return {*known,
            text_of(object, "by"),
            text_of(object, "at"),
            *text_hash,
            text_of(object, "hash"),
            std::chrono::milliseconds(length->get_int64()),
            text_of(object, "warnings"),
            text_of(object, "judged_by"),
            text_of(object, "judged_at"),
            text_of(object, "why"),
            text_of(object, "way")};
}

std::string take_time(std::chrono::sys_time<std::chrono::milliseconds> at) {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return {text, length};
}

std::optional<std::string> read_name(std::string_view typed) {
    std::string name;
    bool gap = false;
    for (const char c : typed) {
        if (c == ' ') {
            gap = !name.empty();
            continue;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            return std::nullopt;
        }
        name += gap ? " " : "";
        name += c;
        gap = false;
    }
    const auto digits = std::ranges::count_if(name, [](char c) { return c >= '0' && c <= '9'; });
    if (name.size() > longest_name || digits > most_digits || locales::fold(name).empty()) {
        return std::nullopt;
    }
    return name;
}

bool is_same_person(std::string_view one, std::string_view other) {
    const auto bare = [](std::string_view name) {
        std::string folded = locales::fold(name);
        std::erase(folded, ' ');
        return folded;
    };
    return bare(one) == bare(other);
}

Result<void> may_approve(const Take& take, std::string_view text, std::string_view by) {
    const Result<void> waits = must_wait(take);
    if (!waits) {
        return waits;
    }
    if (is_same_person(take.by, by)) {
        return errc::own_take;
    }
    if (take.text_hash != locales::hash_text(text)) {
        return errc::other_words;
    }
    return {};
}

Result<void> may_reject(const Take& take) { return must_wait(take); }

Take judged(Take take, const Judgement& judgement) {
    take.state = judgement.state;
    take.judged_by = judgement.by;
    take.judged_at = judgement.at;
    take.why = locales::clean_text(judgement.why, longest_why);
    std::ranges::replace(take.why, '\n', ' ');  // it is shown on one line
    return take;
}

}  // namespace rightsline::prompts
