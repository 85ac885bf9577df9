#include "gateway/cli/casework/alert_screen.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

std::string ago(const json::object& in, std::string_view name, std::int64_t now) {
    return duration_of(std::max<std::int64_t>(0, now - number_of(in, name))) + " ago";
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string medium_of(const std::string& by) { return by == "sms" ? "text" : by; }

/// What the outbox says of a message that no carrier has said anything about.
std::string state_words(const std::string& state) {
    static const std::map<std::string, std::string> words{
        {"waiting", "waits to leave"},
        {"under_way", "is leaving"},
        {"in_doubt", "in doubt: perhaps it left; being looked into"},
        {"accepted", "the phone company has it"},
        {"rejected", "REFUSED by the phone company"},
        {"given_up", "GIVEN UP: the phone company could not take it"},
        {"unknown", "NOT KNOWN whether it left"},
        {"stopped", "NOT SENT: this phone has said STOP"},
        {"capped", "NOT SENT: the limit of the day was reached"},
        {"too_late", "NOT SENT in its time"},
        {"withdrawn", "NOT SENT: they have taken back their yes"},
        {"no_way", "NOT SENT: its line or account cannot be used"},
        {"forgotten", "no longer on record"},
    };
    const auto found = words.find(state);
    return found == words.end() ? "its record cannot be read" : found->second;
}

/// What the carrier says, where it has said how it ended.
std::string delivery_words(const std::string& delivery, bool call) {
    if (delivery == "delivered" || delivery == "read") {
        return call ? "answered" : "delivered";
    }
    if (delivery == "undelivered" || delivery == "failed" || delivery == "canceled") {
        return call ? "NOT ANSWERED" : "NOT DELIVERED";
    }
    return "";
}

std::string list_of(const json::array& tell) {
    std::string all;
    for (const json::value& one : tell) {
        const json::object& person = one.as_object();
        std::string ways;
        for (const json::value& by : person.at("by").as_array()) {
            ways += (ways.empty() ? "" : " and ") + medium_of(std::string(by.as_string()));
        }
        const bool asleep = !person.at("on_duty").as_bool();
        const json::value* said_stop = person.if_contains("stopped");
        const bool stopped = said_stop != nullptr && said_stop->is_bool() && said_stop->get_bool();
        all += (all.empty() ? "" : ", ") + text_of(person, "person") + " (" + ways +
               (asleep ? ", outside their hours" : "") +
               (stopped ? "; HAS SENT STOP: no text reaches them until they send START)" : ")");
    }
    return all;
}

}  // namespace

std::string duration_of(std::int64_t seconds) {
    if (seconds < 60) {
        return std::to_string(seconds) + " s";
    }
    const std::int64_t minutes = seconds / 60;
    if (minutes < 60) {
        return std::to_string(minutes) + " min";
    }
    const std::int64_t hours = minutes / 60;
    if (hours < 48) {
        return std::to_string(hours) + " h" +
               (minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " min");
    }
    return std::to_string(hours / 24) + " days";
}

std::string fate_words(const json::object& told) {
    const std::string ended = delivery_words(text_of(told, "delivery"), text_of(told, "by") == "call");
    const json::value* contradictory = told.if_contains("contradictory");
    const bool both = contradictory != nullptr && contradictory->is_bool() && contradictory->as_bool();
    std::string words = ended.empty() ? state_words(text_of(told, "state")) : ended;
    if (number_of(told, "code") != 0) {
        words += " (the phone company's code " + std::to_string(number_of(told, "code")) + ")";
    }
    return both ? words + ", but the phone company has also said the opposite" : words;
}

std::string alert_lines(const json::object& alert, std::int64_t now) {
    const std::string taker = text_of(alert, "taken_by");
    std::string lines = padded(text_of(alert, "alias"), 10) + text_of(alert, "urgency") + "  raised " +
                        ago(alert, "raised", now) + "  ";
    lines +=
        taker.empty() ? "NOBODY HAS IT\n" : taker + " has it, since " + ago(alert, "taken_at", now) + "\n";
    const json::array& told = alert.at("told").as_array();
    const std::int64_t left_out = number_of(alert, "messages") - static_cast<std::int64_t>(told.size());
    if (left_out > 0) {
        lines += "    " + std::to_string(left_out) + " earlier messages\n";
    }
    for (const json::value& one : told) {
        const json::object& message = one.as_object();
        lines += "    " + padded(text_of(message, "person"), 12) +
                 padded(medium_of(text_of(message, "by")), 6) + padded(ago(message, "at", now), 16) +
                 fate_words(message) + "\n";
    }
    return lines;
}

/// So that whoever looks at one hour learns of the others too.
std::string gaps_of(const json::object& now) {
    const std::string gaps = text_of(now, "nobody_on_duty");
    const std::string alone =
        text_of(now, "callers") == "conflict"
            ? "callers-reach-nobody: all who could be rung then stand on an employer's list; "
              "who asks for a person leaves a message\n"
            : "";
    return (gaps.empty() ? "" : "nobody-on-duty: " + gaps + "\n") + alone;
}

std::string roster_lines(const json::object& now) {
    std::string lines;
    for (const json::value& one : now.at("steps").as_array()) {
        const json::object& step = one.as_object();
        const std::int64_t after = number_of(step, "after_seconds");
        lines += padded(after == 0 ? "at once" : "after " + duration_of(after), 14) +
                 list_of(step.at("tell").as_array()) + "\n";
    }
    const std::int64_t again = number_of(now, "again_seconds");
    if (lines.empty()) {
        return "nobody is on duty then: they are told when somebody is; looked at every " +
               duration_of(again) + "\n" + gaps_of(now);
    }
    return lines +
           (again == 0 ? "that is all, once it arrived; else the next on duty is told, then all of them\n"
                       : "then those of the last step again, every " + duration_of(again) +
                             ", until somebody takes it\n") +
           gaps_of(now);
}

std::string outbox_head() {
    return "line              alert  reply  blast  under way  in doubt  unknown  put aside\n";
}

std::string outbox_row(const json::object& line) {
    const json::object& waiting = line.at("waiting").as_object();
    const auto cell = [](std::int64_t number, int width) {
        char text[32];
        std::snprintf(text, sizeof text, "%*lld", width, static_cast<long long>(number));
        return std::string(text);
    };
    return padded(text_of(line, "line"), 16) + cell(number_of(waiting, "alert"), 7) +
           cell(number_of(waiting, "reply"), 7) + cell(number_of(waiting, "blast"), 7) +
           cell(number_of(line, "under_way"), 11) + cell(number_of(line, "in_doubt"), 10) +
           cell(number_of(line, "unknown"), 9) + cell(number_of(line, "aside"), 11) + "\n";
}

std::string copies_line(const json::object& copies) {
    const std::int64_t waiting = number_of(copies, "waiting");
    const std::int64_t given_up = number_of(copies, "given_up");
    if (waiting == 0 && given_up == 0) {
        return "";
    }
    return "account " + text_of(copies, "account") + ": the provider still holds " +
           std::to_string(waiting + given_up) + " texts that are to be erased there; " +
           std::to_string(number_of(copies, "late")) + " for more than a day, " + std::to_string(given_up) +
           " it will not erase\n";
}

}  // namespace rightsline::cli
