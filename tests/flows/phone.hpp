// Phone: a worker and a shell in one, for tests: sends events, answers `do` requests, and packs and unpacks the
// conversation between all turns, so that nothing can live only in memory.
// Threading: one test.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "flows/engine.hpp"

namespace rightsline::flows::testing {

struct Phone {
    PackPtr pack;
    Mode mode = Mode::sms;
    Context context;
    DoResult file_result{"ok", {{"code", "123456789012"}}};
    DoResult open_result{"ok", {{"status", "new"}, {"draft", "000102030405060708090a0b0c0d0e0f"}}};
    DoResult handoff_result{"else", {}};
    DoResult number_result{"else", {}};

    Conversation conversation;
    Step last;
    std::vector<Part> parts;      // of the last turn
    std::vector<Filing> filings;  // since the beginning
    std::vector<DoRequest> requests;
    std::vector<std::string> facts;
    bool begun = false;

    explicit Phone(PackPtr p, Mode m = Mode::sms) : pack(std::move(p)), mode(m) {
        context.now = Instant{std::chrono::hours{490000}};
        context.fresh_id = {1, 2, 3};
    }

    Phone& give(const Event& event) {
        parts.clear();
        keep(begun ? step(*pack, conversation, event, context) : start(*pack, mode, event, context));
        begun = true;
        while (last.pending && !last.pending->after_redirect) {
            const std::string& action = last.pending->action;
            keep(step(*pack, conversation,
                      action == "report.file"     ? file_result
                      : action == "report.open"   ? open_result
                      : action == "handoff"       ? handoff_result
                      : action == "report.number" ? number_result
                                                  : DoResult{},
                      context));
        }
        return *this;
    }
    Phone& call() { return give(Called{}); }
    Phone& text(std::string body) { return give(Texted{PrivateText(std::move(body))}); }
    Phone& press(std::string digits) { return give(Keyed{PrivateText(std::move(digits))}); }
    Phone& silence() { return press(""); }
    Phone& record(int seconds) { return give(Recorded{seconds > 0 ? "recording" : "", Seconds{seconds}}); }
    Phone& hang_up() { return give(HungUp{}); }
    Phone& come_back() { return give(Continued{}); }
    Phone& wait(std::chrono::minutes minutes) { return context.now += minutes, *this; }

    /// Keys of everything heard or read in the last turn, in order.
    std::vector<std::string> keys() const {
        std::vector<std::string> all;
        for (const Utterance& said : utterances()) {
            all.push_back(said.key);
        }
        return all;
    }
    bool heard(const std::string& key) const {
        for (const Utterance& said : utterances()) {
            if (said.key == key) {
                return true;
            }
        }
        return false;
    }
    std::string body() const {
        std::string all;
        for (const Action& action : last.actions) {
            if (const auto* text = std::get_if<Text>(&action)) {
                all += text->body;
            } else if (const auto* screen = std::get_if<Screen>(&action)) {
                all += screen->body;
            }
        }
        return all;
    }
    template <class T>
    const T* find() const {
        for (const Action& action : last.actions) {
            if (const auto* found = std::get_if<T>(&action)) {
                return found;
            }
        }
        return nullptr;
    }
    std::vector<Utterance> utterances() const {
        std::vector<Utterance> all;
        for (const Action& action : last.actions) {
            std::visit([&](const auto& one) { add(all, one); }, action);
        }
        return all;
    }
    bool has_fact(const std::string& fact) const {
        return std::find(facts.begin(), facts.end(), fact) != facts.end();
    }

 private:
    template <class T>
    static void add(std::vector<Utterance>& all, const T& action) {
        if constexpr (requires { action.prompts; }) {
            all.insert(all.end(), action.prompts.begin(), action.prompts.end());
        } else if constexpr (requires { action.parts; }) {
            all.insert(all.end(), action.parts.begin(), action.parts.end());
        }
    }
    void keep(Step taken) {
        parts.insert(parts.end(), taken.parts.begin(), taken.parts.end());
        facts.insert(facts.end(), taken.facts.begin(), taken.facts.end());
        if (taken.filing) {
            filings.push_back(*taken.filing);
        }
        if (taken.pending) {
            requests.push_back(*taken.pending);
        }
        conversation = unpack(flows::pack(taken.conversation)).value();
        last = std::move(taken);
    }
};

}  // namespace rightsline::flows::testing
