#include "gateway/cli/casework/case_screen.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <iterator>
#include <string_view>

#include "gateway/cli/casework/alert_screen.hpp"
#include "gateway/cli/casework/entered_words.hpp"
#include "gateway/cli/casework/log_words.hpp"
#include "gateway/cli/casework/recording_words.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"
#include "gateway/vault/epoch.hpp"

namespace rightsline::cli {
namespace {

using ops::text_of;

std::int64_t seconds_now() { return std::time(nullptr); }

const boost::json::array& list_of(const boost::json::object& one, std::string_view name) {
    static const boost::json::array none;
    const boost::json::value* found = one.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

void print_names(const char* what, const boost::json::array& names) {
    for (const boost::json::value& one : names) {
        std::cout << "  " << what << ": " << std::string_view(one.as_string()) << "\n";
    }
}

std::int64_t count_of(const boost::json::object& one, std::string_view name) {
    const boost::json::value* count = one.if_contains(name);
    return count != nullptr && count->is_int64() ? count->get_int64() : 0;
}

/// ", told by a text at 2026-11-22 09:00", and that nobody can read what waits without a number; else nothing.
std::string told_of(const boost::json::object& one) {
    const std::int64_t hour = count_of(one, "pinged_hour");
    const boost::json::value* number = one.if_contains("number_told");
    return std::string(number != nullptr && *number == false ? ", its number was not told so far" : "") +
           (hour == 0 ? "" : ", told by a text at " + shown_time(hour));
}

/// "2 tasks, 1 late"; nothing where nothing is to be done.
std::string tasks_of(const boost::json::object& one) {
    const std::int64_t open = count_of(one, "tasks_open");
    const std::int64_t late = count_of(one, "tasks_late");
    return open == 0 ? ""
                     : std::to_string(open) + (open == 1 ? " task" : " tasks") +
                           (late == 0 ? "" : ", " + std::to_string(late) + " late");
}

/// "  2 replies, 1 not read"; nothing where nobody wrote.
std::string replies_of(const boost::json::object& one) {
    const std::int64_t all = count_of(one, "replies");
    const std::int64_t waiting = all - count_of(one, "replies_read");
    return all == 0 ? ""
                    : "  " + std::to_string(all) + (all == 1 ? " reply" : " replies") +
                          (waiting == 0 ? ", all read" : ", " + std::to_string(waiting) + " not read") +
                          told_of(one);
}

/// "  1 linked"; nothing where none is.
std::string linked_of(const boost::json::object& one) {
    const std::int64_t linked = count_of(one, "linked");
    return linked == 0 ? "" : "  " + std::to_string(linked) + " linked";
}

}  // namespace

std::string clock_words(const boost::json::object& clock, std::int64_t now) {
    const std::string name = text_of(clock, "name");
    const std::string state = text_of(clock, "state");
    const auto due = clock.at("due").to_number<std::int64_t>();
    if (state == "paused") {
        return name + " stands still";
    }
    if (state == "overdue") {
        return name + " overdue by " + duration_of(now - due);
    }
    return name + (state == "warned" ? " soon due: in " : " due in ") + duration_of(due - now);
}

std::string standing_words(const boost::json::object& one, std::int64_t now) {
    const boost::json::value* readable = one.if_contains("readable");
    if (readable != nullptr && *readable == false) {
        return "who has it cannot be read: rightsline fsck";
    }
    const std::string assignee = text_of(one, "assignee");
    const boost::json::array& clocks = list_of(one, "clocks");
    const std::string clock = clocks.empty() ? "" : clock_words(clocks.front().as_object(), now);
    std::string all = assignee;
    for (const std::string& more : {clock, tasks_of(one)}) {
        all += (all.empty() || more.empty() ? "" : "; ") + more;
    }
    return all;
}

void print_check_ins(const boost::json::object& one) {
    for (const boost::json::value& each : list_of(one, "check_ins")) {
        const boost::json::object& asked = each.as_object();
        const std::string answer = text_of(asked, "answer");
        const char* said = answer == "fine"      ? "all is well"
                           : answer == "changed" ? "something changed: see what it is linked with"
                           : answer == "stop"    ? "they do not want to be asked"
                           : answer == "unknown" ? "not answered: nobody knows"
                                                 : "not answered yet";
        std::cout << "  check-in of day " << count_of(asked, "day")
                  << (text_of(asked, "how") == "text" ? ", by a text: " : ", when they come back: ") << said
                  << "\n";
    }
    if (count_of(one, "check_ins_missed") > 1) {
        std::cout << "  " << count_of(one, "check_ins_missed")
                  << " check-ins in a row were not answered: somebody should look after this worker\n";
    }
}

void print_standing(const boost::json::object& one) {
    const boost::json::array& clocks = list_of(one, "clocks");
    for (std::size_t i = 1; i < clocks.size(); ++i) {  // the first stands in the row
        std::cout << "  " << clock_words(clocks[i].as_object(), seconds_now()) << "\n";
    }
    for (const boost::json::value& link : list_of(one, "links")) {
        const boost::json::object& other = link.as_object();
        std::cout << "  linked with " << text_of(other, "alias") << " (" << text_of(other, "urgency") << ", "
                  << text_of(other, "status") << ")\n";
    }
    print_check_ins(one);
    const std::string site = text_of(one, "site");
    if (!site.empty()) {
        std::cout << "  at the site " << providers::clean_text(site) << "\n";
    }
    const std::string category = text_of(one, "category");
    if (!category.empty()) {
        const std::string name = text_of(one, "category_name");
        std::cout << "  about " << providers::clean_text(name.empty() ? category : name) << " ("
                  << text_of(one, "family") << ")\n";
    }
    const boost::json::value* held = one.if_contains("held");
    if (held != nullptr && held->is_bool() && held->get_bool()) {
        std::cout << "  on hold: nothing of it is deleted for its age; its worker still can\n";
    }
    std::cout << entered_words(one);
    print_names("stepped back", list_of(one, "recused"));
    print_names("kept out", list_of(one, "excluded"));
    std::cout << std::flush;
}

void print_notes_head() { std::cout << "---- the team's own notes: no worker hears them ----\n"; }

void print_note(const cases::Note& note) {
    const std::string by = indented(providers::clean_text(note.by));
    std::cout << shown_time(note.at) << "  note" << (by.empty() ? "" : " of " + by) << ": "
              << indented(providers::clean_text(note.text)) << "\n";
}

void print_tasks_head() { std::cout << "---- to be done ----\n"; }

void print_task(const boost::json::object& task, int number, const std::string& words) {
    const std::int64_t done = count_of(task, "done");
    const std::string who = text_of(task, "person");
    const bool no_answer = text_of(task, "kind") == "no_answer";
    std::cout << "  " << number << ". "
              << (done == 0 ? "by " + shown_time(count_of(task, "due")) : "done " + shown_time(done))
              << (who.empty() ? "" : ", " + providers::clean_text(who)) << ": "
              << (no_answer ? "its worker did not answer how they are; find a safe way to hear from them"
                            : indented(providers::clean_text(words)))
              << "\n";
}

std::string shown_time(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    return text;
}

void print_log_line(const boost::json::object& entry) {
    std::cout << shown_time(entry.at("at").to_number<std::int64_t>()) << "  " << log_words(entry) << "\n";
}

void print_row(const boost::json::object& one) {
    const std::string standing = standing_words(one, seconds_now());
    const std::string category = text_of(one, "category");
    const std::string about = category.empty() ? text_of(one, "family") : category;
    std::printf("%-9s %-3s %-15s %-17s %-6s %-6s %s%s%s%s\n", text_of(one, "alias").c_str(),
                text_of(one, "urgency").c_str(), text_of(one, "status").c_str(), about.c_str(),
                text_of(one, "language").c_str(), text_of(one, "mode").c_str(),
                shown_time(one.at("filed_hour").to_number<std::int64_t>()).c_str(),
                (replies_of(one) + linked_of(one)).c_str(), standing.empty() ? "" : "  ", standing.c_str());
}

namespace {

void print_pings(const boost::json::object& one) {
    const boost::json::value* pings = one.if_contains("pings");
    if (pings == nullptr || !pings->is_array()) {
        return;
    }
    for (const boost::json::value& each : pings->get_array()) {
        const boost::json::object& ping = each.as_object();
        const boost::json::value* asks = ping.if_contains("asks");
        const bool question = asks != nullptr && *asks == true;
        std::cout << (question ? "asked by a text whether all is well at " : "told by a text at ")
                  << shown_time(ping.at("at").to_number<std::int64_t>()) << ": " << fate_words(ping) << "\n";
    }
    const std::string held = text_of(one, "pings_held");
    if (!held.empty()) {
        std::cout << held_words(held) << "\n";
    }
    std::cout << std::flush;
}

}  // namespace

void print_contact(const boost::json::object& one) {
    const std::string contact = text_of(one, "contact");
    const boost::json::value* said_stop = one.if_contains("contact_stopped");
    if (said_stop != nullptr && said_stop->is_bool() && said_stop->get_bool()) {
        std::puts(
            contact == "call"
                ? "The worker asked to be called, and their phone has said STOP since: nothing goes to it."
                : "The worker asked for a text, and their phone has said STOP since: none goes.");
    } else if (contact == "relay") {
        std::puts("The worker may be sent a text that says only that there is a message.");
    } else if (contact == "call") {
        const boost::json::value* texts = one.if_contains("contact_texts");
        std::puts(texts != nullptr && texts->is_bool() && texts->get_bool()
                      ? "The worker may be called (rightsline case call), at a time that they said is safe, "
                        "and be sent "
                        "a text that says only that there is a message."
                      : "The worker may be called (rightsline case call), at a time that they said is safe.");
    }
    std::fflush(stdout);
    print_pings(one);
}

void print_head() {
    std::cerr << "name      urg status          about             lang   by     filed (UTC; only the hour is "
                 "shown)\n"
              << std::flush;
}

std::string indented(const std::string& text) {
    static constexpr std::string_view margin = "                  ";  // as wide as the time before a part
    // The separators of Unicode break lines as well; other controls are dropped before a text is sealed.
    static constexpr std::string_view breaks[] = {"\n", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto* found = std::find_if(std::begin(breaks), std::end(breaks), [&](std::string_view one) {
            return text.compare(at, one.size(), one) == 0;
        });
        if (found != std::end(breaks)) {
            out.append("\n").append(margin);
            at += found->size();
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

void say_shut(const char* what, const boost::system::error_code& why, std::string_view sealed) {
    std::cerr << what << " cannot be opened: "
              << (vault::lock_of(sealed)
                      ? "the key of its month was destroyed, or it does not belong to this case or was "
                        "changed; rightsline fsck says which"
                      : why.message())
              << "\n";
}

void print_part(const cases::OpenedPart& part, const boost::json::object& whole) {
    std::cout << shown_time(part.at) << "  " << part.name << ": ";
    if (part.recording.empty()) {
        std::cout << indented(part.text) << "\n";
        return;
    }
    const std::string where = recording_words(whole, part.recording);
    std::cout << "recording of " << part.seconds << " s (" << part.recording << ")"
              << (where.empty() ? "" : ", " + where) << "\n";
}

void print_reply(const cases::OpenedReply& reply, std::int64_t read_hour) {
    std::cout << shown_time(reply.at) << "  reply to the worker by " << reply.by
              << (reply.answer.empty() ? "" : ", the ready answer " + indented(reply.answer))
              << (read_hour == 0 ? ", not read yet" : ", read " + shown_time(read_hour) + " (the hour)")
              << ": " << indented(reply.text) << "\n";
}

}  // namespace rightsline::cli
