#include "gateway/http/response_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace beast = boost::beast;

struct ResponseReader::Parser final : beast::http::basic_parser<false> {
    using Error = beast::error_code;
    using Text = beast::string_view;

    void on_request_impl(beast::http::verb, Text, Text, int, Error&) override {}
    void on_response_impl(int status, Text, int, Error& error) override {
        answer.status = status;
        if (status < 200) {
            error = beast::http::error::bad_status;  // we ask for no interim answer
        }
    }
    void on_field_impl(beast::http::field, Text name, Text value, Error&) override {
        // A trailer comes after the body has begun and must not pass for a header.
        if (!in_body) {
            answer.headers.emplace_back(std::string(name), std::string(value));
        }
    }
    void on_header_impl(Error&) override { in_body = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(Text bytes, Error&) override {
        body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error&) override {
        body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_finish_impl(Error&) override {}

    Answer answer;
    std::string body;
    bool in_body = false;
};

namespace {

constexpr std::uint32_t most_header = 16U << 10U;
constexpr std::size_t most_pending = 32U << 10U;  // a header or a chunk's frame; never a body

boost::system::error_code translate(const beast::error_code& error) {
    return error == beast::http::error::body_limit ? errc::answer_too_large : errc::bad_answer;
}

}  // namespace

ResponseReader::ResponseReader(std::size_t most_body, bool bodiless) : parser_(std::make_unique<Parser>()) {
    parser_->header_limit(most_header);
    parser_->body_limit(most_body);
    parser_->skip(bodiless);
    parser_->eager(true);
}

ResponseReader::~ResponseReader() = default;

Result<void> ResponseReader::feed(std::string_view bytes) {
    pending_.append(bytes);
    std::size_t used = 0;
    while (used < pending_.size() && !parser_->is_done()) {
        beast::error_code error;
        const std::size_t taken =
            parser_->put(boost::asio::buffer(pending_.data() + used, pending_.size() - used), error);
        used += taken;
        if (error && error != beast::http::error::need_more) {
            return translate(error);
        }
        if (taken == 0) {
            break;
        }
    }
    pending_.erase(0, used);
    return pending_.size() <= most_pending ? Result<void>() : errc::bad_answer;
}

Result<void> ResponseReader::finish() {
    if (parser_->is_done()) {
        return {};
    }
    if (!parser_->is_header_done()) {
        return errc::bad_answer;  // put_eof() must not be called before the first byte
    }
    beast::error_code error;
    parser_->put_eof(error);
    if (error || !parser_->is_done()) {
        return errc::bad_answer;
    }
    return {};
}

bool ResponseReader::done() const { return parser_->is_done(); }

bool ResponseReader::reusable() const {
    return parser_->is_done() && parser_->keep_alive() && pending_.empty();
}

std::string ResponseReader::take_body() {
    std::string taken;
    taken.swap(parser_->body);
    return taken;
}

const Answer& ResponseReader::head() const { return parser_->answer; }

}  // namespace rightsline::http
