// Any bytes as an audit that somebody hands over: blocks, entries, heads. No crash, nothing is taken for signed that our key
// did not sign, and what is read as a head or an id is written as it was read.
//
// The input: pieces of a kind (a byte), a length (two bytes) and that many bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/audit/verifier.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::audit;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

void read_names(std::string_view bytes) {
    if (const auto id = parse_stream_id(bytes)) {
        must(parse_stream_id(id->str()) == id || *id == last_of_all);
        must(id->next() > *id || *id == last_of_all);
        must(id->before() < *id || *id == StreamId{});
    }
    if (const auto head = parse_head(bytes)) {
        must(parse_head(head->str()) == head);
    }
}

/// Sixteen bytes of id, the rest one field.
Entry entry_of(std::string_view bytes) {
    Entry entry;
    for (std::size_t i = 0; i < bytes.size() && i < 16; ++i) {
        std::uint64_t& half = i < 8 ? entry.id.ms : entry.id.number;
        half = half << 8U | static_cast<unsigned char>(bytes[i]);
    }
    entry.fields.emplace_back("what", bytes.substr(std::min<std::size_t>(16, bytes.size())));
    return entry;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const vault::AuditKey key = vault::AuditKey::parse(vault::make_audit_pair(1).private_file).value();
    std::string_view left(reinterpret_cast<const char*>(data), size);
    read_names(left);
    Verifier verifier("fair-food", {key.public_key()}, {Head{1, {}}, Head{7, {}}});
    while (left.size() >= 3) {
        const char kind = left[0];
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(left[1])) << 8U |
                                   static_cast<unsigned char>(left[2]);
        const std::string_view piece = left.substr(3, length);
        left.remove_prefix(3 + piece.size());
        if (kind == 'b') {
            verifier.block(piece);
        } else if (kind == 'h') {
            verifier.expect_head(piece.size(), piece);
        } else {
            verifier.entry(entry_of(piece));
        }
    }
    const Verdict verdict = verifier.finish(1'763'800'000'000);
    must(verdict.blocks == 0 && !verdict.head);
    must(!verdict.whole());  // two heads are remembered
    return 0;
}
