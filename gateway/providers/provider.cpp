#include "gateway/providers/provider.hpp"

#include "gateway/providers/simulator.hpp"
#include "gateway/providers/twilio.hpp"

namespace rightsline::providers {

std::unique_ptr<Provider> make_provider(std::string_view name) {
    if (name == "twilio") {
        return make_twilio();
    }
    if (name == "simulator") {
        return make_simulator();
    }
    return nullptr;
}

}  // namespace rightsline::providers
