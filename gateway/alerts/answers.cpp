// What people of the roster say back: by text, by key in a call, by the API.
#include <algorithm>
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/audit/entry.hpp"
#include "locales/folding.hpp"
#include "locales/reading.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr int open_at_once = 100;
constexpr const char* page_context = "call page of ";

bool was_told(const Alert& alert, const std::string& person) {
    return std::ranges::any_of(alert.told, [&](const Told& told) { return told.person == person; });
}

/// STOP and START are about all texts to this phone: its conversation obeys them, whatever waits.
bool is_about_texts(const flows::Pack& pack, const std::string& body, const std::string& folded) {
    return locales::is_stop(body, pack.reading) ||
           std::ranges::any_of(pack.reading, [&](const locales::ReadingWords& words) {
               return std::ranges::find(words.start, folded) != words.start.end();
           });
}

std::string plain(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
            kept.push_back(c);
        } else if (c >= 'A' && c <= 'Z') {
            kept.push_back(static_cast<char>(c - 'A' + 'a'));
        }
    }
    return kept;
}

/// What stands behind the first word, when it has the shape of a report's name: "7k4921"; "" when it has not.
std::string name_behind(std::string_view folded) {
    std::string name = plain(folded.substr(std::min(folded.find(' '), folded.size())));
    const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
    const bool shaped =
        name.size() == 6 && digit(0) && !digit(1) && digit(2) && digit(3) && digit(4) && digit(5);
    return shaped ? name : std::string();
}

/// "1", or a yes of any language, and perhaps to which: "ok 7K4-921". "ok tell her I am coming" is none: nobody tells her.
bool is_yes(const flows::Pack& pack, std::string_view folded) {
    const bool named = !name_behind(folded).empty();
    const std::string_view word = named ? folded.substr(0, folded.find(' ')) : folded;
    return word == "1" || std::ranges::any_of(pack.reading, [&](const locales::ReadingWords& words) {
               return locales::read_yes_no(word, words) == true;
           });
}

/// "1 7K4-921": behind the yes stands the name of another report than this one.
bool names_another(std::string_view folded, const std::string& alias) {
    const std::string name = name_behind(folded);
    return !name.empty() && name != plain(alias);
}

/// The alert that an answer means: the one it names, else the most urgent, of these the oldest.
const Alert* meant(const std::vector<Alert>& open, std::string_view folded) {
    const std::string words = plain(folded);
    const Alert* best = nullptr;
    for (const Alert& alert : open) {
        if (words.find(plain(alert.alias)) != std::string::npos) {
            return &alert;
        }
        if (best == nullptr || alert.urgency < best->urgency) {
            best = &alert;
        }
    }
    return best;
}

/// A danger waits for nobody's list, and whoever was woken by a report finds it.
bool is_free_for(const Alert& alert, const cases::Casework& work, const std::string& person) {
    return alert.urgency == flows::Urgency::p1 || work.is_near(person) || was_told(alert, person);
}

bool is_anothers(const Alert& alert, const std::string& person) {
    return alert.is_taken() && alert.taken_by != person;
}

Answer answer_to(const boost::system::error_code& error) {
    return error == make_error_code(errc::no_such_alert) ? Answer::gone
           : error == make_error_code(errc::not_told)    ? Answer::nowhere
           : error == make_error_code(errc::kept_out)    ? Answer::not_yours
                                                         : Answer::not_now;
}

}  // namespace

Awaitable<Result<Alert>> AlertDesk::find(std::string program, std::string case_id, Deadline deadline) {
    Result<Loaded> loaded = co_await load(std::move(program), std::move(case_id), deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->alert) {
        co_return errc::no_such_alert;
    }
    co_return std::move(*loaded->alert);
}

