#include "gateway/cli/casework/case_search.hpp"

#include <iostream>

#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int found_something = 1;
constexpr int bad_data = 65;
constexpr int unavailable = 69;

/// As staff say it aloud or type it: 7k4-921, 7K4921 and 7K4 921 are one.
std::string spoken(const std::string& alias) {
    std::string out;
    for (const char c : alias) {
        if (c != '-' && c != ' ') {
            out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return out;
}

/// "7K4-921", with or without its dash, or an id.
bool may_be_a_case(const std::string& which) {
    constexpr std::string_view digits = "0123456789";
    const std::string name = spoken(which);
    const bool alias = name.size() == 6 && name[1] >= 'A' && name[1] <= 'Z' &&
                       (name.substr(0, 1) + name.substr(2)).find_first_not_of(digits) == std::string::npos;
    const bool id = which.size() == 32 && which.find_first_not_of("0123456789abcdef") == std::string::npos;
    return alias || id;
}

CaseSearch find_referred(LocalApi& api, const std::string& program, const std::string& which) {
    const Result<json::object> list = api.get("/api/v1/referrals" + of_program(program));
    if (!list) {
        return {"", report(api)};
    }
    for (const json::value& one : list->at("referrals").as_array()) {
        if (spoken(text_of(one.as_object(), "alias")) == spoken(which)) {
            return {text_of(one.as_object(), "id")};
        }
    }
    std::cerr << "No case that is called " << which
              << " is with you. `rightsline case referrals` shows those that are.\n";
    return {"", bad_data};
}

}  // namespace

std::string cases_page(const std::string& program, int skip, int limit) {
    return "/api/v1/cases?skip=" + std::to_string(skip) + "&limit=" + std::to_string(limit) +
           of_program(program, '&');
}

int report(const LocalApi& api) {
    std::cerr << api.refusal() << "\n";
    switch (api.status()) {
        case 404:
        case 422:
            return bad_data;
        case 409:
            return found_something;
        default:
            return unavailable;
    }
}

CaseSearch find_case(LocalApi& api, const std::string& program, const std::string& which) {
    if (!may_be_a_case(which)) {
        std::cerr << which << " cannot be a case: a case is called as 7K4-921 is (digit, letter, digit, "
                  << "dash, three digits). `rightsline case list` shows them.\n";
        return {"", bad_data};
    }
    if (which.size() == 32) {
        return {which};
    }
    if (program.find('/') != std::string::npos) {  // another organisation's: what is with it
        return find_referred(api, program, which);
    }
    constexpr int page = 1000;
    std::int64_t total = 1;
    for (int skip = 0; skip < total; skip += page) {
        const Result<json::object> list = api.get(cases_page(program, skip, page));
        if (!list) {
            return {"", report(api)};
        }
        for (const json::value& one : list->at("cases").as_array()) {
            if (spoken(text_of(one.as_object(), "alias")) == spoken(which)) {
                return {text_of(one.as_object(), "id")};
            }
        }
        total = list->at("total").to_number<std::int64_t>();
    }
    std::cerr << "No case is called " << which << ". `rightsline case list` shows them.\n";
    return {"", bad_data};
}

}  // namespace rightsline::cli
