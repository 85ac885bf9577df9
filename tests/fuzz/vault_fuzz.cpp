// Any bytes on the vault's socket: as a question, as an answer, and to the desk that answers. No crash; what is read is written
// again to the same bytes; the desk always has an answer, which is a frame, and gives nothing for what nobody sealed.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <stdlib.h>

#include "gateway/vault/vault_desk.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::vault;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

class Desk {
 public:
    VaultDesk& desk() { return desk_; }

 private:
    static Keys fresh_keys() {
        std::string pattern = (std::filesystem::temp_directory_path() / "rightsline-fuzz-XXXXXX").string();
        const std::string parent = ::mkdtemp(pattern.data());
        must(make_keys(parent + "/keys").has_value());
        Keys keys = Keys::load(parent + "/keys").value();
        std::filesystem::remove_all(parent);
        return keys;
    }
    ops::SystemClock clock_;
    Quota quota_{{~0ULL, ~0ULL, ~0ULL}, {}, clock_, [](const UsedOnDay&) { return Result<void>(); }};
    VaultDesk desk_{fresh_keys(), quota_};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Desk one;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const Result<std::size_t> rest = rest_of_frame(bytes.substr(0, frame_head))) {
        must(*rest > 0 && *rest <= most_frame);
    }
    Op asked = Op::lend;
    if (const Result<Question> question = parse_question(bytes)) {
        must(to_frame(*question).substr(frame_head) == bytes);
        asked = question->op;
    }
    for (const Op op : {Op::lend, Op::name, Op::open}) {
        const Result<Answer> answer = parse_answer(op, bytes);
        must(!answer || to_frame(op, *answer).substr(frame_head) == bytes);
    }
    const std::string frame = one.desk().answer(bytes);
    must(rest_of_frame(frame.substr(0, frame_head)).value() == frame.size() - frame_head);
    const Result<Answer> given = parse_answer(asked, frame.substr(frame_head));
    must(given.has_value() && given->plains.empty());
    return 0;
}
