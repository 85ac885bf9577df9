#include "gateway/people/roster.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace rightsline::people {
namespace {

using locales::Complaints;
using locales::Node;

/// It stands in the audit, in ids and in the address of a call's page.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 32 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

class Reader {
 public:
    Reader(const Node& root, Complaints& complaints) : root_(root), complaints_(complaints) {}

    Roster read() {
        refuse_unknown_keys(root_,
                            {"people", "order", "supervisors", "step_seconds", "repeat_minutes", "line",
                             "live", "organisations"},
                            complaints_);
        for (const auto& [name, node] : root_["people"].entries()) {
            person(name, node);
        }
        roster_.order = names(root_["order"]);
        roster_.order_at = root_["order"].line();
        roster_.supervisors = names(root_["supervisors"]);
        roster_.step = std::chrono::seconds(number(root_["step_seconds"], 60, 10, 3600));
        roster_.repeat = std::chrono::minutes(number(root_["repeat_minutes"], 15, 1, 1440));
        roster_.line = root_["line"].text();
        roster_.line_at = root_["line"].line();
        if (root_.has("live") && root_["live"].kind() == Node::Kind::map) {
            live(root_["live"]);
        } else if (root_.has("live")) {
            complain(root_["live"], "not-a-map", "live says how callers are put through, or is not there",
                     "write live: {} to have them put through, or leave it out");
        }
        for (const auto& [key, node] : root_["organisations"].entries()) {
            organisation(key, node);
        }
        whole();
        return std::move(roster_);
    }

 private:
    void complain(const Node& node, std::string rule, std::string what, std::string mend) {
        complaints_.push_back(node.complain(std::move(rule), std::move(what), std::move(mend)));
    }

    void person(const std::string& name, const Node& node) {
        refuse_unknown_keys(
            node, {"phone", "media", "language", "speaks", "hours", "away", "stands_in", "email", "gender"},
            complaints_);
        if (!is_name(name)) {
            complain(node, "bad-name", "a name is one word of a to z, digits, - and _, at most 32",
                     "write what you call each other, such as maria");
            return;
        }
        const Result<vault::PhoneNumber> phone = vault::PhoneNumber::parse(node["phone"].text());
        if (!phone) {
            complain(node, "bad-phone", "the phone of " + name + " is no number",
                     "write it in quotes, with + and the country");
        }
        const std::string& tag = node["language"].text();
        const Result<locales::LanguageTag> language = locales::LanguageTag::parse(tag.empty() ? "en" : tag);
        if (!language) {
            complain(node["language"], "bad-language", "this is no language", "write language: es");
        }
        Hours hours(spans(node["hours"]), {periods(node["away"]), periods(node["stands_in"])});
        if (!phone || !language) {
            unusable_.insert(name);
            return;
        }
        Person one{name, *phone, true, true, *language, std::move(hours), node.line()};
        if (node.has("email")) {
            const Result<mail::Address> email = mail::Address::parse(node["email"].text());
            if (email) {
                one.email = *email;
            } else {
                complain(node["email"], "bad-email", "the email of " + name + " is no e-mail address",
                         "write it as name@example.org");
            }
        }
        if (node.has("media")) {
            media(node["media"], one);
        }
        speaks(node["speaks"], one);
        gender(node["gender"], one);
        roster_.people.push_back(std::move(one));
    }

    void media(const Node& node, Person& one) {
        one.texts = false;
        one.calls = false;
        for (const Node& medium : node.items()) {
            one.texts = one.texts || medium.text() == "sms";
            one.calls = one.calls || medium.text() == "call";
            if (medium.text() != "sms" && medium.text() != "call") {
                complain(medium, "unknown-medium", "this is no way to tell a person", "write sms or call");
            }
        }
        if (!one.texts && !one.calls) {
            complain(node, "no-medium", one.name + " can be told in no way", "write media: [sms, call]");
        }
    }

    void speaks(const Node& node, Person& one) {
        for (const Node& item : node.items()) {
            const Result<locales::LanguageTag> language = locales::LanguageTag::parse(item.text());
            if (language) {
                one.speaks.push_back(*language);
            } else {
                complain(item, "bad-language", "this is no language", "write speaks: [en, es]");
            }
        }
        if (node && node.kind() != Node::Kind::list) {
            complain(node, "not-a-list", "what somebody speaks must be a list", "write speaks: [en, es]");
        }
    }

    void gender(const Node& node, Person& one) {
        one.gender = node.text();
        if (node && !is_name(one.gender)) {
            complain(node, "bad-gender",
                     "a gender is one word of a to z, as the program's script asks for it",
                     "write gender: woman, gender: man, or leave it out");
        }
    }

    void live(const Node& node) {
        refuse_unknown_keys(node, {"ring", "ring_seconds", "wait_seconds", "caps", "gender"}, complaints_);
        const std::string& ring = node["ring"].text();
        if (!ring.empty() && ring != "sequence" && ring != "parallel") {
            complain(node["ring"], "bad-ring", "phones can ring in sequence or in parallel",
                     "write ring: sequence, or ring: parallel");
        }
        roster_.live = Live{ring == "parallel", std::chrono::seconds(number(node["ring_seconds"], 20, 5, 60)),
                            std::chrono::seconds(number(node["wait_seconds"], 75, 10, 300))};
        caps(node["caps"], roster_.live->caps);
        roster_.live->asks_gender = node["gender"].text() == "asked";
        if (node.has("gender") && !roster_.live->asks_gender) {
            complain(node["gender"], "bad-gender",
                     "callers are asked by whom they would rather be answered, or not",
                     "write gender: asked, or leave it out");
        }
    }

