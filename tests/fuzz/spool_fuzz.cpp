// Any bytes as the spool's file: heads, then records. No crash; what is read as a record is one that encodes to the same
// bytes; places lie inside the file, in order, and do not overlap.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/spool/format.hpp"

namespace {

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rightsline;
    using namespace rightsline::spool;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto head = decode_head(bytes)) {
        const auto again = decode_head(encode_head(*head));
        must(again && again->number == head->number && again->epoch == head->epoch &&
             again->drained == head->drained && again->check == head->check);
    }
    std::string file(static_cast<std::size_t>(records_begin), '\0');
    file += bytes;
    const ReadAt read = [&file](std::uint64_t offset, std::size_t wanted) {
        return std::string_view(file).substr(static_cast<std::size_t>(offset), wanted);
    };
    const std::uint64_t epoch = newest_epoch(read, file.size());
    for (const std::uint64_t drained : {std::uint64_t{0}, std::uint64_t{2}}) {
        const Scan found = scan(read, file.size(), epoch, drained);
        std::uint64_t end = records_begin;
        std::uint64_t last = drained;
        for (const Place& place : found.waiting) {
            must(place.offset >= end && place.size <= file.size() - place.offset && place.sequence > last);
            const std::string_view all = std::string_view(file).substr(static_cast<std::size_t>(place.offset),
                                                                       static_cast<std::size_t>(place.size));
            const auto whole = read_record(all);
            must(whole.has_value() && whole->frame.sequence == place.sequence);
            const std::string again = encode_record(whole->frame, whole->sealed);
            must(again.size() == all.size() && all.starts_with(again.substr(0, 56 + whole->sealed.size())));
            end = place.offset + place.size;
            last = place.sequence;
        }
        must(found.end >= end && found.end <= file.size());
    }
    return 0;
}
