// twilio_emulator: the emulator as a process of its own. See twilio_emulator.hpp for what it speaks.
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/support/emulator/twilio_emulator.hpp"

namespace {

constexpr const char* usage =
    "usage: twilio_emulator PORT ACCOUNT_SID [PUBLIC_URL HOOKS_URL]\n"
    "  The account's token is in TWILIO_EMULATOR_TOKEN. PORT 0: any. Webhooks for PUBLIC_URL go to "
    "HOOKS_URL.\n"
    "  Says where it listens, and ends when its standard input does.\n";

int serve(int count, char** words) {
    const char* const token = std::getenv("TWILIO_EMULATOR_TOKEN");
    const unsigned long port = std::strtoul(words[1], nullptr, 10);
    if (token == nullptr || port > 65535) {
        std::cerr << usage;
        return 64;
    }
    rightsline::emulator::Account account{words[2], token, "", ""};
    if (count == 5) {
        account.public_url = words[3];
        account.hooks = words[4];
    }
    const rightsline::emulator::TwilioEmulator emulator(std::move(account), static_cast<std::uint16_t>(port));
    std::cout << emulator.base() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3 && count != 5) {
        std::cerr << usage;
        return 64;
    }
    try {
        return serve(count, words);
    } catch (const std::exception& failed) {
        std::cerr << failed.what() << "\n";
        return 69;
    }
}
