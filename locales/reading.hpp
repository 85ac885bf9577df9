// Reading what people type: the words of one language.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::locales {

struct ReadingWords {
    std::array<std::vector<std::string>, 13> numbers;
    std::vector<std::string> yes, no, stop, stop_phrases, start, help, menu, back, repeat, done;
    std::map<std::string, std::vector<std::string>> languages;
};

std::string fold(std::string_view text);

}  // namespace rightsline::locales
