// Any bytes as a caller's number and as a typed receipt code: no crash, and what is accepted reads the same
// again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/vault/phone_number.hpp"
#include "gateway/vault/receipt_code.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rightsline::vault;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    for (const std::string_view region : {"", "US", "HT"}) {
        const auto number = PhoneNumber::parse(input, region);
        if (number) {
            const auto again = PhoneNumber::parse(number->reveal());
            if (!again || again->reveal() != number->reveal()) {
                std::abort();
            }
        }
    }
    const auto code = ReceiptCode::parse(input);
    if (code && ReceiptCode::parse(code->reveal())->reveal() != code->reveal()) {
        std::abort();
    }
    return 0;
}
