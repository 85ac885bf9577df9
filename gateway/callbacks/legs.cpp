// What comes from a leg: its page is asked for, a key, a code, the provider's word that it is over.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/callbacks/desk_parts.hpp"
#include "gateway/callbacks/error.hpp"
#include "gateway/callbacks/pages.hpp"
#include "gateway/http/form.hpp"
#include "gateway/ops/log.hpp"
#include "redis/transaction.hpp"

namespace rightsline::callbacks {
namespace {

using namespace timing;
using Told = Event::Told;

constexpr const char* page_purpose = "call-back of ";
constexpr std::array<std::string_view, 5> last_words{"completed", "busy", "no-answer", "failed", "canceled"};

/// The keys of a page that was asked for with some; nothing when it was not.
const std::string* keys_of(const flows::Event& event) {
    const auto* keyed = std::get_if<flows::Keyed>(&event);
    return keyed == nullptr ? nullptr : &keyed->digits.reveal();
}

/// A key that is not the one asks again; no key is a no.
Told told_by_person(const flows::Event& event) {
    if (const std::string* keys = keys_of(event)) {
        return keys->empty()            ? Told::person_declines
               : keys->starts_with('1') ? Told::person_accepts
                                        : Told::person_answers;
    }
    return std::holds_alternative<flows::Called>(event) ? Told::person_answers : Told::person_parts;
}

bool is_tried(State state) { return state == State::calling || state == State::proving; }

}  // namespace

std::string back_path_of(const alerts::CallPage& page, std::uint32_t nth) {
    return "/back" + query_of(page) + "&n=" + std::to_string(nth);
}
bool is_back_page(std::string_view path) { return path.ends_with("/back"); }

std::uint32_t codes_tried(std::string_view query) {
    const Result<http::Form> form = http::Form::decode(query);
    std::uint32_t nth = 0;
    if (form) {
        const std::string_view text = form->get("n");
        std::from_chars(text.data(), text.data() + text.size(), nth);
    }
    return nth;
}

Awaitable<Result<alerts::CallPage>> Desk::page_of(std::string program, std::string message) {
    std::string purpose = page_purpose;
    co_return co_await alerts::seal_page(services_.vault, std::move(purpose), std::move(program),
                                         std::move(message));
}

Awaitable<std::optional<Said>> Desk::answer_page(alerts::CallPage page, Heard heard) {
    std::string purpose = page_purpose;
    const std::optional<std::string> message =
        co_await alerts::open_page(services_.vault, std::move(purpose), page);
    const LegName name = message ? parse_message_id(*message) : LegName();
    const flows::PackPtr pack = services_.packs.active(page.program);
    const alerts::AlertProgram* program = services_.alerts.program(page.program);
    if (name.call_back.empty() || !pack || program == nullptr) {
        co_return std::nullopt;
    }
    const Deadline in_time = services_.clock.in(code_budget);
    const Result<Loaded> before = co_await load(page.program, name.call_back, in_time);
    const Leg* leg = !before                     ? nullptr
                     : name.side == Side::person ? &before->value.of_person
                                                 : &before->value.of_worker;
    const bool another = leg != nullptr && !leg->call.empty() && leg->call != heard.call;
    if (leg == nullptr ||
        another) {  // without the store nobody hears a word, nor on a leg that is none of ours
        co_return Said{{flows::Hangup{}}};
    }
    const Told told = co_await told_by(page.program, name, heard, before->value);
    const Event event{told};
    const Result<Step> taken =
        co_await take(page.program, name.call_back, event, name.side, heard.call, in_time);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "call_back_page_failed", {{"error", taken.error()}});
        co_return Said{{flows::Hangup{}}};
    }
    const people::Person* person = program->roster.find(taken->after.person);
    const locales::LanguageTag staff = person == nullptr ? pack->languages.front() : person->language;
    co_return Said{actions_of(*pack, staff, taken->reply, taken->after), taken->after.wrong};
}

