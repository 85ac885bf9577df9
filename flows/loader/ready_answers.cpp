// The sentences that whoever works on a case may send to its worker as they stand: said in every language of the program.
#include "flows/limits.hpp"
#include "flows/loader/build.hpp"
#include "flows/loader/fields.hpp"

namespace rightsline::flows {
namespace {

bool check_key(Build& build, const std::string& key, const Node& node) {
    if (is_name(key) && key.size() <= limits::answer_key_bytes) {
        return true;
    }
    build.complain(
        node, "bad-name", "'" + key + "' cannot be the name of an answer",
        "use at most " + std::to_string(limits::answer_key_bytes) + " lower-case letters, digits, _ and -");
    return false;
}

}  // namespace

/// `answers: {working: {say: We read your report and are working on it.}}`, in the order in which they are offered.
void read_ready_answers(Build& build) {
    const Node& answers = build.sources.program["answers"];
    if (!is_map(answers, build.complaints)) {
        return;
    }
    for (const auto& [key, node] : answers.entries()) {
        if (!check_key(build, key, node) || !is_map(node, build.complaints)) {
            continue;
        }
        locales::refuse_unknown_keys(node, {"say"}, build.complaints);
        if (!node.has("say")) {
            build.complain(node, "no-words", "nothing says what a worker hears here",
                           "add say: with the words");
            continue;
        }
        build.pack->answers.push_back({key, build.add_text("program.answers." + key, node["say"])});
    }
    if (build.pack->answers.size() > limits::ready_answers) {
        build.complain(answers, "too-many-answers",
                       "nobody finds one sentence among more than " + std::to_string(limits::ready_answers),
                       "keep those that are sent often; the rest is written");
    }
}

}  // namespace rightsline::flows
