// What the tests of the dialects share: a form request, our account, a language, a parsed XML document.
#pragma once

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

using Pairs = std::vector<std::pair<std::string, std::string>>;

inline Credentials our_account() { return {"AC0123", {"12345"}, "https://api.twilio.com"}; }

inline std::string percent_encode(const std::string& text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        out += '%';
        out += digits[value >> 4U];
        out += digits[value & 0xFU];
    }
    return out;
}

inline http::Request form_request(const Pairs& fields, std::string target = "/hooks/main/x") {
    http::Request request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    for (const auto& [name, value] : fields) {
        request.body += (request.body.empty() ? "" : "&") + name + "=" + percent_encode(value);
    }
    return request;
}

inline locales::LanguageTag language(std::string_view tag) {
    return locales::LanguageTag::parse(tag).value();
}

inline boost::property_tree::ptree parse_xml(const std::string& text) {
    std::istringstream in(text);
    boost::property_tree::ptree tree;
    boost::property_tree::read_xml(in, tree);
    return tree;
}

}  // namespace rightsline::providers
