// Any bytes as a form: no crash, the bounds hold, and what was decoded and written out again reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/http/form.hpp"

namespace {

using namespace rightsline;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Every byte escaped: the plainest spelling that there is.
std::string escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t most = 20;
    const auto form = http::Form::decode(input, most);
    if (!form) {
        return 0;
    }
    require(form->pairs().size() <= most);
    std::string again;
    std::size_t decoded = 0;
    for (const auto& [name, value] : form->pairs()) {
        again += (again.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
        decoded += name.size() + value.size();
        require(form->count(name) >= 1);
    }
    require(decoded <= input.size());
    const auto twice = http::Form::decode(again, most);
    require(twice && twice->pairs() == form->pairs());
    return 0;
}
