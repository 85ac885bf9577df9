#include "gateway/cli/casework/reply_command.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <optional>

#include "gateway/cases/reply.hpp"
#include "gateway/cases/screening.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/typed_text.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "locales/folding.hpp"
#include "locales/segments.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int in_doubt = 1;
constexpr int bad_data = 65;
constexpr int unavailable = 69;

/// As it will be sent: clean, without space around it, and with the quotation marks that cost nothing. Nothing: it is no text,
/// which was said.
std::optional<std::string> words_of(const ReplyOptions& options) {
    std::optional<std::string> words = options.words;
    if (options.words == "-") {
        words = read_typed_text(std::cin, "");
    } else if (!is_text(options.words)) {
        std::cerr << "This is no text in UTF-8. Nothing was sent.\n";
        words.reset();
    }
    if (!words) {
        return std::nullopt;
    }
    std::string clean = locales::clean_text(*words);
    const std::size_t first = clean.find_first_not_of(" \n");
    clean = first == clean.npos ? "" : clean.substr(first, clean.find_last_not_of(" \n") - first + 1);
    return locales::plan_segments(clean).text;
}

/// What is wrong with its length, or 0.
int check_length(const std::string& words) {
    if (words.empty()) {
        std::cerr << "There is nothing to send.\n";
        return bad_data;
    }
    const locales::SegmentPlan plan = locales::plan_segments(words);
    if (plan.segments() <= cases::most_reply_segments) {
        return 0;
    }
    std::cerr << "Too long: " << plan.characters << " characters, " << plan.segments()
              << " SMS parts; at most " << cases::most_reply_segments << ".";
    const locales::EncodingCost cost = locales::encoding_cost(words);
    if (cost.avoidable && cost.segments_without < cost.segments) {
        std::cerr << " Without";
        for (const locales::ForcingCharacter& one : cost.characters) {
            std::cerr << " " << one.character;
        }
        std::cerr << " it would be " << cost.segments_without << ".";
    }
    std::cerr << "\n";
    return bad_data;
}

/// Says what was found; the exit code that follows, 0 when it may go.
int judge(const std::vector<cases::Screened>& found, bool confirmed) {
    bool refused = false;
    bool doubtful = false;
    for (const cases::Screened& one : found) {
        refused = refused || one.refused();
        doubtful = doubtful || (!one.refused() && !confirmed);
        if (one.refused() || !confirmed) {
            std::cerr << (one.refused() ? "refused: \"" : "is this meant? \"") << one.words << "\" "
                      << cases::why(one.kind) << "\n";
        }
    }
    if (refused) {
        std::cerr << "Nothing was sent. Others may read this phone: say it without these words.\n";
        return bad_data;
    }
    if (doubtful) {
        std::cerr << "Nothing was sent. Put it in other words, or say --confirm.\n";
        return in_doubt;
    }
    return 0;
}

std::vector<std::string> strings_of(const json::value& list) {
    std::vector<std::string> out;
    for (const json::value& one : list.as_array()) {
        out.emplace_back(one.as_string());
    }
    return out;
}

/// What its reply is sealed to, in `to`. The exit code; not 0: that was said.
int find_mailbox(LocalApi& api, const ReplyOptions& options, json::object& to) {
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    Result<json::object> found =
        api.get("/api/v1/cases/" + search.id + "/mailbox" + of_program(options.program));
    if (!found) {
        return report(api);
    }
    to = std::move(*found);
    return 0;
}

std::optional<vault::MailboxPublicKey> mailbox_of(const json::object& to) {
    const std::optional<std::string> bytes = ops::from_base64(text_of(to, "mailbox"));
    vault::MailboxPublicKey key{};
    if (!bytes || bytes->size() != key.size()) {
        return std::nullopt;
    }
    std::ranges::copy(*bytes, key.begin());
    return key;
}

std::int64_t now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// What a call makes of a ready answer, for whoever sends it.
std::string_view heard_how(const std::string& heard) {
    return heard == "recorded"  ? "a call says it by its recording"
           : heard == "machine" ? "a call says it by a machine's voice"
                                : "no call in that language can say it: a caller hears that a message waits";
}

