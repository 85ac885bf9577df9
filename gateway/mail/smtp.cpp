#include "gateway/mail/smtp.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/mail/smtp_session.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/base64.hpp"

namespace rightsline::mail {
namespace {

using providers::Again;
using providers::Reason;
using providers::SendResult;

Reason because(int status, std::string_view what, std::string_view mend, Again again) {
    Reason reason;
    reason.status = status;
    reason.what = what;
    reason.mend = mend;
    reason.again = again;
    return reason;
}

constexpr std::string_view by_itself = "It is sent again by itself.";
constexpr std::string_view look = "Look at mail: in the configuration, and at the mail server.";

SendResult not_reached(int status, std::string_view what) {
    return providers::Retry{because(status, what, by_itself, Again::later), std::nullopt, true};
}

SendResult account_is_wrong(int status, std::string_view what) {
    Reason reason = because(status, what, look, Again::never);
    reason.account = true;
    return providers::AccountStopped{reason};
}

/// An answer before the dot: nothing was taken.
SendResult refusal(const Result<Reply>& reply, std::string_view what) {
    if (!reply) {
        const bool late = reply.error() == net::make_error_code(net::errc::deadline);
        return not_reached(0, late ? "The mail server was too slow." : "The mail server broke off.");
    }
    if (reply->code >= 500 && reply->code <= 599) {
        return providers::Rejected{because(reply->code, what, look, Again::never)};
    }
    return not_reached(reply->code, "The mail server cannot take it just now.");
}

/// An answer to the dot, or none.
SendResult verdict(const Result<Reply>& reply) {
    if (!reply || reply->code < 200 || (reply->code > 299 && reply->code < 400)) {
        return providers::Unknown{because(
            reply ? reply->code : 0, "The mail server had the whole mail and did not say what became of it.",
            by_itself, Again::later)};
    }
    if (reply->is_ok()) {
        return providers::Accepted{"", "mail"};
    }
    return refusal(reply, "The mail server does not take the mail.");
}

bool same_word(std::string_view text, std::string_view word) {
    return std::ranges::equal(text, word, [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b;
    });
}

/// What the server said that it can: "STARTTLS"; "AUTH" with a mechanism behind it.
bool offers(const Reply& hello, std::string_view what, std::string_view how = {}) {
    for (std::size_t i = 1; i < hello.lines.size(); ++i) {
        std::string_view rest = hello.lines[i];
        const std::size_t end = std::min(rest.find_first_of(" ="), rest.size());
        if (!same_word(rest.substr(0, end), what)) {
            continue;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (!how.empty() && !rest.empty()) {
            const std::size_t space = std::min(rest.find(' '), rest.size());
            if (same_word(rest.substr(0, space), how)) {
                return true;
            }
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
        if (how.empty()) {
            return true;
        }
    }
    return false;
}

/// One delivery; each step gives what it ended with, or nothing when it may go on.
class Delivery {
 public:
    Delivery(SmtpSession session, const Server& server, const Letter& letter)
        : session_(std::move(session)), server_(server), letter_(letter) {}

    Awaitable<SendResult> run(const Secure& secure) {
        std::optional<SendResult> ended = co_await meet(secure);
        if (!ended) {
            ended = co_await log_in();
        }
        if (!ended) {
            ended = co_await name_both();
        }
        if (ended) {
            session_.close();
            co_return std::move(*ended);
        }
        co_return co_await hand_over();
    }

 private:
    using Ended = std::optional<SendResult>;

    Awaitable<Ended> greet(std::string line, int wanted) {
        hello_ = co_await session_.ask(std::move(line));
        co_return hello_ && hello_->is(wanted)
            ? Ended()
            : Ended(refusal(hello_, "The mail server does not speak with us."));
    }

    std::string hello() const { return "EHLO " + letter_.from.domain(); }

    Awaitable<Ended> meet(const Secure& secure) {
        const Result<Reply> greeting = co_await session_.read();
        if (!greeting || !greeting->is(220)) {
            co_return refusal(greeting, "The mail server does not speak with us.");
        }
        Ended ended = co_await greet(hello(), 250);
        if (ended || server_.tls_at_once()) {
            co_return ended;
        }
        if (!offers(*hello_, "STARTTLS")) {
            co_return account_is_wrong(0,
                                       "The mail server offers no STARTTLS: nothing is said to it in clear.");
        }
        const Result<Reply> ready = co_await session_.ask("STARTTLS");
        if (!ready || !ready->is(220)) {
            co_return refusal(ready, "The mail server refuses STARTTLS.");
        }
        const Result<void> secured = co_await session_.secure(secure);
        if (!secured) {
            co_return not_reached(0, "The connection to the mail server could not be made secure.");
        }
        co_return co_await greet(hello(), 250);
    }

    Awaitable<Ended> log_in() {
        if (server_.user.empty()) {
            co_return Ended();
        }
        if (offers(*hello_, "AUTH", "PLAIN")) {
            std::string secret = std::string(1, '\0') + server_.user + '\0' + server_.password.reveal();
            std::string line = "AUTH PLAIN " + ops::to_base64(secret);
            locales::wipe(secret);
            const Result<Reply> let_in = co_await session_.ask(std::move(line));
            co_return judged(let_in);
        }
        if (!offers(*hello_, "AUTH", "LOGIN")) {
            co_return account_is_wrong(0, "The mail server offers neither AUTH PLAIN nor AUTH LOGIN.");
        }
        const Result<Reply> asks_user = co_await session_.ask("AUTH LOGIN");
        if (!asks_user || !asks_user->is(334)) {
            co_return judged(asks_user);
        }
        const Result<Reply> asks_password = co_await session_.ask(ops::to_base64(server_.user));
        if (!asks_password || !asks_password->is(334)) {
            co_return judged(asks_password);
        }
        const Result<Reply> let_in = co_await session_.ask(ops::to_base64(server_.password.reveal()));
        co_return judged(let_in);
    }

    static Ended judged(const Result<Reply>& let_in) {
        if (let_in && let_in->is(235)) {
            return std::nullopt;
        }
        if (let_in && let_in->code >= 500) {
            return account_is_wrong(let_in->code, "The mail server does not accept our user and password.");
        }
        return refusal(let_in, "The mail server does not let us in.");
    }

    Awaitable<Ended> name_both() {
        const Result<Reply> from = co_await session_.ask("MAIL FROM:<" + letter_.from.reveal() + ">");
        if (!from || !from->is_ok()) {
            co_return from && from->code >= 500
                ? account_is_wrong(from->code, "The mail server does not let us send from this address.")
                : refusal(from, "");
        }
        const Result<Reply> to = co_await session_.ask("RCPT TO:<" + letter_.to.reveal() + ">");
        if (!to || !to->is_ok()) {
            co_return refusal(to, "The mail server does not know the recipient's address.");
        }
        const Result<Reply> go = co_await session_.ask("DATA");
        if (!go || !go->is(354)) {
            co_return refusal(go, "The mail server does not take the mail.");
        }
        co_return Ended();
    }

    /// From the first byte of the mail on a broken connection is still no mail: the dot makes it one.
    Awaitable<SendResult> hand_over() {
        const Result<void> said = co_await session_.write(to_bytes(letter_));
        if (!said) {
            co_return not_reached(0, "The mail server broke off.");
        }
        const Result<Reply> answer = co_await session_.ask(".");
        const SendResult ended = verdict(answer);
        if (answer) {
            const Result<void> left = co_await session_.write("QUIT\r\n");
            static_cast<void>(left);
        }
        session_.close();
        co_return ended;
    }

    SmtpSession session_;
    const Server& server_;
    const Letter& letter_;
    Result<Reply> hello_ = Reply{};
};

}  // namespace

Awaitable<SendResult> deliver(net::Stream stream, Secure secure, const Server& server, const Letter& letter,
                              Deadline deadline) {
    Delivery delivery(SmtpSession(std::move(stream), deadline), server, letter);
    co_return co_await delivery.run(secure);
}

Awaitable<SendResult> deliver(boost::asio::any_io_executor executor, net::TlsTrust trust,
                              const Server& server, const Letter& letter, Deadline deadline) {
    net::Host host;
    host.name = server.host;
    host.port = server.port;
    Result<net::Stream> stream = net::make_error_code(net::errc::refused);
    if (server.tls_at_once()) {
        stream = co_await net::connect_tls(executor, trust, host, deadline);
    } else {
        stream = co_await net::connect_tcp(executor, host, deadline);
    }
    if (!stream) {
        co_return not_reached(0, "The mail server cannot be reached, or is not who it should be.");
    }
    Secure secure = [trust, name = server.host](net::Stream plain, Deadline until) {
        return net::start_tls(std::move(plain), trust, name, until);
    };
    co_return co_await deliver(std::move(*stream), std::move(secure), server, letter, deadline);
}

}  // namespace rightsline::mail
