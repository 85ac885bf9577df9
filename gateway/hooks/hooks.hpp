// Hooks: a provider's webhook becomes a turn, or a refusal that changes nothing.
//
// verify on the raw bytes and the configured public URL -> decode -> line -> turn. Before the signature is right
// nothing is parsed and nothing is looked up. Refusals: 403 wrong or missing signature, or an account that is not ours
// (it has no token to sign with, and a stranger must not learn which we have); 404 unknown line; 400 what is signed but
// not understood.
// Must never: trust the Host header, log a number, answer a receipt with words.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/callbacks/desk.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/handoff/desk.hpp"
#include "gateway/http/message.hpp"
#include "gateway/missed/desk.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/rare_line.hpp"
#include "gateway/outbox/copies.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/prompt_calls/desk.hpp"
#include "gateway/providers/provider.hpp"

namespace rightsline::hooks {

/// Credentials at a provider and the dialect that they are used with.
struct Account {
    std::unique_ptr<providers::Provider> provider;
    providers::Credentials credentials;
    outbox::CopyPolicy copies = outbox::CopyPolicy::keep;
};

/// One of our numbers.
struct Line {
    std::string account;
    std::string program;
    std::optional<locales::LanguageTag> language;
    std::set<flows::Mode> modes{};  // empty: all
    std::set<flows::Mode> free{};   // declared to cost the worker nothing
    bool calls_back = false;        // a call to it is not answered: the worker is called
    bool for_recording = false;     // whoever calls it records the script, by a code
};

struct Directory {
    std::string public_url;  // without a trailing slash
    std::map<std::string, Account> accounts;
    std::map<std::string, Line> lines;  // by number or code, as the provider writes it
};

/// Who takes what a webhook told.
struct HookServices {
    conversations::Turns& turns;
    outbox::Outbox& outbox;
    alerts::AlertDesk& alerts;
    ops::Clock& clock;
    ops::Metrics& metrics;
    handoff::Desk* live = nullptr;          // none: callers are not put through
    callbacks::Desk* back = nullptr;        // none: workers are not called
    missed::Desk* missed = nullptr;         // none: every call is answered
    prompt_calls::Desk* prompts = nullptr;  // none: nobody records by phone
};

class Hooks {
 public:
    Hooks(const Directory& directory, HookServices services);

    /// `account`: the path segment after /hooks/.
    Awaitable<http::Response> handle(providers::Hook hook, std::string account, const http::Request& request);
    /// Of a line that is configured.
    const conversations::LineContext& context_of_line(const std::string& line) const {
        return contexts_.at(line);
    }
    bool has_line(const std::string& line) const { return contexts_.contains(line); }
    /// The program that an account's recording belongs to; "" when nothing tells.
    std::string program_of(const std::string& account, const std::string& named) const;

 private:
    struct Counters;
    Awaitable<http::Response> turn(const providers::Inbound& inbound, const std::string& name,
                                   const http::Request& request);
    Awaitable<http::Response> take(const providers::Inbound& inbound);
    bool may_answer_alert(const conversations::LineContext& line, const providers::Inbound& inbound) const;
    /// A text of somebody on the roster that answers an alert.
    Awaitable<std::optional<http::Response>> answer_alert(const conversations::LineContext& line,
                                                          const providers::Inbound& inbound);
    /// What a call of an alert does next.
    Awaitable<http::Response> page(const providers::Inbound& inbound, const std::string& name,
                                   const http::Request& request);
    Awaitable<http::Response> back_page(const providers::Inbound& inbound, const std::string& name,
                                        alerts::CallPage asked, const http::Request& request);
    // ---- missed.cpp: lines that call back
    std::optional<missed::Wish> wish_of(const conversations::LineContext& line,
                                        const providers::Inbound& inbound) const;
    Awaitable<std::optional<http::Response>> call_back(missed::Wish wish,
                                                       const conversations::LineContext& line,
                                                       const providers::Inbound& inbound);
    Awaitable<http::Response> missed_page(const providers::Inbound& inbound, const std::string& name,
                                          alerts::CallPage asked, const http::Request& request);
    // ---- prompts.cpp: lines for recording
    bool is_of_recorder(const providers::Inbound& inbound) const;
    Awaitable<http::Response> open_door(const providers::Inbound& inbound);
    Awaitable<http::Response> prompts_page(const providers::Inbound& inbound, const std::string& name,
                                           alerts::CallPage asked, const http::Request& request);
    http::Response encode_prompts(const providers::Inbound& inbound, const std::string& name,
                                  const prompt_calls::Said& said) const;
    // ---- missed.cpp
    Awaitable<Result<void>> hear_of_missed(const std::string& program, const providers::Inbound& receipt);
    Awaitable<bool> right_step(const std::string& account, const providers::Inbound& inbound);
    std::vector<redis::Write> erasure_of(const Line& line, const providers::Inbound& inbound,
                                         const outbox::Delivery& said) const;
    bool is_opted_out(const std::string& account, const providers::Inbound& inbound) const;
    Awaitable<Result<void>> tell_desks(const std::string& program, const providers::Inbound& receipt);
    Awaitable<http::Response> receipt(const providers::Inbound& inbound);
    /// The news that a recording is ready: a turn has taken it, or it becomes a report of its own.
    Awaitable<http::Response> recording(providers::Inbound inbound, std::string account);

    const Directory& directory_;
    HookServices services_;
    std::map<std::string, conversations::LineContext> contexts_;  // of every line, made once
    std::shared_ptr<Counters> counters_;
    ops::RareLine strangers_;  // accounts that we do not have
    ops::RareLine unsigned_;
};

}  // namespace rightsline::hooks
