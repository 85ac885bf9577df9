#include "gateway/alerts/call_page.hpp"

#include <utility>
#include <vector>

#include "gateway/http/form.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::alerts {
namespace {

constexpr std::size_t most_token = 1024;

/// What hex digits stand for; "" when something else is among them.
std::string bytes_of(std::string_view hex) {
    const auto value = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        if (value(hex[i]) < 0 || value(hex[i + 1]) < 0) {
            return "";
        }
        bytes.push_back(static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1])));
    }
    return bytes;
}

}  // namespace

std::string query_of(const CallPage& page) { return "?p=" + page.program + "&t=" + page.token; }

std::optional<CallPage> parse_page(std::string_view query) {
    const Result<http::Form> form = http::Form::decode(query);
    if (!form || form->get("t").size() > most_token) {
        return std::nullopt;
    }
    return CallPage{std::string(form->get("p")), std::string(form->get("t"))};
}

Awaitable<Result<CallPage>> seal_page(vault::Vault& vault, std::string purpose, std::string program,
                                      std::string names) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::alert, purpose + program, std::move(names)});
    const Result<std::vector<std::string>> sealed = co_await vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(sealed->front().data());
    co_return CallPage{std::move(program), vault::to_hex({bytes, sealed->front().size()})};
}

Awaitable<std::optional<std::string>> open_page(vault::Vault& vault, std::string purpose,
                                                const CallPage& page) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::alert, purpose + page.program, bytes_of(page.token)});
    Result<std::vector<std::string>> opened = co_await vault.open(std::move(requests));
    co_return opened ? std::optional(std::move(opened->front())) : std::nullopt;
}

}  // namespace rightsline::alerts
