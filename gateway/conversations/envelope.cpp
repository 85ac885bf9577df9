#include "gateway/conversations/envelope.hpp"

#include <algorithm>

#include "gateway/conversations/error.hpp"

namespace rightsline::conversations {
namespace {

constexpr char schema = 1;
constexpr char has_secret = 1;
constexpr char apart = 1;

void put_id(std::string& out, const EventId& id) {
    for (const std::uint8_t byte : id) {
        out.push_back(static_cast<char>(byte));
    }
}

EventId take_id(std::string_view bytes) {
    EventId id{};
    std::transform(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(id.size()), id.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    return id;
}

}  // namespace

std::string to_bytes(const Envelope& envelope) {
    std::string out{schema, envelope.secret_event ? has_secret : '\0'};
    if (envelope.secret_event) {
        put_id(out, *envelope.secret_event);
    }
    out += flows::pack(envelope.conversation);
    return out;
}

Result<Envelope> parse_envelope(std::string_view bytes) {
    if (bytes.size() < 2 || bytes[0] != schema || (bytes[1] & ~has_secret) != 0) {
        return errc::damaged;
    }
    Envelope envelope;
    std::string_view rest = bytes.substr(2);
    if (bytes[1] == has_secret) {
        if (rest.size() < sizeof(EventId)) {
            return errc::damaged;
        }
        envelope.secret_event = take_id(rest);
        rest.remove_prefix(sizeof(EventId));
    }
    Result<flows::Conversation> conversation = flows::unpack(rest);
    if (!conversation) {
        return conversation.error();
    }
    envelope.conversation = std::move(*conversation);
    return envelope;
}

std::string to_bytes(const Guard& guard) {
    std::string out{schema, guard.kept_apart ? apart : '\0'};
    put_id(out, guard.content);
    out += guard.sealed_answer;
    return out;
}

Result<Guard> parse_guard(std::string_view bytes) {
    if (bytes.size() < 2 + sizeof(EventId) || bytes[0] != schema || (bytes[1] & ~apart) != 0) {
        return errc::damaged;
    }
    Guard guard;
    guard.kept_apart = bytes[1] == apart;
    guard.content = take_id(bytes.substr(2));
    guard.sealed_answer = bytes.substr(2 + sizeof(EventId));
    return guard;
}

std::string to_bytes(const http::Response& response) {
    // status, content type, body; answers of turns carry no further headers
    std::string out = std::to_string(response.status);
    out += '\n';
    out += response.content_type;
    out += '\n';
    out += response.body;
    return out;
}

Result<http::Response> parse_response(std::string_view bytes) {
    const auto first = bytes.find('\n');
    const auto second = first == std::string_view::npos ? first : bytes.find('\n', first + 1);
    const std::string_view status = bytes.substr(0, std::min<std::size_t>(first, bytes.size()));
    const bool http_status = status.size() == 3 && status[0] >= '1' && status[0] <= '5' &&
                             status.find_first_not_of("0123456789") == status.npos;
    if (!http_status || second == std::string_view::npos) {
        return errc::damaged;
    }
    http::Response response;
    response.status = (bytes[0] - '0') * 100 + (bytes[1] - '0') * 10 + (bytes[2] - '0');
    response.content_type = bytes.substr(first + 1, second - first - 1);
    response.body = bytes.substr(second + 1);
    return response;
}

}  // namespace rightsline::conversations