    void caps(const Node& node, LiveCaps& caps) {
        refuse_unknown_keys(node, {"caller_hour", "caller_day", "block_hour", "minute", "hour", "day"},
                            complaints_);
        for (const auto& [name, cap] : {std::pair("caller_hour", &caps.caller_hour),
                                        {"caller_day", &caps.caller_day},
                                        {"block_hour", &caps.block_hour},
                                        {"minute", &caps.minute},
                                        {"hour", &caps.hour},
                                        {"day", &caps.day}}) {
            *cap = number(node[name], static_cast<int>(*cap), 1, 100'000);
        }
    }

    void organisation(const std::string& key, const Node& node) {
        std::vector<mail::Address>& told = roster_.organisations[key];
        for (const Node& item : node.items()) {
            const Result<mail::Address> email = mail::Address::parse(item.text());
            if (email) {
                told.push_back(*email);
            } else {
                complain(item, "bad-email", "this is no e-mail address", "write it as name@example.org");
            }
        }
        if (told.empty() || told.size() > most_told_of_offers) {
            complain(node, "nobody-told", "an organisation lists one to ten e-mail addresses here",
                     "write " + key + ": [name@example.org]");
        }
    }

    std::vector<Span> spans(const Node& node) {
        std::vector<Span> found;
        for (const Node& item : node.items()) {
            const std::optional<Span> span = parse_span(item.text());
            if (span) {
                found.push_back(*span);
            } else {
                complain(item, "bad-hours", "these are no hours",
                         "write \"mon-fri 06:00-22:00\" or \"daily 22:00-06:00\"");
            }
        }
        if (node && node.kind() != Node::Kind::list) {
            complain(node, "not-a-list", "hours must be a list", "write [\"mon-fri 06:00-22:00\"]");
        }
        return found;
    }

    std::vector<Period> periods(const Node& node) {
        std::vector<Period> found;
        for (const Node& item : node.items()) {
            const std::optional<Period> period = parse_period(item.text());
            if (period) {
                found.push_back(*period);
            } else {
                complain(item, "bad-dates", "these are no dates, or end before they begin",
                         "write \"2026-12-25\" or \"2026-12-24 18:00 to 2026-12-27 06:00\"");
            }
        }
        if (node && node.kind() != Node::Kind::list) {
            complain(node, "not-a-list", "dates must be a list", "write [\"2026-12-25\"]");
        }
        return found;
    }

    std::vector<std::size_t> names(const Node& node) {
        std::vector<std::size_t> found;
        for (const Node& item : node.items()) {
            if (unusable_.contains(item.text())) {
                continue;
            }
            const auto person = std::ranges::find(roster_.people, item.text(), &Person::name);
            const auto index = static_cast<std::size_t>(person - roster_.people.begin());
            if (person == roster_.people.end()) {
                complain(item, "unknown-person", "nobody here is called " + item.text(),
                         "name one of those under people");
            } else if (std::ranges::find(found, index) != found.end()) {
                complain(item, "named-twice", item.text() + " stands here twice", "name each once");
            } else {
                found.push_back(index);
            }
        }
        return found;
    }

    int number(const Node& node, int otherwise, int least, int most) {
        if (!node) {
            return otherwise;
        }
        const std::string& text = node.text();
        int value = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
            complain(node, "bad-number", "this is no number that fits here",
                     "write one from " + std::to_string(least) + " to " + std::to_string(most));
            return otherwise;
        }
        return value;
    }

    void whole() {
        if (roster_.order.empty() && unusable_.empty()) {
            complain(root_, "nobody-on-call", "the roster names nobody to be told",
                     "list names under order, the first to be woken first");
        }
        if (roster_.people.size() > most_people) {
            complain(root_["people"], "too-many-people",
                     "a roster has at most " + std::to_string(most_people) + " people",
                     "leave those who are on call");
        }
        std::set<std::string> numbers;
        for (const Person& person : roster_.people) {
            if (!numbers.insert(person.phone.reveal()).second) {
                complain(root_["people"], "one-phone-twice", person.name + " has the phone of another person",
                         "give each person their own");
            }
        }
    }

    const Node& root_;
    Complaints& complaints_;
    Roster roster_;
    std::set<std::string>
        unusable_;  // who was named, and of whom something was complained of that they cannot be without
};

}  // namespace

const Person* Roster::find(std::string_view name) const {
    const auto found = std::ranges::find(people, name, &Person::name);
    return found == people.end() ? nullptr : &*found;
}

Roster read_roster(std::string_view text, const std::string& file, Complaints& complaints) {
    const Node root = locales::read_yaml(text, file, complaints);
    if (locales::has_errors(complaints)) {
        return {};
    }
    return Reader(root, complaints).read();
}

}  // namespace rightsline::people
