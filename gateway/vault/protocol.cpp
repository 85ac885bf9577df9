#include "gateway/vault/protocol.hpp"

#include <algorithm>
#include <optional>

#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::uint8_t version = 1;
constexpr auto last_kind = static_cast<std::uint8_t>(IdKind::contact);
constexpr auto last_purpose = static_cast<std::uint8_t>(Purpose::contact_number);
constexpr std::size_t id_bytes = std::tuple_size_v<decltype(KeyedId::bytes)>;

void add_number(std::string& out, std::size_t number, std::size_t bytes) {
    for (std::size_t i = bytes; i-- > 0;) {
        out += static_cast<char>(number >> (8 * i));
    }
}

void add_bytes(std::string& out, std::string_view bytes, std::size_t length_bytes) {
    add_number(out, bytes.size(), length_bytes);
    out += bytes;
}

/// Reserved whole, so that growing leaves no copy of a number behind.
std::string begin_frame(std::size_t most) {
    std::string frame;
    frame.reserve(frame_head + 1 + most);
    add_number(frame, 0, frame_head);
    frame += static_cast<char>(version);
    return frame;
}

void end_frame(std::string& frame) {
    std::string head;
    add_number(head, frame.size() - frame_head, frame_head);
    std::ranges::copy(head, frame.begin());
}

/// Takes from the front; after the first piece that is not there everything is missing.
class Taker {
 public:
    explicit Taker(std::string_view bytes) : rest_(bytes) {}
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            held_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view piece = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return piece;
    }
    std::size_t number(std::size_t bytes) {
        std::size_t number = 0;
        for (const char c : take(bytes)) {
            number = number << 8U | static_cast<std::uint8_t>(c);
        }
        return number;
    }
    std::string text(std::size_t length_bytes) { return std::string(take(number(length_bytes))); }
    /// A count of things that are at least `least` bytes each; more cannot be there.
    std::size_t count(std::size_t least) {
        const std::size_t many = number(2);
        held_ = held_ && many <= most_asked && many * least <= rest_.size();
        return held_ ? many : 0;
    }
    std::string_view all() { return take(rest_.size()); }
    bool held() const { return held_; }
    bool at_end() const { return held_ && rest_.empty(); }

 private:
    std::string_view rest_;
    bool held_ = true;
};

void take_names(Taker& in, Question& question) {
    for (std::size_t left = in.count(3); left > 0; --left) {
        const auto kind = static_cast<std::uint8_t>(in.number(1));
        question.names.push_back({static_cast<IdKind>(std::min(kind, last_kind)), in.text(2)});
        in.take(kind > last_kind ? most_frame : 0);
    }
}

void take_blobs(Taker& in, Question& question) {
    for (std::size_t left = in.count(7); left > 0; --left) {
        const auto purpose = static_cast<std::uint8_t>(in.number(1));
        std::string context = in.text(2);
        question.blobs.push_back(
            {static_cast<Purpose>(std::min(purpose, last_purpose)), std::move(context), in.text(4)});
        in.take(purpose > last_purpose ? most_frame : 0);
    }
}

void take_done(Op asked, Taker& in, Answer& answer) {
    switch (asked) {
        case Op::lend:
            answer.lent = in.all();
            return;
        case Op::name:
            for (std::size_t left = in.count(id_bytes); left > 0; --left) {
                KeyedId& id = answer.ids.emplace_back();
                std::ranges::transform(in.take(id_bytes), id.bytes.begin(),
                                       [](char c) { return static_cast<std::uint8_t>(c); });
            }
            return;
        case Op::open:
            for (std::size_t left = in.count(4); left > 0; --left) {
                answer.plains.push_back(in.text(4));
            }
            return;
    }
}

std::size_t size_of(const Question& question) {
    std::size_t size = 3;
    for (const IdRequest& one : question.names) {
        size += 3 + one.canonical.size();
    }
    for (const SealRequest& one : question.blobs) {
        size += 7 + one.context.size() + one.bytes.size();
    }
    return size;
}