Awaitable<Result<std::vector<Alert>>> AlertDesk::open_alerts(std::string program, Asking who, int most,
                                                             Deadline deadline) {
    const std::int64_t whenever = std::int64_t{1} << 52U;
    const Result<std::vector<std::string>> members =
        co_await redis::due(services_.redis, stores::Keyspace(program).alerts(), whenever, most, deadline);
    if (!members) {
        co_return members.error();
    }
    std::vector<Alert> open;
    for (const std::string& member : *members) {
        Result<Loaded> loaded = co_await load(program, case_of_member(member), deadline);
        if (!loaded) {
            co_return loaded.error();
        }
        const bool seen = std::ranges::find(open, case_of_member(member), &Alert::case_id) != open.end();
        const cases::Casework& work = loaded->work;
        const bool there = loaded->alert && !work.keeps_out(who.person) &&
                           (who.all || work.assignee == who.person ||
                            (work.assignee.empty() && is_free_for(*loaded->alert, work, who.person)));
        if (there && !loaded->alert->is_taken() && !seen) {
            open.push_back(std::move(*loaded->alert));
        }
    }
    std::ranges::sort(open, {}, &Alert::raised);
    co_return open;
}

const people::Person* AlertDesk::person_of(const AlertProgram& program, std::string_view name) {
    return program.roster.find(name);
}

const people::Person* AlertDesk::person_with(const AlertProgram& program, const std::string& phone) {
    const auto found = std::ranges::find_if(
        program.roster.people, [&](const people::Person& one) { return one.phone.reveal() == phone; });
    return found == program.roster.people.end() ? nullptr : &*found;
}

/// The alert that a text of `person` is about: one that waits and was told to them, else the last that was.
Awaitable<Result<Alert>> AlertDesk::alert_meant(std::string program, std::string person, std::string folded,
                                                Deadline deadline) {
    Asking who{person};
    Result<std::vector<Alert>> open = co_await open_alerts(program, std::move(who), open_at_once, deadline);
    if (!open) {
        co_return open.error();
    }
    std::erase_if(*open, [&](const Alert& alert) { return !was_told(alert, person); });
    if (const Alert* alert = meant(*open, folded)) {
        co_return *alert;
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).last_told(person));
    const Result<redis::Loaded> last = co_await redis::load(services_.redis, wanted, deadline);
    if (!last) {
        co_return last.error();
    }
    if (!last->extras.front()) {
        co_return errc::not_told;
    }
    std::string case_id = *last->extras.front();
    Result<Loaded> loaded = co_await load(std::move(program), std::move(case_id), deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->alert) {
        co_return errc::no_such_alert;
    }
    if (loaded->work.keeps_out(person) && !is_anothers(*loaded->alert, person)) {
        co_return errc::kept_out;
    }
    co_return std::move(*loaded->alert);
}

bool AlertDesk::is_on_roster(const std::string& program, const vault::PhoneNumber& phone) const {
    const AlertProgram* context = this->program(program);
    return context != nullptr && person_with(*context, phone.reveal()) != nullptr;
}

Awaitable<std::optional<std::string>> AlertDesk::answer_text(std::string program, Text text) {
    const AlertProgram* context = this->program(program);
    const people::Person* person = context == nullptr ? nullptr : person_with(*context, text.phone);
    const flows::PackPtr pack = services_.packs.active(program);
    if (person == nullptr || !pack) {
        co_return std::nullopt;
    }
    const Deadline in_time = services_.clock.in(store_budget);
    std::string folded = locales::fold(text.body);
    if (is_about_texts(*pack, text.body, folded)) {
        co_return std::nullopt;
    }
    const Reader reader{person->name, person->language, pack};
    const Result<Once> once = co_await once_of(program, text.event, in_time);
    if (!once) {
        co_return reader.says(Answer::not_now, "");
    }
    if (once->said) {
        co_return once->said;
    }
    Result<std::string> words = co_await answer_first(program, reader, std::move(folded), *once, in_time);
    if (words) {
        co_return std::move(*words);
    }
    // A copy of it was faster; or it was kept, and we did not hear of it.
    const Result<Once> after = co_await once_of(std::move(program), std::move(text.event), in_time);
    co_return after && after->said ? *after->said : reader.says(Answer::not_now, "");
}