/// Those that may be sent as they stand: what they say, and what the worker gets.
int list_answers(const ReplyOptions& options, const json::object& to) {
    const json::array& answers = to.at("answers").as_array();
    if (options.json) {
        std::cout << json::serialize(answers) << "\n";
        return 0;
    }
    for (const json::value& one : answers) {
        const json::object& answer = one.as_object();
        std::cout << text_of(answer, "key") << ": " << text_of(answer, "name") << "\n";
        if (text_of(answer, "words") != text_of(answer, "name")) {
            std::cout << "    " << text_of(to, "language") << ": " << text_of(answer, "words") << "\n";
        }
        std::cout << "    in " << text_of(to, "language") << " " << heard_how(text_of(answer, "heard"))
                  << "\n";
    }
    if (answers.empty()) {
        std::cerr << "This program has no answers to pick from.\n";
    }
    return 0;
}

/// What was picked, as the server offers it. Null: there is none, which was said.
const json::object* picked(const ReplyOptions& options, const json::object& to) {
    for (const json::value& one : to.at("answers").as_array()) {
        if (text_of(one.as_object(), "key") == options.answer) {
            return &one.as_object();
        }
    }
    std::cerr << "This program has no answer \"" << options.answer << "\". rightsline case reply "
              << text_of(to, "alias") << " --answers lists them. Nothing was sent.\n";
    return nullptr;
}

int send(LocalApi& api, const ReplyOptions& options, const json::object& to, cases::ReplyWords words) {
    const Result<vault::CirclePublicKey> circle = vault::parse_public_key(text_of(to, "circle"));
    const std::optional<vault::MailboxPublicKey> mailbox = mailbox_of(to);
    if (!circle || !mailbox) {
        std::cerr << "The server's keys for this case are not keys. Nothing was sent.\n";
        return unavailable;
    }
    const std::string program = text_of(to, "program");
    const std::string id = text_of(to, "id");
    const std::string who = options.as.empty() ? "uid:" + std::to_string(getuid()) : options.as;
    const cases::Reply reply = cases::seal_reply(
        *circle, *mailbox, program, id, {std::move(words.text), who, now(), std::move(words.answer)});
    const Result<json::object> sent = api.post("/api/v1/cases/" + id + "/replies?program=" + program,
                                               {{"id", reply.id},
                                                {"as", options.as},
                                                {"for_circle", ops::to_base64(reply.for_circle)},
                                                {"for_mailbox", ops::to_base64(reply.for_mailbox)}});
    if (!sent) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*sent) << "\n";
        return 0;
    }
    const std::int64_t waiting =
        to.at("replies").to_number<std::int64_t>() - to.at("replies_read").to_number<std::int64_t>() + 1;
    const json::value* told = to.if_contains("number_told");
    const bool untold = told != nullptr && *told == false;
    std::cerr << "It waits for the worker of " << text_of(to, "alias")
              << (untold
                      ? ", who was not told its number so far: whoever hung up or stopped before it cannot "
                        "read this. "
                      : ", who reads it after giving the number. ")
              << waiting << (waiting == 1 ? " message waits.\n" : " messages wait.\n");
    return 0;
}

/// The program's own words need no screening: `rightsline check` has read them.
int case_ready_answer(const ReplyOptions& options) {
    LocalApi api(options.socket);
    json::object to;
    if (const int code = find_mailbox(api, options, to); code != 0) {
        return code;
    }
    if (options.answers) {
        return list_answers(options, to);
    }
    const json::object* answer = picked(options, to);
    if (answer == nullptr) {
        return bad_data;
    }
    const int code = send(api, options, to, {text_of(*answer, "words"), options.answer});
    if (code == 0 && !options.json) {
        std::cerr << "They read: " << text_of(*answer, "words") << " In " << text_of(to, "language") << " "
                  << heard_how(text_of(*answer, "heard")) << ".\n";
    }
    return code;
}

}  // namespace

int case_reply(const ReplyOptions& options) {
    if (options.answers || !options.answer.empty()) {
        return case_ready_answer(options);
    }
    std::optional<std::string> words = words_of(options);
    if (!words) {
        return bad_data;
    }
    if (const int code = check_length(*words); code != 0) {
        return code;
    }
    LocalApi api(options.socket);
    json::object to;
    if (const int code = find_mailbox(api, options, to); code != 0) {
        return code;
    }
    const cases::ScreenWords screen{options.names, strings_of(to.at("dangerous_words"))};
    if (const int code = judge(cases::screen_reply(*words, screen), options.confirm); code != 0) {
        return code;
    }
    return send(api, options, to, {std::move(*words), ""});
}

}  // namespace rightsline::cli
