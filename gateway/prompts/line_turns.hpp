// LineTurns: one line is recorded or judged by one at a time, from the first look at it to the last step.
//
// A look, an entry of the audit and a file take turns with the loop: without this two people could each be told yes, and the
// audit would say of a take that it was rejected while calls play it. Who comes second is refused and nothing is written.
// Must never: be kept by whoever was given up: a Turn ends with its coroutine, on every way out. Threading: the loop's.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace rightsline::prompts {

class LineTurns {
    using Lines = std::set<std::string>;  // at most one per request that is under way

 public:
    class Turn {
     public:
        Turn(std::shared_ptr<Lines> lines, std::string line)
            : lines_(std::move(lines)), line_(std::move(line)) {}
        ~Turn() {
            if (lines_) {
                lines_->erase(line_);
            }
        }
        Turn(Turn&&) noexcept = default;  // the other has no lines then
        Turn& operator=(Turn&&) = delete;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

     private:
        std::shared_ptr<Lines> lines_;  // a coroutine may be destroyed after the desk
        std::string line_;
    };

    /// Nothing: somebody else has the line.
    std::optional<Turn> take(std::string line) {
        return lines_->insert(line).second ? std::optional<Turn>(std::in_place, lines_, std::move(line))
                                           : std::nullopt;
    }

 private:
    std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
};

}  // namespace rightsline::prompts
