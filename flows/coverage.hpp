// Coverage: which prompts were heard and left again by scripted tests, in which language and mode.
//
// A cell is a block that says something in a mode, in one language. It counts only when a test asserted its prompt
// there and left it by an exit; running past it is not coverage. Threading: one run.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::flows {

class Coverage {
 public:
    using Cell = std::tuple<BlockIndex, LanguageIndex, Mode>;

    Coverage() = default;
    explicit Coverage(const Pack& pack);
    /// The prompt of this block was asserted and then left by `exit` ("answered", "no_match", "hang_up" …).
    void left(BlockIndex block, LanguageIndex language, Mode mode, const std::string& exit);

    std::size_t covered() const { return exits_.size(); }
    std::size_t total() const { return cells_.size(); }
    double percent() const;
    /// "hotline.story ht ussd", in the pack's order.
    std::vector<std::string> missing() const;
    /// "hotline.story en voice: answered, hang_up"
    std::vector<std::string> exits() const;
    /// "coverage: 97.3%"
    std::string summary() const;

 private:
    std::string name_of(const Cell& cell) const;

    std::set<Cell> cells_;
    std::map<Cell, std::set<std::string>> exits_;
    std::map<BlockIndex, std::string> block_names_;
    std::vector<std::string> language_names_;
};

std::string_view to_string(Mode mode);
/// The text that a block says first in that mode, or no_text.
TextIndex prompt_text(const Block& block, Mode mode);

}  // namespace rightsline::flows
