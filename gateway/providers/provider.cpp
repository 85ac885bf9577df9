#include "gateway/providers/provider.hpp"

#include "gateway/providers/error.hpp"
#include "gateway/providers/simulator.hpp"
#include "gateway/providers/twilio.hpp"

namespace rightsline::providers {

Result<Heard> Provider::read_texts(const http::Answer&, std::string_view, flows::Instant) const {
    return errc::not_offered;
}

Result<Heard> Provider::read_recordings(const http::Answer&, flows::Instant) const {
    return errc::not_offered;
}

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
