#include "gateway/vault/vault_desk.hpp"

#include <algorithm>

#include "gateway/vault/error.hpp"
#include "gateway/vault/lent_keys.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

Status status_of(const boost::system::error_code& error) {
    if (error == errc::unknown_key) {
        return Status::unknown_key;
    }
    return error == errc::sealed_otherwise ? Status::sealed_otherwise : Status::bad_question;
}

}  // namespace

std::string VaultDesk::answer(std::string_view rest) {
    Result<Question> question = parse_question(rest);
    if (!question) {
        return to_frame(Op::lend, Answer{Status::bad_question, quota_.used_percent()});
    }
    Answer given = answer_to(*question);
    given.used_percent = quota_.used_percent();
    std::string frame = to_frame(question->op, given);
    wipe(*question);
    wipe(given);
    return frame;
}

bool VaultDesk::allowed(const Question& question) {
    if (!question.names.empty()) {
        return quota_.take(Counted::names, question.names.size());
    }
    const auto numbers = static_cast<std::uint64_t>(
        std::ranges::count(question.blobs, Purpose::number, &SealRequest::purpose));
    const std::uint64_t replies = question.blobs.size() - numbers;
    return (numbers == 0 || quota_.take(Counted::numbers, numbers)) &&
           (replies == 0 || quota_.take(Counted::replies, replies));
}

Answer VaultDesk::answer_to(const Question& question) {
    Answer given;
    if (!allowed(question)) {
        ++refused_;
        given.status = Status::used_up;
        return given;
    }
    switch (question.op) {
        case Op::lend:
            given.lent = to_bytes(lend(keys_));
            break;
        case Op::name: {
            Result<std::vector<KeyedId>> ids = home_.name(question.names);
            given.status = ids ? Status::done : status_of(ids.error());
            given.ids = ids ? std::move(*ids) : std::vector<KeyedId>();
            break;
        }
        case Op::open: {
            Result<std::vector<std::string>> plains = home_.open(question.blobs);
            given.status = plains ? Status::done : status_of(plains.error());
            given.plains = plains ? std::move(*plains) : std::vector<std::string>();
            break;
        }
    }
    return given;
}

}  // namespace rightsline::vault
