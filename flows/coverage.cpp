#include "flows/coverage.hpp"

#include <array>
#include <cstdio>

namespace rightsline::flows {
namespace {

constexpr std::array all_modes{Mode::sms, Mode::voice, Mode::ussd};

const Prompt* prompt_of(const Block& block) {
    if (const auto* say = std::get_if<SayBlock>(&block.kind)) {
        return &say->prompt;
    }
    if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
        return &menu->prompt;
    }
    const auto* ask = std::get_if<AskBlock>(&block.kind);
    return ask == nullptr ? nullptr : &ask->prompt;
}

}  // namespace

std::string_view to_string(Mode mode) {
    return mode == Mode::sms ? "sms" : mode == Mode::voice ? "voice" : "ussd";
}

TextIndex prompt_text(const Block& block, Mode mode) {
    const Prompt* prompt = prompt_of(block);
    if (prompt == nullptr || (block.modes & (1U << static_cast<unsigned>(mode))) == 0) {
        return no_text;
    }
    const TextIndex own = mode == Mode::voice ? prompt->voice
                          : mode == Mode::sms ? prompt->sms
                                              : prompt->ussd;
    return own != no_text ? own : prompt->any;
}

Coverage::Coverage(const Pack& pack) {
    for (const LanguageTag& tag : pack.languages) {
        language_names_.push_back(tag.str());
    }
    for (std::size_t block = 0; block < pack.blocks.size(); ++block) {
        const auto index = static_cast<BlockIndex>(block);
        block_names_[index] = pack.block_key(index);
        for (std::size_t language = 0; language < pack.languages.size(); ++language) {
            for (const Mode mode : all_modes) {
                if (!pack.message_only[language] && prompt_text(pack.blocks[block], mode) != no_text) {
                    cells_.emplace(index, static_cast<LanguageIndex>(language), mode);
                }
            }
        }
    }
}

void Coverage::left(BlockIndex block, LanguageIndex language, Mode mode, const std::string& exit) {
    const Cell cell{block, language, mode};
    if (cells_.contains(cell)) {
        exits_[cell].insert(exit);
    }
}

double Coverage::percent() const {
    return cells_.empty() ? 100.0 : 100.0 * static_cast<double>(covered()) / static_cast<double>(total());
}

std::string Coverage::name_of(const Cell& cell) const {
    const auto& [block, language, mode] = cell;
    return block_names_.at(block) + " " + language_names_.at(language) + " " + std::string(to_string(mode));
}

std::vector<std::string> Coverage::missing() const {
    std::vector<std::string> names;
    for (const Cell& cell : cells_) {
        if (!exits_.contains(cell)) {
            names.push_back(name_of(cell));
        }
    }
    return names;
}

std::vector<std::string> Coverage::exits() const {
    std::vector<std::string> lines;
    for (const auto& [cell, exits] : exits_) {
        std::string line = name_of(cell) + ":";
        for (const std::string& exit : exits) {
            line += (line.back() == ':' ? " " : ", ") + exit;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string Coverage::summary() const {
    std::array<char, 32> text{};
    // Rounded down: 99.96 % is not all of it.
    const double shown = static_cast<double>(static_cast<long>(percent() * 10.0)) / 10.0;
    std::snprintf(text.data(), text.size(), "coverage: %.1f%%", shown);
    return text.data();
}

}  // namespace rightsline::flows
