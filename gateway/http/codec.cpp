#include "gateway/http/codec.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

#include "gateway/http/error.hpp"
#include "gateway/http/gate.hpp"
#include "locales/private_text.hpp"

namespace rightsline::http {
namespace beast = boost::beast;

namespace {

constexpr std::size_t first_size = 4U << 10U;   // most webhooks fit
constexpr std::size_t least_space = 2U << 10U;  // a read smaller than this is not worth its system call
constexpr std::size_t kept_size = 16U << 10U;   // an idle connection holds no more than this

// Beast's parser writing straight into our Request. It only ever sees one complete header.
class HeaderParser final : public beast::http::basic_parser<true> {
 public:
    HeaderParser(Request& request, const CodecLimits& limits)
        : request_(request), most_fields_(limits.fields) {
        header_limit(static_cast<std::uint32_t>(limits.header));
        if (limits.body_of == nullptr) {
            body_limit(limits.body);
        } else {
            body_limit(boost::none);  // check_framing() holds it to what this request may bring
        }
    }
    int version() const { return version_; }

 private:
    using Error = beast::error_code;
    using Text = beast::string_view;
    void on_request_impl(beast::http::verb, Text method, Text target, int version, Error&) override {
        request_.method.assign(method.data(), method.size());
        request_.target.assign(target.data(), target.size());
        version_ = version;
    }
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(beast::http::field, Text name, Text value, Error& error) override {
        if (request_.headers.size() == most_fields_) {
            error = beast::http::error::header_limit;
            return;
        }
        request_.headers.emplace_back(std::string(name), std::string(value));
    }
    void on_header_impl(Error&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(Text, Error&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text, Error&) override { return 0; }
    void on_finish_impl(Error&) override {}

    Request& request_;
    std::size_t most_fields_;
    int version_ = 0;
};

boost::system::error_code translate(const beast::error_code& error) {
    if (error == beast::http::error::header_limit) {
        return errc::header_too_large;
    }
    if (error == beast::http::error::body_limit) {
        return errc::body_too_large;
    }
    if (error == beast::http::error::bad_version) {
        return errc::not_http_1_1;
    }
    if (error == beast::http::error::bad_content_length ||
        error == beast::http::error::multiple_content_length) {
        return errc::bad_length;
    }
    return error == beast::http::error::bad_transfer_encoding ? errc::transfer_encoding : errc::malformed;
}

}  // namespace

RequestReader::~RequestReader() {
    wipe(request_);
    if (size_ != 0) {
        explicit_bzero(buffer_.get(), size_);
    }
}

void RequestReader::grow(std::size_t size) {
    auto larger = std::make_unique<char[]>(size);
    if (end_ != begin_) {
        std::memcpy(larger.get(), buffer_.get() + begin_, held());
    }
    if (size_ != 0) {
        explicit_bzero(buffer_.get(), size_);
    }
    end_ = held();
    begin_ = 0;
    buffer_ = std::move(larger);
    size_ = size;
}

std::span<char> RequestReader::space() {
    if (begin_ == end_) {
        begin_ = 0;
        end_ = 0;
        if (size_ > kept_size) {
            grow(first_size);
        }
    }
    const std::size_t wanted = in_body_ ? header_ + body_ : held() + least_space;
    if (size_ < wanted) {
        grow(std::max({first_size, size_ * 2, wanted}));
    } else if (size_ - begin_ < wanted) {
        grow(size_);
    }
    return {buffer_.get() + end_, size_ - end_};
}

void RequestReader::received(std::size_t count) { end_ += count; }

// Walks over complete lines once, however the bytes arrive.
Result<Progress> RequestReader::find_header_end() {
    const char* start = buffer_.get() + begin_;
    while (looked_ < held()) {
        const void* found = std::memchr(start + looked_, '\n', held() - looked_);
        if (found == nullptr) {
            looked_ = held();
            break;
        }
        const auto line_end = static_cast<std::size_t>(static_cast<const char*>(found) - start);
        if (line_end == scanned_ || start[line_end - 1] != '\r') {
            return errc::malformed;
        }
        const bool first = scanned_ == 0;
        const bool empty = line_end == scanned_ + 1;
        if (first && empty) {
            return errc::malformed;
        }
        if (!first && (start[scanned_] == ' ' || start[scanned_] == '\t')) {
            return errc::folded_header;
        }
        scanned_ = line_end + 1;
        looked_ = scanned_;
        if (empty) {
            header_ = scanned_;
            return header_ <= limits_.header ? Result<Progress>(Progress::complete) : errc::header_too_large;
        }
    }
    return held() < limits_.header ? Result<Progress>(Progress::needs_more) : errc::header_too_large;
}

Result<void> RequestReader::parse_header() {
    const char* start = buffer_.get() + begin_;
    if (std::memchr(start, '\0', header_) != nullptr) {
        return errc::malformed;
    }
    request_.headers.reserve(16);
    HeaderParser parser(request_, limits_);  // one per message (craft P32)
    beast::error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(start, header_), error);
    if (error && error != beast::http::error::need_more) {
        return translate(error);
    }
    if (!parser.is_header_done() || used != header_) {
        return errc::malformed;
    }
    const std::size_t most = limits_.body_of == nullptr ? limits_.body : limits_.body_of(request_);
    const Result<std::size_t> length = check_framing(request_, parser.version(), most);
    if (!length) {
        return length.error();
    }
    body_ = *length;
    return {};
}

Result<Progress> RequestReader::advance() {
    if (failed_) {
        return failed_;
    }
    const Result<Progress> progress = judge();
    failed_ = progress ? failed_ : progress.error();
    return progress;
}

Result<Progress> RequestReader::judge() {
    if (!in_body_) {
        const Result<Progress> header = find_header_end();
        if (!header || *header == Progress::needs_more) {
            return header;
        }
        const Result<void> parsed = parse_header();
        if (!parsed) {
            return parsed.error();
        }
        in_body_ = true;
    }
    return held() >= header_ + body_ ? Progress::complete : Progress::needs_more;
}

Request RequestReader::take() {
    char* start = buffer_.get() + begin_;
    request_.body.assign(start + header_, body_);
    explicit_bzero(start, header_ + body_);
    begin_ += header_ + body_;
    scanned_ = looked_ = header_ = body_ = 0;
    in_body_ = false;
    Request complete = std::move(request_);
    request_ = Request();
    return complete;
}

void wipe(Request& request) {
    locales::wipe(request.target);
    locales::wipe(request.body);
    for (auto& [name, value] : request.headers) {
        locales::wipe(value);
    }
}

}  // namespace rightsline::http
