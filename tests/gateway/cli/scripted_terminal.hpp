// ScriptedTerminal: a person at the terminal, written down: what they type, and what they are shown.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "gateway/cli/error.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

class ScriptedTerminal final : public Terminal {
 public:
    explicit ScriptedTerminal(std::deque<std::string> types = {}) : types_(std::move(types)) {}

    Result<vault::TypedSecret> ask(std::string_view prompt) override {
        asked_.emplace_back(prompt);
        if (types_.empty()) {
            return errc::no_answer;
        }
        vault::TypedSecret typed(types_.front());
        types_.pop_front();
        return typed;
    }
    Result<void> show(std::string_view text) override {
        shown_ += text;
        return {};
    }

    const std::vector<std::string>& asked() const { return asked_; }
    const std::string& shown() const { return shown_; }
    /// The code in what was shown, as it is typed: two lines of five groups.
    std::string shown_code() const {
        std::string digits;
        for (const char c : shown_) {
            digits += c >= '0' && c <= '9' ? std::string(1, c) : "";
        }
        return digits;
    }

 private:
    std::deque<std::string> types_;
    std::vector<std::string> asked_;
    std::string shown_;
};

/// Where nobody sits: a job of cron, a pipe.
class NoTerminal final : public Terminal {
 public:
    Result<vault::TypedSecret> ask(std::string_view /*prompt*/) override { return errc::no_terminal; }
    Result<void> show(std::string_view /*text*/) override { return errc::no_terminal; }
};

}  // namespace rightsline::cli