/// Every answer is remembered, not only that of who took something: else what waited for nobody when the text came would be
/// taken by its repeat. Errors: those with which nothing is known to have been said or done.
Awaitable<Result<std::string>> AlertDesk::answer_first(std::string program, Reader reader, std::string folded,
                                                       const Once& once, Deadline deadline) {
    const Result<Alert> alert = co_await alert_meant(program, reader.name, folded, deadline);
    Answer answer = alert ? Answer::not_here : answer_to(alert.error());
    if (alert && is_yes(*reader.pack, folded) && !names_another(folded, alert->alias)) {
        std::string words = reader.says(Answer::taken, alert->alias);
        Result<std::string> sealed = co_await seal_words(once, words);
        if (!sealed) {
            co_return sealed.error();
        }
        Taking taking{reader.name, "sms", once.key, std::move(*sealed)};
        const Result<Answer> taken =
            co_await take_as(std::move(program), alert->case_id, std::move(taking), deadline);
        if (taken && *taken == Answer::taken) {
            co_return words;
        }
        answer = taken ? *taken : answer_to(taken.error());
        if (answer == Answer::not_now) {
            co_return taken.error();
        }
    } else if (alert && alert->is_taken()) {
        answer = Answer::nowhere;
    } else if (answer == Answer::not_now) {
        co_return alert.error();
    }
    std::string words = reader.says(answer, alert ? alert->alias : "");
    co_return co_await say_once(once, std::move(words), deadline);
}

Awaitable<Result<CallPage>> AlertDesk::page_of(std::string program, Asked asked) {
    std::string purpose = page_context;
    std::string names = asked.case_id + "|" + asked.person;
    co_return co_await seal_page(services_.vault, std::move(purpose), std::move(program), std::move(names));
}

Awaitable<std::optional<AlertDesk::Asked>> AlertDesk::read_page(const CallPage& page) {
    std::string purpose = page_context;
    const std::optional<std::string> names = co_await open_page(services_.vault, std::move(purpose), page);
    const std::size_t bar = names ? names->find('|') : std::string::npos;
    if (bar == std::string::npos) {
        co_return std::nullopt;
    }
    co_return Asked{names->substr(0, bar), names->substr(bar + 1)};
}

std::string path_of(const CallPage& page) { return "/alert" + query_of(page); }

Awaitable<std::optional<std::vector<flows::Action>>> AlertDesk::answer_call(CallPage page,
                                                                            flows::Event event) {
    const AlertProgram* context = this->program(page.program);
    const flows::PackPtr pack = services_.packs.active(page.program);
    const std::optional<Asked> asked = co_await read_page(page);
    const people::Person* person = context && asked ? person_of(*context, asked->person) : nullptr;
    if (person == nullptr || !pack) {
        co_return std::nullopt;
    }
    const auto* keyed = std::get_if<flows::Keyed>(&event);
    const std::string keys = keyed == nullptr ? "" : keyed->digits.reveal();
    const Deadline in_time = services_.clock.in(store_budget);
    if (keys.starts_with('1')) {
        const Result<Answer> taken =
            co_await take(page.program, asked->case_id, asked->person, "call", in_time);
        co_return end_call(*pack, person->language, taken ? *taken : answer_to(taken.error()));
    }
    if (keys.empty() && !std::holds_alternative<flows::Called>(event)) {
        co_return std::vector<flows::Action>{flows::Hangup{}};  // nobody there, or a machine
    }
    const Result<Alert> alert = co_await find(page.program, asked->case_id, in_time);
    if (!alert) {
        co_return end_call(*pack, person->language, answer_to(alert.error()));
    }
    if (alert->is_taken()) {
        const Answer answer = alert->taken_by == asked->person ? Answer::was_yours : Answer::too_late;
        co_return end_call(*pack, person->language, answer);
    }
    co_return ask_in_call(*pack, person->language, *alert);
}

}  // namespace rightsline::alerts
