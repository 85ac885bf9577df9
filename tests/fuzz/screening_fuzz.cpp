// Any words as a reply to a worker. No crash; what is found has words and stands in its order; and a number, a link, an
// address, a name that was listed and a word that must not be shown are found whatever stands around them.
//
// The input: what comes before, a line, what comes behind; a third line is put between the digits of the number.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/cases/screening.hpp"
#include "locales/folding.hpp"

namespace {

using namespace rightsline::cases;
using Kind = Screened::Kind;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

const ScreenWords words{{"Maria Lopez"}, {"fair food", "union"}};

bool finds(const std::string& text, Kind kind) {
    const std::vector<Screened> found = screen_reply(text, words);
    must(std::ranges::is_sorted(found, {}, &Screened::kind));
    for (const Screened& one : found) {
        must(!one.words.empty() && !why(one.kind).empty());
    }
    return std::ranges::find(found, kind, &Screened::kind) != found.end();
}

std::string_view line_of(std::string_view& input) {
    const std::string_view line = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(line.size() + 1, input.size()));
    return line;
}

/// "3.0.5…" with this in the place of the dot.
std::string spread(std::string_view between) {
    std::string number;
    for (const char digit : std::string_view("3055550100")) {
        number.append(number.empty() ? "" : between) += digit;
    }
    return number;
}

/// Marks and spaces only: words between digits are beyond what is promised.
bool only_marks(std::string_view between) { return rightsline::locales::fold(between).empty(); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string before = std::string(line_of(input)) + " ";
    const std::string behind = " " + std::string(line_of(input));
    finds(before + behind, Kind::number);
    must(finds(before + "305 555 0100" + behind, Kind::number));
    must(finds(before + "help@example.org" + behind, Kind::address));
    must(finds(before + "https://example.org/x" + behind, Kind::link));
    must(finds(before + "lopez" + behind, Kind::name));
    must(finds(before + "unions" + behind, Kind::dangerous));
    const std::string_view between = line_of(input);
    if (only_marks(between)) {
        must(finds(before + spread(between) + behind, Kind::number));
    }
    return 0;
}
