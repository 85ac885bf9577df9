#include "gateway/prompt_calls/machine.hpp"

#include <utility>

namespace rightsline::prompt_calls {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;

constexpr auto telling_patience = 5min;   // the line is said, then a minute of reading, and a slow provider
constexpr auto fetching_patience = 45s;   // then they are told that it did not come
constexpr auto choosing_patience = 4min;  // the line and what was read are heard, and the keys twice
constexpr auto kept_afterwards = 10min;   // for what comes late
constexpr std::uint32_t most_silences = 2;

ops::UtcMs::duration patience_in(State state) {
    switch (state) {
        case State::telling:
            return telling_patience;
        case State::fetching:
            return fetching_patience;
        case State::choosing:
            return choosing_patience;
        case State::waiting:
        case State::over:
            break;
    }
    return kept_afterwards;
}

bool is_of_page(Told told) {
    return told == Told::recorded || told == Told::silent || (told >= Told::keeps && told <= Told::no_key);
}

/// No line comes after the one at hand: it is the last, or the call has been long enough.
bool ends_here(const Session& session, ops::UtcMs now) {
    return session.at + 1 >= session.lines.size() || now >= session.called_at + longest_call;
}

Meaning meaning_of_look(const Session& session, ops::UtcMs now) {
    if (session.state == State::over) {
        return Meaning::nothing;
    }
    const ops::UtcMs end =
        session.state == State::waiting ? session.until : session.since + patience_in(session.state);
    return now >= end ? Meaning::times_out : Meaning::nothing;
}

Meaning meaning_of_key(const Session& session, Told told, ops::UtcMs now) {
    const bool heard = !session.sound.hash.empty();
    switch (told) {
        case Told::keeps:  // nothing was read: whoever presses 1 wants to
            return !heard ? Meaning::again : ends_here(session, now) ? Meaning::keep_last : Meaning::keep;
        case Told::not_kept:
            return Meaning::not_kept;
        case Told::again:
            return Meaning::again;
        case Told::skips:
            return ends_here(session, now) ? Meaning::skip_last : Meaning::skip;
        case Told::hears:
            return Meaning::hear;
        case Told::ends:
            return Meaning::end;
        case Told::no_key:
            return session.silences + 1 < most_silences ? Meaning::no_key : Meaning::last_silence;
        default:
            return Meaning::where;
    }
}

bool says_something(Meaning meaning) { return meaning != Meaning::where && meaning != Meaning::nothing; }

void note(Session& after, const Event& event, Meaning meaning, ops::UtcMs now) {
    if (!says_something(meaning)) {
        return;
    }
    after.since = now;
    if (is_of_page(event.told) || event.told == Told::enters) {
        ++after.page;
        after.silences = meaning == Meaning::no_key ? after.silences + 1 : 0;
    }
    if (meaning == Meaning::enters && after.state != State::over) {
        after.call = event.call;
        after.called_at = now;
    }
}

void act(Session& after, unsigned acts, const Event& event) {
    if ((acts & Rule::count) != 0) {
        ++after.kept;
    }
    if ((acts & Rule::drop) != 0) {
        after.sound = {};
    }
    if ((acts & Rule::advance) != 0) {
        ++after.at;
    }
    if ((acts & Rule::fetch) != 0) {
        after.sound = {};
        after.sound.job = event.job;
    }
    if ((acts & Rule::fail) != 0) {
        after.sound.failed = true;
    }
    if ((acts & Rule::leave) != 0) {
        after.call.clear();
    }
}

}  // namespace

Meaning meaning_of(const Session& session, const Event& event, ops::UtcMs now) {
    switch (event.told) {
        case Told::enters:
            return now < session.until ? Meaning::enters : Meaning::nothing;
        case Told::asks:
            return Meaning::where;
        case Told::fetched:
        case Told::lost:
            if (session.sound.job.empty() || event.job != session.sound.job) {
                return Meaning::nothing;  // of a line that they have left since
            }
            return event.told == Told::fetched ? Meaning::fetched : Meaning::lost;
        case Told::gone:
            return event.call == session.call ? Meaning::gone : Meaning::nothing;
        case Told::looks:
            return meaning_of_look(session, now);
        default:
            break;
    }
    if (event.page != session.page) {
        return Meaning::where;
    }
    if (event.told == Told::recorded || event.told == Told::silent) {
        return event.told == Told::recorded ? Meaning::recorded : Meaning::silent;
    }
    return meaning_of_key(session, event.told, now);
}

Step step(Session before, const Event& event, ops::UtcMs now) {
    Step taken{std::move(before)};
    Session& after = taken.after;
    const std::string was = to_bytes(after);
    const State from = after.state;
    const Meaning meaning = meaning_of(after, event, now);
    const Rule& rule = rule_of(from, meaning);
    note(after, event, meaning, now);
    act(after, rule.acts, event);
    if (from == State::fetching && meaning == Meaning::fetched) {
        after.sound = event.sound;
        after.sound.job = event.job;
    }
    after.state = rule.next;
    taken.reply = rule.reply;
    taken.fetch = (rule.acts & Rule::fetch) != 0;
    taken.finished = from != State::over && after.state == State::over;
    taken.changed = to_bytes(after) != was;
    return taken;
}

Step pass_over(Step taken, const std::function<bool(const std::string&)>& is_there) {
    Session& now = taken.after;
    const auto tells = [&] {
        return taken.reply == Reply::hello || taken.reply == Reply::line || taken.reply == Reply::kept ||
               taken.reply == Reply::hear || taken.reply == Reply::menu;
    };
    while (tells() && now.state != State::over && !is_there(now.lines[now.at])) {
        taken.changed = true;
        now.sound = {};
        if (now.at + 1 < now.lines.size()) {
            ++now.at;
            now.state = State::telling;
            taken.reply = taken.reply == Reply::hello ? Reply::hello : Reply::line;
        } else {
            now.state = State::over;
            taken.reply = Reply::goodbye;
            taken.finished = true;
        }
    }
    return taken;
}

ops::UtcMs next_look(const Session& session) {
    return session.state == State::waiting ? session.until : session.since + patience_in(session.state);
}

bool may_be_forgotten(const Session& session, ops::UtcMs now) {
    return session.state == State::over && now >= session.since + kept_afterwards;
}

}  // namespace rightsline::prompt_calls
