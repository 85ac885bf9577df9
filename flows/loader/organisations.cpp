// Who else may be asked to work on a report: organisations with people and a circle of their own.
#include <algorithm>
#include <array>

#include "flows/consent_words.hpp"
#include "flows/loader/build.hpp"

namespace rightsline::flows {
namespace {

constexpr std::size_t most_organisations = 8;
constexpr std::chrono::seconds shortest_answer = std::chrono::days(1);
constexpr std::chrono::seconds longest_answer = std::chrono::days(90);
// A yes to these gives nothing to anybody.
constexpr std::array<std::string_view, 4> not_sharing{"number", "recording", "survey", "check_in"};

class OrganisationReader {
 public:
    OrganisationReader(Build& build, const Node& node) : build_(build), node_(node) {}

    void read(const std::string& key) {
        locales::refuse_unknown_keys(node_, {"name", "circle", "consent", "status", "answer_within"},
                                     build_.complaints);
        Organisation one;
        one.key = key;
        one.name = node_.has("name") ? read_text(node_["name"], build_.complaints) : key;
        one.circle = read_text(node_["circle"], build_.complaints);
        one.consent = read_text(node_["consent"], build_.complaints);
        one.status = read_text(node_["status"], build_.complaints);
        check_circle(one);
        check_consent(one);
        read_answer_within(one);
        check_status(one);
        build_.pack->organisations.push_back(std::move(one));
    }

 private:
    void check_circle(const Organisation& one) {
        const bool known = std::ranges::any_of(build_.pack->organisations, [&](const Organisation& other) {
            return other.circle == one.circle;
        });
        if (!is_name(one.circle) || one.circle.find('_') != std::string::npos || known ||
            one.circle == build_.pack->program) {
            build_.complain(
                node_, "bad-circle", "'" + one.circle + "' is no circle of its own",
                "write circle: with the name of the key that its people made, which is nobody else's");
        }
    }
    void check_consent(const Organisation& one) {
        const bool is_word = std::ranges::find(consent_words, one.consent) != consent_words.end();
        const bool shares = std::ranges::find(not_sharing, one.consent) == not_sharing.end();
        if (!is_word || !shares) {
            build_.complain(
                node_, "bad-consent",
                "'" + one.consent + "' is nothing that a worker says yes to before a report goes to others",
                "write consent: investigator, employer, buyer, union, government or register");
        }
    }
    void read_answer_within(Organisation& one) {
        const auto within = read_duration(node_["answer_within"], build_.complaints);
        if (!within) {
            return;
        }
        one.answer_within = *within;
        if (one.answer_within < shortest_answer || one.answer_within > longest_answer) {
            build_.complain(node_["answer_within"], "bad-value", "an offer waits from one day to ninety",
                            "write answer_within: 7d");
        }
    }
    /// It is said by itself from then on: nobody sets it before, for it would not be true.
    void check_status(const Organisation& one) {
        if (one.status.empty()) {
            return;
        }
        auto& statuses = build_.pack->statuses;
        const auto found = std::ranges::find(statuses, one.status, &CaseStatus::key);
        if (found == statuses.end() || found->by_itself || found->key == status_received || found->closes ||
            !found->passed_to.empty()) {
            build_.complain(
                node_["status"], "bad-value",
                "'" + one.status + "' is no status that a report gets when it is accepted",
                "name one of statuses: that is neither said by itself nor the end, and is nobody else's");
            return;
        }
        found->passed_to = one.key;
    }

    Build& build_;
    const Node& node_;
};

}  // namespace

/// `organisations: {investigators: {name: …, circle: …, consent: investigator, status: referred, answer_within: 7d}}`
void read_organisations(Build& build) {
    const Node& all = build.sources.program["organisations"];
    if (!is_map(all, build.complaints)) {
        return;
    }
    for (const auto& [key, node] : all.entries()) {
        if (!is_name(key) || build.pack->organisations.size() == most_organisations) {
            build.complain(node, "bad-name", "'" + key + "' cannot be an organisation here",
                           "use lower-case letters, digits and -; at most eight");
        } else if (is_map(node, build.complaints)) {
            OrganisationReader(build, node).read(key);
        }
    }
}

}  // namespace rightsline::flows