/// A code is looked at once, and only where one is waited for: a repeat of an older page hears where the call has come to.
Awaitable<Event::Told> Desk::told_by(const std::string& program, const LegName& name, const Heard& heard,
                                     const CallBack& call_back) {
    if (name.side == Side::person) {
        co_return told_by_person(heard.event);
    }
    const std::string* keys = keys_of(heard.event);
    if (heard.machine) {
        co_return Told::machine;
    }
    if (keys == nullptr) {
        co_return std::holds_alternative<flows::Called>(heard.event) ? Told::worker_answers
                                                                     : Told::worker_parts;
    }
    if (keys->empty()) {
        co_return Told::no_code;
    }
    if (call_back.state == State::over) {
        co_return Told::wrong_code;  // whatever it was: a goodbye
    }
    if (!is_tried(call_back.state) || heard.nth < call_back.wrong) {
        co_return Told::worker_answers;
    }
    co_return co_await try_code(program, name.call_back, call_back, heard);
}

/// What could not be looked up now is asked for again, and is no wrong code: nobody is told that theirs is not right who may
/// have given the right one.
Awaitable<Event::Told> Desk::try_code(const std::string& program, const std::string& id,
                                      const CallBack& call_back, const Heard& heard) {
    const Deadline in_time = services_.clock.in(code_budget);
    Result<vault::ReceiptCode> code = vault::ReceiptCode::parse(*keys_of(heard.event));
    if (!code) {
        co_return Told::wrong_code;  // its check digit says so; bounded by this call's own three
    }
    const Result<std::string> phone = co_await phone_of(program, call_back.case_id, in_time);
    if (!phone || phone->empty()) {  // empty: taken back meanwhile
        co_return phone ? Told::shut_out : Told::worker_answers;
    }
    std::string event = id + std::to_string(services_.clock.now().time_since_epoch().count());
    const conversations::CodeTry one{program, *phone, id, std::move(event), in_time};
    const Result<conversations::CodeTaken> taken = co_await tries_.take(one);
    if (!taken || !taken->refused.empty()) {
        co_return taken && taken->refused == "limited" ? Told::shut_out : Told::worker_answers;
    }
    const Result<std::int64_t> right =
        co_await opens(program, call_back.case_id, std::move(*code), *phone, in_time);
    if (!right || *right != 0) {
        co_await tries_.give_back(one, taken->at);
    }
    if (!right) {
        co_return Told::worker_answers;
    }
    co_return *right != 0 ? Told::right_code : Told::wrong_code;
}

/// The keyed id of the phone that we rang; "" = none is kept any more.
Awaitable<Result<std::string>> Desk::phone_of(const std::string& program, const std::string& case_id,
                                              Deadline deadline) {
    const Result<std::optional<vault::PhoneNumber>> number =
        co_await book_.number(program, case_id, deadline);
    if (!number) {
        co_return number.error();
    }
    if (!*number) {
        co_return std::string();
    }
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, (*number)->reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front().hex();
}

/// 1 when it is the code of this very case, else 0: another report's own does not lead to this one's person.
Awaitable<Result<std::int64_t>> Desk::opens(const std::string& program, const std::string& case_id,
                                            vault::ReceiptCode code, std::string phone, Deadline deadline) {
    const Result<conversations::CodeKeys> keys =
        co_await services_.codes.keys_of(std::move(code), std::move(phone), deadline);
    if (!keys) {
        co_return keys.error();
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).receipt(keys->index));
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    co_return stored->extras.front() == case_id ? 1 : 0;
}

Awaitable<Result<void>> Desk::hear(std::string program, std::string message, std::string call,
                                   std::string word) {
    const LegName name = parse_message_id(message);
    if (name.call_back.empty()) {
        co_return Result<void>();
    }
    const bool over = std::ranges::find(last_words, word) != last_words.end();
    const Told ended = name.side == Side::person ? Told::person_ends
                       : word == "failed"        ? Told::worker_fails
                                                 : Told::worker_ends;
    const Event event{over ? ended : Told::looks};
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Step> taken =
        co_await take(std::move(program), name.call_back, event, name.side, std::move(call), in_time);
    if (!taken && taken.error() != make_error_code(errc::no_such_call)) {
        co_return taken.error();
    }
    co_return Result<void>();
}

}  // namespace rightsline::callbacks
