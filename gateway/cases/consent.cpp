#include "gateway/cases/consent.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

constexpr std::size_t purposes = flows::consent_words.size();
static_assert(purposes == static_cast<std::size_t>(Consent::check_in) + 1);

constexpr std::array<const char*, purposes> missing{
    "the worker has not agreed that their phone number is kept",
    "the worker has not agreed to be recorded",
    "the worker has not agreed that this goes to the investigators",
    "the worker has not agreed that this goes to the employer",
    "the worker has not agreed that this goes to the buyer",
    "the worker has not agreed that this goes to a union",
    "the worker has not agreed that this goes to the government",
    "the worker has not agreed that this stands in the public register",
    "the worker has not agreed to be asked how it went",
    "the worker has not agreed to be asked by a text how they are"};

constexpr std::array<std::string_view, 3> answers{"no", "yes", "withdrawn"};

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.consent"; }
    std::string message(int value) const override {
        const auto at = static_cast<std::size_t>(value) - 1;
        return at < missing.size() ? missing[at] : "unknown consent";
    }
};

/// "yes 1795297200 voice"; nothing when it is not that.
std::optional<Said> read_said(std::string_view text) {
    const std::size_t first = text.find(' ');
    const std::size_t second = text.find(' ', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    Said said;
    const auto answer = std::ranges::find(answers, text.substr(0, first));
    const auto [end, failed] = std::from_chars(text.data() + first + 1, text.data() + second, said.hour);
    if (answer == answers.end() || failed != std::errc() || end != text.data() + second) {
        return std::nullopt;
    }
    said.answer = static_cast<Said::Answer>(answer - answers.begin());
    said.how = text.substr(second + 1);
    return said;
}

std::string to_text(const Said& said) {
    std::string kept(to_word(said.answer));
    return kept.append(" ").append(std::to_string(said.hour)).append(" ").append(said.how);
}

audit::What act_of(Said::Answer answer) {
    return answer == Said::Answer::yes  ? audit::What::consent_given
           : answer == Said::Answer::no ? audit::What::consent_refused
                                        : audit::What::consent_withdrawn;
}

}  // namespace

const boost::system::error_category& consent_category() {
    static const Category instance;
    return instance;
}

std::string_view to_word(Consent purpose) {
    return flows::consent_words.at(static_cast<std::size_t>(purpose));
}

std::string_view to_word(Said::Answer answer) { return answers.at(static_cast<std::size_t>(answer)); }

std::optional<Consent> consent_of(std::string_view word) {
    const auto found = std::ranges::find(flows::consent_words, word);
    return found == flows::consent_words.end()
               ? std::nullopt
               : std::optional(static_cast<Consent>(found - flows::consent_words.begin()));
}

bool is_sharing(Consent purpose) {
    return purpose != Consent::number && purpose != Consent::recording && purpose != Consent::survey &&
           purpose != Consent::check_in;
}

Result<ConsentLedger> ConsentLedger::read(const std::map<std::string, std::string>& fields) {
    ConsentLedger ledger;
    for (const auto& [word, text] : fields) {
        const std::optional<Consent> purpose = consent_of(word);
        std::optional<Said> said = read_said(text);
        if (!purpose || !said) {
            return stores::errc::damaged;
        }
        ledger.record(*purpose, std::move(*said));
    }
    return ledger;
}

const Said* ConsentLedger::find(Consent purpose) const {
    const auto found = said_.find(purpose);
    return found == said_.end() ? nullptr : &found->second;
}

Result<void> ConsentLedger::check(Consent purpose) const {
    const Said* said = find(purpose);
    if (said == nullptr || said->answer != Said::Answer::yes) {
        return static_cast<consent_errc>(static_cast<int>(purpose) + 1);
    }
    return {};
}

std::vector<Consent> ConsentLedger::shared() const {
    std::vector<Consent> all;
    for (const auto& [purpose, said] : said_) {
        if (is_sharing(purpose) && said.answer == Said::Answer::yes) {
            all.push_back(purpose);
        }
    }
    return all;
}

Result<redis::Write> must_agree(const stores::Keyspace& keys, const std::string& case_id,
                                const ConsentLedger& ledger, Consent purpose) {
    if (const Result<void> agreed = ledger.check(purpose); !agreed) {
        return agreed.error();
    }
    return redis::Write{redis::Op::must_be_field,
                        keys.case_consents(case_id),
                        {std::string(to_word(purpose)), to_text(*ledger.find(purpose))}};
}

std::vector<redis::Write> consent_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         Consent purpose, const Said& said, std::string who) {
    const std::string word(to_word(purpose));
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::hset, keys.case_consents(case_id), {word, to_text(said)}});
    if (is_sharing(purpose) && said.answer != Said::Answer::yes) {
        writes.push_back({redis::Op::zadd, keys.referrals(), {std::to_string(said.hour * 1000), case_id}});
    }
    audit::Act act{act_of(said.answer), case_id, std::move(who)};
    act.how = said.how;
    act.why = word;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

Awaitable<Result<ConsentLedger>> ConsentBook::ledger(std::string program, std::string case_id,
                                                     redis::Deadline deadline) {
    redis::Command question{"HGETALL", stores::Keyspace(program).case_consents(case_id)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(question), deadline);
    if (!reply || reply->array() == nullptr) {
        co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
    }
    std::map<std::string, std::string> fields;
    const std::vector<redis::Reply>& flat = *reply->array();
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
        if (flat[i].string() != nullptr && flat[i + 1].string() != nullptr) {
            fields[*flat[i].string()] = *flat[i + 1].string();
        }
    }
    co_return ConsentLedger::read(fields);
}

Awaitable<Result<void>> ConsentBook::check(std::string program, std::string case_id, Consent purpose,
                                           redis::Deadline deadline) {
    const Result<ConsentLedger> now = co_await ledger(std::move(program), std::move(case_id), deadline);
    if (!now) {
        co_return now.error();
    }
    co_return now->check(purpose);
}

}  // namespace rightsline::cases
