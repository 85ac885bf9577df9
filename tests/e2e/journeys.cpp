#include "tests/e2e/journeys.hpp"

#include <boost/json.hpp>

namespace rightsline::tests {
namespace {

// Damm's quasigroup of order 10, from his thesis.
constexpr int damm[10][10] = {{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
                              {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
                              {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
                              {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
                              {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};

constexpr int most_tries = 5;  // one less than a phone has in a minute

bool is_busy(const Hotline& hotline, const std::string& answer) {
    return answer.find(hotline.words("return_with_code.busy.say", "en")) != std::string::npos;
}

}  // namespace

std::string code_in(const std::string& text) {
    for (std::size_t i = 0; i + 14 <= text.size(); ++i) {
        std::string digits;
        for (const char c : text.substr(i, 14)) {
            digits += c >= '0' && c <= '9' ? std::string(1, c) : "";
        }
        if (digits.size() == 12 && text[i + 4] == ' ' && text[i + 9] == ' ') {
            return digits;
        }
    }
    return "";
}

std::string code_in(const std::vector<std::string>& heard) {
    std::string digits;
    for (const std::string& name : heard) {
        for (const std::string prefix : {"common.digit.", "common.digit_final."}) {
            if (name.starts_with(prefix) && digits.size() < 12) {
                digits += name[prefix.size()];
            }
        }
    }
    return digits;
}

std::string unknown_code(int number) {
    std::string code = std::to_string(10'000'000'000 + number);
    int interim = 0;
    for (const char c : code) {
        interim = damm[interim][c - '0'];
    }
    return code + static_cast<char>('0' + interim);
}

std::string open_by_text(const Hotline& hotline, const TwilioPhone& phone, const std::string& code) {
    std::string answer = phone.texts({code});
    for (int tries = 1; tries < most_tries && is_busy(hotline, answer); ++tries) {
        answer = phone.texts({"1", code});
    }
    return answer;
}

std::string open_by_call(const Hotline& hotline, TwilioCall& call, const std::string& code) {
    call.press(code);
    std::string answer = call.redirect().body;
    for (int tries = 1; tries < most_tries && is_busy(hotline, answer); ++tries) {
        call.press("1");
        call.press(code);
        answer = call.redirect().body;
    }
    return answer;
}

std::vector<std::pair<std::string, std::string>> told(const boost::json::object& opened) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const boost::json::value& part : opened.at("parts").as_array()) {
        out.emplace_back(part.as_object().at("name").as_string(), part.as_object().at("text").as_string());
    }
    return out;
}

std::string report_by_text(const TwilioPhone& phone, const std::string& story) {
    phone.texts(spanish_to_story);
    return code_in(phone.texts({story, "1", "1", "0", "0", "0", "0", "1"}));
}

}  // namespace rightsline::tests
