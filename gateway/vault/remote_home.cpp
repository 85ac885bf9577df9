#include "gateway/vault/remote_home.hpp"

#include <algorithm>
#include <utility>

#include "gateway/net/connect.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/frame_io.hpp"
#include "gateway/vault/known_names.hpp"
#include "gateway/vault/protocol.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

using namespace std::chrono_literals;

constexpr auto name_budget = 400ms;
constexpr auto open_budget = 2s;
constexpr auto look_budget = 500ms;
constexpr auto first_rest = 50ms;
constexpr std::chrono::milliseconds longest_rest = 1s;
constexpr std::size_t most_idle = 8;

boost::system::error_code error_of(Status status) {
    switch (status) {
        case Status::done:
            return {};
        case Status::bad_question:
            return errc::bad_frame;
        case Status::used_up:
            return errc::used_up;
        case Status::sealed_otherwise:
            return errc::sealed_otherwise;
        case Status::unknown_key:
            return errc::unknown_key;
    }
    return errc::bad_frame;
}

class SocketHome final : public RemoteHome {
 public:
    SocketHome(boost::asio::any_io_executor executor, const ops::Clock& clock, std::string socket)
        : executor_(std::move(executor)), clock_(clock), socket_(std::move(socket)) {}

    Awaitable<Result<std::vector<KeyedId>>> name(std::vector<IdRequest> requests) override {
        std::vector<KeyedId> ids(requests.size());
        Question question{Op::name};
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const std::optional<KeyedId> known = known_.find(requests[i]);
            if (known) {
                ids[i] = *known;
                locales::wipe(requests[i].canonical);
            } else {
                question.names.push_back(std::move(requests[i]));
                places.push_back(i);
            }
        }
        if (places.empty()) {
            co_return ids;
        }
        const Result<Answer> answer = co_await ask(question, clock_.in(name_budget));
        const bool whole = answer && answer->ids.size() == places.size();
        for (std::size_t i = 0; whole && i < places.size(); ++i) {
            ids[places[i]] = answer->ids[i];
            known_.add(question.names[i], answer->ids[i]);
        }
        wipe(question);
        if (!whole) {
            co_return answer ? make_error_code(errc::bad_frame) : answer.error();
        }
        co_return ids;
    }

    Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) override {
        Question question{Op::open};
        question.blobs = std::move(requests);
        Result<Answer> answer = co_await ask(question, clock_.in(open_budget));
        if (!answer) {
            co_return answer.error();
        }
        if (answer->plains.size() != question.blobs.size()) {
            wipe(*answer);
            co_return errc::bad_frame;
        }
        co_return std::move(answer->plains);
    }

    Awaitable<Result<LentKeys>> borrow(Deadline deadline) override {
        const Question question{Op::lend};
        Result<Answer> answer = co_await ask(question, deadline);
        if (!answer) {
            co_return answer.error();
        }
        Result<LentKeys> lent = parse_lent(answer->lent);
        wipe(*answer);
        co_return lent;
    }

    Awaitable<void> look() override {
        const Question question{Op::name};
        (void)co_await ask(question, clock_.in(look_budget));
    }

    HomeStanding standing() const override { return standing_; }
    void pin_known() override { known_.pin(); }
    void close() override { idle_.clear(); }

 private:
    struct UnderWay {
        explicit UnderWay(std::size_t& count) : count_(count) { ++count_; }
        UnderWay(const UnderWay&) = delete;
        UnderWay& operator=(const UnderWay&) = delete;
        ~UnderWay() { --count_; }
        std::size_t& count_;
    };

    /// Again and again within the deadline, while it is away.
    Awaitable<Result<Answer>> ask(const Question& question, Deadline deadline) {
        if (under_way_ >= most_at_once) {
            co_return errc::away;
        }
        const UnderWay counted(under_way_);
        std::string frame = to_frame(question);
        Result<Answer> answer = errc::away;
        for (bool going = true; going;) {
            const Deadline next = next_try_;
            const Deadline now = clock_.steady();
            if (next >= deadline || now >= deadline) {
                break;
            }
            if (next > now) {
                going = co_await ops::pause(std::chrono::ceil<std::chrono::milliseconds>(next - now));
                continue;
            }
            answer = co_await once(question.op, frame, deadline);
            note(answer);
            going = !answer && answer.error() == errc::away;
        }
        locales::wipe(frame);
        if (answer && answer->status != Status::done) {
            standing_.refused += answer->status == Status::used_up ? 1 : 0;
            co_return error_of(answer->status);
        }
        co_return answer;
    }

    /// On a connection that is idle, or a new one. Everything that goes wrong on the way is errc::away, but for bytes that are
    /// no answer of our protocol.
    Awaitable<Result<Answer>> once(Op op, const std::string& frame, Deadline deadline) {
        net::Stream stream = take_idle();
        if (!stream) {
            Result<net::Stream> connected = co_await net::connect_unix(executor_, socket_, deadline);
            if (!connected) {
                co_return errc::away;
            }
            stream = std::move(*connected);
        }
        const Result<void> asked = co_await stream->write_all(frame, deadline);
        if (!asked) {
            co_return errc::away;
        }
        Result<std::string> rest = co_await read_frame(*stream, deadline);
        if (!rest) {
            co_return rest.error() == errc::bad_frame ? errc::bad_frame : errc::away;
        }
        Result<Answer> answer = parse_answer(op, *rest);
        locales::wipe(*rest);
        if (answer && idle_.size() < most_idle) {
            idle_.push_back(std::move(stream));
        }
        co_return answer;
    }

    net::Stream take_idle() {
        while (!idle_.empty()) {
            net::Stream stream = std::move(idle_.back());
            idle_.pop_back();
            if (stream->quiet()) {
                return stream;
            }
        }
        return nullptr;
    }

    void note(const Result<Answer>& answer) {
        standing_.away = !answer;
        if (answer) {
            standing_.used_percent = answer->used_percent;
            rest_ = first_rest;
            next_try_ = {};
            return;
        }
        next_try_ = clock_.steady() + rest_;
        rest_ = std::min(longest_rest, rest_ * 2);
        idle_.clear();
    }

    boost::asio::any_io_executor executor_;
    const ops::Clock& clock_;
    std::string socket_;
    KnownNames known_;
    std::vector<net::Stream> idle_;
    std::size_t under_way_ = 0;
    Deadline next_try_{};
    std::chrono::milliseconds rest_ = first_rest;
    HomeStanding standing_;
};

}  // namespace

std::unique_ptr<RemoteHome> make_remote_home(boost::asio::any_io_executor executor, const ops::Clock& clock,
                                             std::string socket) {
    return std::make_unique<SocketHome>(std::move(executor), clock, std::move(socket));
}

}  // namespace rightsline::vault
