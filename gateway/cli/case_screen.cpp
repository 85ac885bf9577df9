#include "gateway/cli/case_screen.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <iterator>
#include <string_view>

#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

using ops::text_of;

std::string when(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    return text;
}

std::int64_t count_of(const boost::json::object& one, std::string_view name) {
    const boost::json::value* count = one.if_contains(name);
    return count != nullptr && count->is_int64() ? count->get_int64() : 0;
}

/// "  2 replies, 1 not read"; nothing where nobody wrote.
std::string replies_of(const boost::json::object& one) {
    const std::int64_t all = count_of(one, "replies");
    const std::int64_t waiting = all - count_of(one, "replies_read");
    if (all == 0) {
        return {};
    }
    return "  " + std::to_string(all) + (all == 1 ? " reply" : " replies") +
           (waiting == 0 ? ", all read" : ", " + std::to_string(waiting) + " not read");
}

}  // namespace

void print_row(const boost::json::object& one) {
    std::printf("%-9s %-3s %-10s %-12s %-6s %-6s %s%s\n", text_of(one, "alias").c_str(),
                text_of(one, "urgency").c_str(), text_of(one, "status").c_str(),
                text_of(one, "family").c_str(), text_of(one, "language").c_str(),
                text_of(one, "mode").c_str(), when(one.at("filed_hour").to_number<std::int64_t>()).c_str(),
                replies_of(one).c_str());
}

void print_head() {
    std::cerr << "name      urg status     about        lang   by     filed (UTC; only the hour is shown)\n"
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

void print_part(const cases::OpenedPart& part) {
    std::cout << when(part.at) << "  " << part.name << ": ";
    if (part.recording.empty()) {
        std::cout << indented(part.text) << "\n";
    } else {
        std::cout << "recording of " << part.seconds << " s (" << part.recording << ")\n";
    }
}

void print_reply(const cases::OpenedReply& reply, std::int64_t read_hour) {
    std::cout << when(reply.at) << "  reply to the worker by " << reply.by
              << (read_hour == 0 ? ", not read yet" : ", read " + when(read_hour) + " (the hour)") << ": "
              << indented(reply.text) << "\n";
}

}  // namespace rightsline::cli
