#include "gateway/mail/letter.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "gateway/ops/base64.hpp"

namespace rightsline::mail {
namespace {

constexpr std::size_t line_of_body = 76;
constexpr std::size_t bytes_of_word = 42;  // an encoded word has at most 75 characters

constexpr const char* nobody = "noreply";

constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string date_of(std::chrono::sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  days.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                  months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

/// How many bytes of `text` make one encoded word: no character is cut.
std::size_t word_of(std::string_view text) {
    std::size_t size = std::min(text.size(), bytes_of_word);
    while (size > 1 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    return size;
}

std::string encoded(std::string_view text) {
    if (is_ascii(text)) {
        return std::string(text);
    }
    std::string words;
    while (!text.empty()) {
        const std::size_t size = word_of(text);
        words +=
            (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + ops::to_base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return words;
}

std::string name_of(const Letter& letter) {
    std::string id;
    for (const char c : letter.id) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-') {
            id += c;
        }
    }
    return "<" + id + "@" + letter.from.domain() + ">";
}

}  // namespace

std::string to_bytes(const Letter& letter) {
    std::string out;
    const auto header = [&out](const char* name, const std::string& value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    header("From", "<" + letter.from.reveal() + ">");
    header("To", "<" + letter.to.reveal() + ">");
    header("Subject", encoded(letter.subject.text()));
    header("Date", date_of(letter.at));
    header("Message-ID", name_of(letter));
    // A machine wrote it, so no holiday notice answers it. What a person answers is refused by their domain's own server,
    // for nobody has that address: an invalid one would be safer still, and might make the mail look like spam.
    header("Auto-Submitted", "auto-generated");
    header("X-Auto-Response-Suppress", "All");
    header("Reply-To", "<" + std::string(nobody) + "@" + letter.from.domain() + ">");
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "base64");
    out += "\r\n";
    const std::string body = ops::to_base64(letter.body);
    for (std::size_t at = 0; at < body.size(); at += line_of_body) {
        out.append(body, at, line_of_body).append("\r\n");
    }
    return out;
}

}  // namespace rightsline::mail