std::size_t size_of(const Answer& answer) {
    std::size_t size = 4 + answer.lent.size() + answer.ids.size() * id_bytes;
    for (const std::string& plain : answer.plains) {
        size += 4 + plain.size();
    }
    return size;
}

}  // namespace

std::string to_frame(const Question& question) {
    std::string frame = begin_frame(size_of(question));
    add_number(frame, static_cast<std::size_t>(question.op), 1);
    switch (question.op) {
        case Op::lend:
            break;
        case Op::name:
            add_number(frame, question.names.size(), 2);
            for (const IdRequest& one : question.names) {
                add_number(frame, static_cast<std::size_t>(one.kind), 1);
                add_bytes(frame, one.canonical, 2);
            }
            break;
        case Op::open:
            add_number(frame, question.blobs.size(), 2);
            for (const SealRequest& one : question.blobs) {
                add_number(frame, static_cast<std::size_t>(one.purpose), 1);
                add_bytes(frame, one.context, 2);
                add_bytes(frame, one.bytes, 4);
            }
            break;
    }
    end_frame(frame);
    return frame;
}

std::string to_frame(Op asked, const Answer& answer) {
    std::string frame = begin_frame(size_of(answer));
    add_number(frame, static_cast<std::size_t>(answer.status), 1);
    add_number(frame, answer.used_percent, 1);
    if (answer.status == Status::done) {
        switch (asked) {
            case Op::lend:
                frame += answer.lent;
                break;
            case Op::name:
                add_number(frame, answer.ids.size(), 2);
                for (const KeyedId& id : answer.ids) {
                    frame.append(id.bytes.begin(), id.bytes.end());
                }
                break;
            case Op::open:
                add_number(frame, answer.plains.size(), 2);
                for (const std::string& plain : answer.plains) {
                    add_bytes(frame, plain, 4);
                }
                break;
        }
    }
    end_frame(frame);
    return frame;
}

Result<std::size_t> rest_of_frame(std::string_view head) {
    Taker in(head);
    const std::size_t rest = in.number(frame_head);
    if (!in.at_end() || rest == 0 || rest > most_frame) {
        return errc::bad_frame;
    }
    return rest;
}

Result<Question> parse_question(std::string_view rest) {
    Taker in(rest);
    const bool ours = in.number(1) == version;
    const std::size_t op = in.number(1);
    Question question;
    if (!in.held() || !ours || op < static_cast<std::size_t>(Op::lend) ||
        op > static_cast<std::size_t>(Op::open)) {
        return errc::bad_frame;
    }
    question.op = static_cast<Op>(op);
    switch (question.op) {
        case Op::lend:
            break;
        case Op::name:
            take_names(in, question);
            break;
        case Op::open:
            take_blobs(in, question);
            break;
    }
    if (!in.at_end()) {
        wipe(question);
        return errc::bad_frame;
    }
    return question;
}

Result<Answer> parse_answer(Op asked, std::string_view rest) {
    Taker in(rest);
    const bool ours = in.number(1) == version;
    const std::size_t status = in.number(1);
    Answer answer;
    answer.used_percent = static_cast<std::uint8_t>(in.number(1));
    if (!in.held() || !ours || status > static_cast<std::size_t>(Status::unknown_key)) {
        return errc::bad_frame;
    }
    answer.status = static_cast<Status>(status);
    if (answer.status == Status::done) {
        take_done(asked, in, answer);
    }
    if (!in.at_end()) {
        wipe(answer);
        return errc::bad_frame;
    }
    return answer;
}

void wipe(Question& question) {
    for (IdRequest& one : question.names) {
        locales::wipe(one.canonical);
    }
}

void wipe(Answer& answer) {
    locales::wipe(answer.lent);
    for (std::string& plain : answer.plains) {
        locales::wipe(plain);
    }
}

}  // namespace rightsline::vault
