#include "gateway/providers/we_called.hpp"

#include "gateway/providers/fields.hpp"

namespace rightsline::providers {
namespace {

Inbound of_call(const Inbound& from, Hook hook, std::string call) {
    Inbound inbound;
    inbound.hook = hook;
    inbound.mode = flows::Mode::voice;
    inbound.line = from.line;
    inbound.worker = from.worker;
    inbound.call = std::move(call);
    inbound.we_called = true;
    return inbound;
}

std::string number_of(const Inbound& inbound) { return inbound.worker ? inbound.worker->reveal() : ""; }

}  // namespace

Inbound as_called(const Inbound& page) {
    Inbound inbound = of_call(page, Hook::voice, page.call);
    inbound.identity = canonical({"call", inbound.call});
    inbound.content = canonical({number_of(inbound), inbound.line});
    inbound.event = flows::Called{};
    return inbound;
}

Inbound as_ended(const Inbound& receipt) {
    Inbound inbound = of_call(receipt, Hook::voice_status, receipt.message);
    inbound.identity = canonical({"end", inbound.call, receipt.delivery});
    inbound.content = canonical({number_of(inbound), inbound.line, receipt.delivery});
    inbound.event = flows::HungUp{};
    return inbound;
}

}  // namespace rightsline::providers
