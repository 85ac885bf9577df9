#include "tests/flows/random_play.hpp"

#include <array>
#include <functional>

#include "flows/limits.hpp"

namespace rightsline::flows::testing {
namespace {

constexpr unsigned most_blocks = 12;
constexpr unsigned most_events = 40;

std::string name_of(unsigned block) { return "b" + std::to_string(block); }

void add_menu(PackBuilder& b, Choices& c, const std::string& name,
              const std::function<std::string()>& target) {
    BlockBuilder& menu = b.menu(name, "Menu " + name);
    const bool languages = c.one_in(4);
    const std::array tags{"en", "es", "ht"};
    const unsigned count = languages ? 3 : 1 + c.below(5);
    for (unsigned i = 0; i < count; ++i) {
        menu.choice(languages ? tags[i] : "c" + std::to_string(i), "Choice " + std::to_string(i), target());
        if (c.one_in(5)) {
            menu.urgent(Urgency::p1);
        }
    }
    if (languages) {
        menu.sets_language();
    }
    menu.retries(static_cast<int>(c.below(3))).next(target()).no_match(target()).no_input(target());
}

void add_ask(PackBuilder& b, Choices& c, const std::string& name,
             const std::function<std::string()>& target) {
    BlockBuilder& ask = b.ask(name, "Ask " + name, static_cast<AskKind>(c.below(7)));
    if (c.one_in(2)) {
        ask.seal();
    }
    if (c.one_in(2)) {
        ask.files();
    }
    if (c.one_in(3)) {
        ask.skip();
    }
    if (c.one_in(6)) {
        ask.check_code();
    }
    if (c.one_in(3)) {
        ask.range(1, static_cast<std::int64_t>(c.below(200)));
    }
    ask.retries(static_cast<int>(c.below(3))).next(target()).no_match(target()).no_input(target());
}

void add_say(PackBuilder& b, Choices& c, const std::string& name, const std::function<std::string()>& target,
             const std::string& menu) {
    std::string words = c.one_in(3) ? "Say {code, spell} and {emergency, spell}." : "Say " + name + ".";
    if (c.one_in(4)) {
        for (unsigned i = c.below(60); i > 0; --i) {
            words += " Wòrd" + std::to_string(i);
        }
    }
    BlockBuilder& say = b.say(name, words).next(target());
    if (c.one_in(3)) {
        say.secret();
    }
    if (!menu.empty() && c.one_in(3)) {
        say.after(menu);
    }
    if (c.one_in(4)) {
        say.end();
    } else if (c.one_in(6)) {
        say.next("").returns();
    }
}

void add_branch(PackBuilder& b, Choices& c, const std::string& name,
                const std::function<std::string()>& target) {
    Condition condition{};
    condition.test = static_cast<Condition::Test>(c.below(9));
    condition.result = target();
    condition.values = c.one_in(2) ? std::vector<std::string>{"c0", "sms", "en"}
                                   : std::vector<std::string>{"08:00", "20:00"};
    b.branch(name).when(condition, target()).otherwise(target());
}

void add_work(PackBuilder& b, Choices& c, const std::string& name,
              const std::function<std::string()>& target) {
    const std::array actions{"report.file", "report.open", "report.delete", "report.number",
                             "handoff",     "count",       "opt_out"};
    BlockBuilder& work = b.work(name, actions[c.below(actions.size())]);
    for (const char* exit : {"ok", "else", "pending", "wrong"}) {
        if (!c.one_in(4)) {
            work.exit(exit, target());
        }
    }
}

bool is_sound(const Pack& pack, const Step& taken, std::string& wrong) {
    const auto back = unpack(flows::pack(taken.conversation));
    if (!back || *back != taken.conversation) {
        wrong = "drift after save and load";
    } else if (taken.ended != (taken.conversation.block == no_block)) {
        wrong = "ended and waiting do not agree";
    } else if (!taken.ended && taken.conversation.block >= pack.blocks.size()) {
        wrong = "waits at no block";
    } else if (taken.conversation.stack.size() > limits::call_depth) {
        wrong = "too deep";
    } else if (taken.silent && !taken.actions.empty()) {
        wrong = "silent and answering";
    }
    for (const Action& action : taken.actions) {
        const auto* screen = std::get_if<Screen>(&action);
        if (screen != nullptr && screen->more == taken.ended) {
            wrong = "a screen that waits must not be the last";
        }
    }
    return wrong.empty();
}

template <class T>
void append(std::string& out, const T& action) {
    out += std::to_string(sizeof(T));
    if constexpr (requires { action.body; }) {
        out += action.body;
    }
    if constexpr (requires { action.prompts; }) {
        for (const Utterance& said : action.prompts) {
            out += said.key + said.text + said.language.str();
            for (const Clip& clip : said.clips) {
                out += clip.audio_hash + clip.text;
            }
        }
    }
}

}  // namespace

std::uint8_t Choices::next() {
    if (bytes_.empty()) {
        return 0;
    }
    const std::uint8_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte;
}

std::string Choices::bytes(unsigned most) {
    std::string out;
    for (unsigned i = below(most + 1); i > 0; --i) {
        out.push_back(static_cast<char>(next()));
    }
    return out;
}

PackPtr random_pack(Choices& c) {
    PackBuilder b;
    const unsigned count = 2 + c.below(most_blocks - 1);
    const unsigned second = 1 + c.below(count - 1);  // blocks from here on are of another flow
    const auto target = [&]() -> std::string {
        const unsigned to = c.below(count + 1);
        return to == count ? "" : (to < second ? "hotline." : "other.") + name_of(to);
    };
    b.danger_word("gun");
    for (unsigned i = 0; i < count; ++i) {
        if (i == second) {
            b.flow("other");
        }
        const std::string name = name_of(i);
        switch (c.below(8)) {
            case 0:
                add_say(b, c, name, target, "");
                break;
            case 1:
                add_say(b, c, name, target, target());
                break;
            case 2:
            case 3:
                add_menu(b, c, name, target);
                break;
            case 4:
                add_ask(b, c, name, target);
                break;
            case 5:
                add_branch(b, c, name, target);
                break;
            case 6:
                add_work(b, c, name, target);
                break;
            default:
                b.call(name, c.one_in(2) ? "other" : "hotline").next(target());
                break;
        }
    }
    b.hotkey('0', target()).hotkey('9', target()).keyword("x", target()).keyword("help", target());
    b.first_text(target()).danger(target());
    if (c.one_in(3)) {
        b.message_only("ht");
    }
    return b.build();
}

Event random_event(Choices& c) {
    const std::array texts{"1",
                           "2",
                           "3",
                           "98",
                           "0",
                           "9",
                           "x",
                           "help",
                           "STOP",
                           "",
                           "*",
                           "#",
                           "572400000000",
                           "my boss has a gun and did not pay",
                           "yes",
                           "(2).",
                           "start",
                           "alto"};
    switch (c.below(12)) {
        case 0:
            return Called{};
        case 1:
            return Continued{};
        case 2:
            return HungUp{};
        case 3:
            return Elapsed{};
        case 4:
            return Recorded{c.one_in(3) ? "" : "recording", Seconds{c.below(20)}};
        case 5:
            return DoResult{c.one_in(2) ? "ok" : c.bytes(6),
                            {{"code", "123456789012"}, {c.bytes(3), c.bytes(20)}}};
        case 6:
            return Texted{PrivateText(c.bytes(40))};
        case 7:
        case 8:
            return Keyed{PrivateText(texts[c.below(texts.size())])};
        default:
            return Texted{PrivateText(texts[c.below(texts.size())])};
    }
}

std::string all_of(const Step& step) {
    std::string out = flows::pack(step.conversation);
    for (const Action& action : step.actions) {
        out += std::to_string(action.index());
        std::visit([&](const auto& one) { append(out, one); }, action);
    }
    for (const Part& part : step.parts) {
        out += part.name + part.text.reveal() + part.recording;
    }
    for (const std::string& fact : step.facts) {
        out += fact;
    }
    out += step.filing ? step.filing->reason + step.filing->family : "-";
    out += step.raise ? "raised" : "-";
    out += step.pending ? step.pending->action : "-";
    return out + std::to_string(step.timer.due.time_since_epoch().count());
}

namespace {

/// What a worker would notice of a whole play; `wrong` says what must not be.
std::string transcript(const PackPtr& pack, Choices choices, std::string& wrong) {
    const auto mode = static_cast<Mode>(choices.below(3));
    Context context;
    context.now = Instant{std::chrono::hours{490000}};
    context.fresh_id.fill(1);
    const Event opening = random_event(choices);
    Step taken = start(*pack, mode, opening, context);
    std::string all = all_of(taken);
    if (all_of(start(*pack, mode, opening, context)) != all) {
        wrong = "not deterministic";
    }
    for (unsigned i = 0; i < most_events && is_sound(*pack, taken, wrong) && !choices.empty(); ++i) {
        context.now += std::chrono::minutes{choices.one_in(8) ? 31 : 1};
        const Event event = taken.pending && !choices.one_in(5)
                                ? Event{DoResult{"ok", {{"code", "123456789012"}, {"number", "leads here"}}}}
                                : random_event(choices);
        const Conversation loaded = unpack(flows::pack(taken.conversation)).value();
        const Step next = step(*pack, loaded, event, context);
        if (all_of(step(*pack, loaded, event, context)) != all_of(next)) {
            wrong = "not deterministic";
        }
        all += all_of(next);
        taken = next;
    }
    return all;
}

}  // namespace

std::string play(std::span<const std::uint8_t> bytes) {
    Choices choices(bytes);
    const PackPtr pack = random_pack(choices);
    std::string wrong;
    transcript(pack, choices, wrong);
    return wrong;
}

std::set<std::pair<std::size_t, Mode>> reached(std::span<const std::uint8_t> bytes) {
    Choices choices(bytes);
    const PackPtr pack = random_pack(choices);
    Choices events = choices;
    const auto mode = static_cast<Mode>(events.below(3));
    std::string wrong;
    const std::string played = transcript(pack, choices, wrong);
    std::set<std::pair<std::size_t, Mode>> all;
    for (std::size_t i = 0; i < pack->blocks.size(); ++i) {
        auto other = std::make_shared<Pack>(*pack);
        const std::size_t kind = other->blocks[i].kind.index();
        other->blocks[i].kind = DoBlock{"count", {{"what", "was_here"}}, {}};
        if (transcript(other, choices, wrong) != played) {
            all.emplace(kind, mode);
        }
    }
    return all;
}

}  // namespace rightsline::flows::testing
