#include "gateway/people/rosters.hpp"

#include <algorithm>
#include <utility>

#include "gateway/outbox/line_out.hpp"
#include "gateway/people/duty_gaps.hpp"
#include "gateway/vault/number_range.hpp"

namespace rightsline::people {
namespace {

using locales::Complaint;
using locales::Complaints;

bool texts(const config::Line& line) { return line.modes.contains(config::Mode::sms); }
bool calls(const config::Line& line) { return line.modes.contains(config::Mode::voice); }

/// One roster that could be read, against the configuration.
class Judge {
 public:
    Judge(const config::Config& config, const std::string& program, const Roster& roster,
          Complaints& complaints)
        : config_(config),
          program_(program),
          file_(config.rosters.at(program).file),
          roster_(roster),
          complaints_(complaints) {}

    void judge() {
        const std::string number = alert_line(config_, program_, roster_);
        const auto line = config_.lines.find(number);
        if (number.empty()) {
            complain(1, "no-line", "no line of " + program_ + " texts, so that nobody could be told",
                     "give the program a line with modes: [sms, voice]");
        } else if (line == config_.lines.end() || line->second.program != program_) {
            complain(roster_.line_at, "unknown-line", "this is no line of " + program_,
                     "write one of its numbers as it stands under lines, in quotes");
        } else if (!texts(line->second)) {
            complain(roster_.line_at, "mute-line", "this line does not text",
                     "write one whose modes hold sms");
        } else {
            for (const Person& person : roster_.people) {
                judge(person, line->second);
            }
            judge_live();
        }
        const std::string gaps = to_text(duty_gaps(roster_));
        if (!gaps.empty()) {
            complain(roster_.order_at, "nobody-on-duty", gaps + ": nobody of order has these hours",
                     "give them to somebody; until then a danger wakes everybody and the rest waits",
                     Complaint::Level::warning);
        }
    }

 private:
    void judge(const Person& person, const config::Line& line) {
        if (person.calls && !calls(line)) {
            complain(person.line_at, "no-voice",
                     person.name + " is to be called, by a line whose modes do not hold voice",
                     "write line: with one that calls, or media: [sms]", Complaint::Level::warning);
        }
        const std::vector<std::string>& prefixes = config_.sending.prefixes;
        const auto begins = [&](const std::string& prefix) {
            return person.phone.reveal().starts_with(prefix);
        };
        if (!prefixes.empty() && std::ranges::none_of(prefixes, begins)) {
            complain(person.line_at, "prefix-refused",
                     "the phone of " + person.name + " is in a country that nothing is sent to",
                     "add how its numbers begin to prefixes, under sending");
        } else if (outbox::costs_extra(prefixes, person.phone)) {
            complain(person.line_at, "range-refused",
                     "the phone of " + person.name + " is at a premium rate or on a satellite",
                     "give an ordinary number; a satellite's may be allowed by its code under sending: "
                     "prefixes: [\"+881\"]");
        }
    }

    /// Whether a caller could be put through to anybody at any hour.
    void judge_live() {
        const auto answers = [&](std::size_t one) {
            const Person& person = roster_.people[one];
            return person.calls && vault::range_of(person.phone) != vault::Range::unassigned &&
                   !outbox::costs_extra(config_.sending.prefixes, person.phone);
        };
        if (roster_.live && std::ranges::none_of(roster_.order, answers)) {
            complain(1, "nobody-answers",
                     "callers are to be put through, and nobody on call has a number that can be rung",
                     "look at the phones and media of those under order, or take live: out",
                     Complaint::Level::warning);
        }
        const auto has_gender = [&](std::size_t one) {
            return answers(one) && !roster_.people[one].gender.empty();
        };
        if (roster_.live && roster_.live->asks_gender && std::ranges::none_of(roster_.order, has_gender)) {
            complain(
                roster_.order_at, "gender-of-nobody",
                "callers are asked by whom they would rather be answered, and nobody on call who can be rung "
                "says what they are",
                "write gender: woman at those who are, or take gender: asked out of live",
                Complaint::Level::warning);
        }
    }

    void complain(int line, std::string rule, std::string what, std::string mend,
                  Complaint::Level level = Complaint::Level::error) {
        complaints_.push_back({file_, line, std::move(rule), std::move(what), std::move(mend), level});
    }

    const config::Config& config_;
    const std::string& program_;
    const std::string& file_;
    const Roster& roster_;
    Complaints& complaints_;
};

}  // namespace

std::map<std::string, Roster> read_rosters(const config::Config& config,
                                           const std::set<std::string>& programs, Complaints& complaints) {
    std::map<std::string, Roster> rosters;
    for (const auto& [program, file] : config.rosters) {
        if (!programs.contains(program)) {  // a slip of the finger would leave a night unwatched
            complaints.push_back({file.file, 1, "unknown-program",
                                  "this is the roster of '" + program + "', which is no program here",
                                  "name the program under rosters as its program.yaml does",
                                  Complaint::Level::error});
        }
        Complaints found;
        Roster roster = read_roster(file.text.reveal(), file.file, found);
        if (!has_errors(found) && programs.contains(program)) {
            Judge(config, program, roster, found).judge();
        }
        std::move(found.begin(), found.end(), std::back_inserter(complaints));
        rosters.emplace(program, std::move(roster));
    }
    for (const std::string& program : programs) {
        if (!config.rosters.contains(program)) {
            complaints.push_back(
                {config.file, 1, "no-roster", "nobody is told when a report comes in for " + program,
                 "write rosters: {" + program + ": FILE}; deploy/roster.example.yaml shows one",
                 Complaint::Level::warning});
        }
    }
    check_notices(config, programs, rosters, complaints);
    return rosters;
}

std::string alert_line(const config::Config& config, const std::string& program, const Roster& roster) {
    if (!roster.line.empty()) {
        return roster.line;
    }
    const auto found = std::ranges::find_if(config.lines, [&](const auto& entry) {
        return entry.second.program == program && texts(entry.second);
    });
    return found == config.lines.end() ? "" : found->first;
}

}  // namespace rightsline::people
