#include "gateway/cli/sound/takes_command.hpp"

#include <algorithm>
#include <iostream>

#include "gateway/ops/clock.hpp"
#include "gateway/prompts/approving.hpp"
#include "gateway/prompts/error.hpp"
#include "gateway/prompts/prompt_matrix.hpp"

namespace rightsline::cli {
namespace {

constexpr int bad_data = 65;
constexpr int busy = 75;
constexpr int ok = 0;
constexpr std::size_t shown_of_hash = 16;

using prompts::AudioShelf;
using prompts::ScriptLine;
using prompts::Take;
using prompts::TakeFolder;

struct Chosen {
    const ScriptLine* line = nullptr;
    Take take;
};

void refuse(const std::string& name, const std::string& why) {
    std::cout << name << ": refused: " << why << "\n";
}

/// A take as its listener names it.
std::string name_of(const Take& take) { return "take " + take.hash.substr(0, shown_of_hash); }

/// The takes that were named, or all that wait. `refused` counts names that have none, or another than the one that was heard.
std::vector<Chosen> choose(const PromptsOptions& options, const std::vector<ScriptLine>& script,
                           const TakeFolder& takes, int& refused) {
    std::vector<Chosen> chosen;
    for (const ScriptLine& line : script) {
        const auto take = options.all ? takes.find(line) : std::nullopt;
        if (take && take->state == Take::State::waiting) {
            chosen.push_back({&line, *take});
        }
    }
    for (const std::string& name : options.names) {
        const auto line = std::ranges::find(script, name, &ScriptLine::name);
        const auto take = line == script.end() ? std::nullopt : takes.find(*line);
        if (take && take->hash.starts_with(options.heard)) {
            chosen.push_back({&*line, *take});
            continue;
        }
        const auto why = line == script.end() ? prompts::errc::no_such_line
                         : take               ? prompts::errc::other_take
                                              : prompts::errc::no_take;
        refuse(name, make_error_code(why).message());
        ++refused;
    }
    return chosen;
}

prompts::Judgement judgement(Take::State state, const PromptsOptions& options) {
    return {state, prompts::read_name(options.by).value_or(""), prompts::take_time(ops::SystemClock{}.now()),
            options.why};
}

/// Puts what may be approved on the shelf; it counts only once the shelf is saved.
std::vector<Chosen> shelve(const std::vector<Chosen>& chosen, const TakeFolder& takes, AudioShelf& shelf,
                           const std::string& by, int& refused) {
    std::vector<Chosen> shelved;
    for (const Chosen& one : chosen) {
        const Result<void> put = prompts::shelve(*one.line, one.take, by, takes, shelf);
        if (put) {
            shelved.push_back(one);
        } else {
            refuse(one.line->name(), put.error().message());
            ++refused;
        }
    }
    return shelved;
}

/// Says what became of it once the note is on the disk; returns whether it is.
bool settle(TakeFolder& takes, const Chosen& one, const Take& take, const char* said) {
    const Result<void> settled = takes.settle(*one.line, take);
    if (!settled) {
        std::cerr << one.line->name() << ": its note: " << settled.error().message() << "\n";
        return false;
    }
    std::cout << one.line->name() << ": " << said << " " << name_of(take) << " of " << take.by << "\n";
    return true;
}

}  // namespace

int prompts_status(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const TakeFolder takes(options.takes);
    const prompts::PromptMatrix matrix = prompts::prompt_matrix(*script, [&](const ScriptLine& line) {
        return options.takes.empty() ? std::nullopt : takes.find(line);
    });
    std::cout << (options.json    ? matrix_json(matrix)
                  : options.lines ? lines_table(matrix)
                                  : counts_table(matrix));
    return ok;
}

int prompts_takes(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const TakeFolder takes(options.takes);
    for (const ScriptLine& line : *script) {
        const auto take = takes.find(line);
        if (take && take->state != Take::State::approved) {
            const bool kept = take->state == Take::State::waiting;
            std::cout << line.language << "\t" << line.name() << "\t" << word(take->state) << "\t" << take->by
                      << "\t" << take->at << "\t" << take->length.count() << "\t"
                      << (kept ? takes.sound_of(line) : take->why) << "\t" << take->warnings << "\t"
                      << line.text << "\t" << take->hash.substr(0, shown_of_hash) << "\n";
        }
    }
    return ok;
}

int prompts_approve(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const auto claim = claim_folder(options.takes);
    const auto shelf_claim = claim_folder(script_place(options.place).recordings);
    if (!claim || !shelf_claim) {
        return busy;
    }
    int refused = 0;
    TakeFolder takes(options.takes);
    AudioShelf shelf(script_place(options.place).recordings);
    const std::vector<Chosen> shelved =
        shelve(choose(options, *script, takes, refused), takes, shelf, options.by, refused);
    const Result<void> saved = shelf.save();
    if (!saved) {
        std::cerr << "The index could not be written, nothing was approved: " << saved.error().message()
                  << "\n";
        return 1;
    }
    bool noted = true;
    for (const Chosen& one : shelved) {
        noted &= settle(takes, one, prompts::judged(one.take, judgement(Take::State::approved, options)),
                        "approved");
        if (!one.take.warnings.empty()) {
            std::cout << "  " << one.take.warnings << "\n";
        }
    }
    return !noted ? 1 : refused == 0 ? ok : bad_data;
}

int prompts_reject(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const auto claim = claim_folder(options.takes);
    if (!claim) {
        return busy;
    }
    int refused = 0;
    TakeFolder takes(options.takes);
    AudioShelf shelf(script_place(options.place).recordings);
    bool noted = true;
    for (const Chosen& one : choose(options, *script, takes, refused)) {
        const Result<void> allowed = prompts::may_refuse(*one.line, one.take, shelf);
        if (!allowed) {
            refuse(one.line->name(), allowed.error().message());
            ++refused;
        } else {
            noted &= settle(takes, one, prompts::judged(one.take, judgement(Take::State::rejected, options)),
                            "rejected");
        }
    }
    return !noted ? 1 : refused == 0 ? ok : bad_data;
}

}  // namespace rightsline::cli
