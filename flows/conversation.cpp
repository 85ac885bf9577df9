#include "flows/conversation.hpp"

#include "flows/conversation_codec.hpp"
#include "flows/error.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

constexpr std::uint64_t schema = 1;

enum Flag : std::uint64_t {
    no_flag = 0,
    language_chosen = 1,
    files = 2,
    filed = 4,
    code_said = 8,
    has_draft = 16,
    returned = 32,
    has_then = 64,
    // the two bits between are Conversation::filed_as
    warned = 512,
    comforted = 1024,
    has_mailbox = 2048,
    has_question = 4096,
    answered = 8192,
    has_circle = 16384,
    has_begun = 32768,
    // the two bits after it are Conversation::of_time
    all_flags = 262143,
};
constexpr unsigned filed_as_bit = 7;
constexpr unsigned filed_as_mask = 3;
constexpr unsigned of_time_bit = 16;
constexpr unsigned of_time_mask = 3;

std::uint64_t bits_of(std::uint8_t value, unsigned mask, unsigned at) {
    return static_cast<std::uint64_t>(value & mask) << at;
}

std::uint64_t flags_of(const Conversation& c) {
    std::uint64_t flags = 0;
    flags |= c.language_chosen ? language_chosen : no_flag;
    flags |= c.files ? files : no_flag;
    flags |= c.filed ? filed : no_flag;
    flags |= c.code_said ? code_said : no_flag;
    flags |= c.draft != std::array<std::uint8_t, 16>{} ? has_draft : no_flag;
    flags |= c.returned ? returned : no_flag;
    flags |= c.then != no_block ? has_then : no_flag;
    flags |= c.warned ? warned : no_flag;
    flags |= c.comforted ? comforted : no_flag;
    flags |= c.mailbox != std::array<std::uint8_t, 32>{} ? has_mailbox : no_flag;
    flags |= c.question != no_block ? has_question : no_flag;
    flags |= c.answered ? answered : no_flag;
    flags |= c.circle.empty() ? no_flag : has_circle;
    flags |= c.begun > Instant{} ? has_begun : no_flag;
    return flags | bits_of(c.filed_as, filed_as_mask, filed_as_bit) |
           bits_of(static_cast<std::uint8_t>(c.of_time), of_time_mask, of_time_bit);
}

void write_blocks(ByteWriter& out, const std::vector<BlockIndex>& blocks) {
    out.number(blocks.size());
    for (const BlockIndex block : blocks) {
        out.number(block);
    }
}

std::vector<BlockIndex> read_blocks(ByteReader& in, std::uint64_t most) {
    std::vector<BlockIndex> blocks(static_cast<std::size_t>(in.number(most)));
    for (BlockIndex& block : blocks) {
        block = static_cast<BlockIndex>(in.number(no_block));
    }
    return blocks;
}

void write_answers(ByteWriter& out, const std::vector<Answer>& answers) {
    out.number(answers.size());
    for (const Answer& answer : answers) {
        out.number(answer.block);
        out.signed_number(answer.value);
    }
}

std::vector<Answer> read_answers(ByteReader& in) {
    std::vector<Answer> answers(static_cast<std::size_t>(in.number(limits::answers)));
    for (Answer& answer : answers) {
        answer.block = static_cast<BlockIndex>(in.number(no_block));
        answer.value = in.signed_number();
    }
    return answers;
}

// far beyond any call, near enough that adding hours cannot overflow
constexpr std::uint64_t latest = 1ULL << 52;

std::uint64_t count_of(Instant at) {
    const auto count = at.time_since_epoch().count();
    return count < 0 ? 0 : static_cast<std::uint64_t>(count);
}
Instant read_instant(ByteReader& in) {
    return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(in.number(latest))}};
}

void read_position(ByteReader& in, Conversation& c) {
    c.block = static_cast<BlockIndex>(in.number(no_block));
    c.phase = static_cast<Phase>(in.number(static_cast<std::uint64_t>(Phase::proving)));
    c.attempt = static_cast<std::uint8_t>(in.number(UINT8_MAX));
    c.page = static_cast<std::uint8_t>(in.number(UINT8_MAX));
    c.turn = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    c.stack = read_blocks(in, limits::call_depth);
    c.history = read_blocks(in, limits::history);
    c.said = read_blocks(in, limits::said);
    c.answers = read_answers(in);
}

void read_head(ByteReader& in, Conversation& c) {
    in.bytes(c.pack);
    c.mode = static_cast<Mode>(in.number(static_cast<std::uint64_t>(Mode::ussd)));
    c.language = static_cast<LanguageIndex>(in.number(UINT8_MAX));
    const std::uint64_t flags = in.number(all_flags);
    c.language_chosen = (flags & language_chosen) != 0;
    c.files = (flags & files) != 0;
    c.filed = (flags & filed) != 0;
    c.code_said = (flags & code_said) != 0;
    c.returned = (flags & returned) != 0;
    c.warned = (flags & warned) != 0;
    c.comforted = (flags & comforted) != 0;
    c.answered = (flags & answered) != 0;
    c.filed_as = static_cast<std::uint8_t>((flags >> filed_as_bit) & filed_as_mask);
    c.of_time = static_cast<Conversation::OfTime>((flags >> of_time_bit) & of_time_mask);
    if ((flags & has_draft) != 0) {
        in.bytes(c.draft);
        if (c.draft == std::array<std::uint8_t, 16>{}) {
            in.fail();
        }
    }
    if ((flags & has_then) != 0) {
        c.then = static_cast<BlockIndex>(in.number(no_block - 1));
    }
    if ((flags & has_mailbox) != 0) {
        in.bytes(c.mailbox);
        if (c.mailbox == std::array<std::uint8_t, 32>{}) {
            in.fail();
        }
    }
    if ((flags & has_question) != 0) {
        c.question = static_cast<BlockIndex>(in.number(no_block - 1));
    }
    if ((flags & has_circle) != 0) {
        c.circle = in.text(limits::circle_name);
        if (c.circle.empty()) {
            in.fail();
        }
    }
    if ((flags & has_begun) != 0) {
        c.begun = read_instant(in);
        if (c.begun == Instant{}) {
            in.fail();
        }
    }
}

}  // namespace

std::string pack(const Conversation& c) {
    ByteWriter out;
    out.reserve(limits::packed_bytes);
    out.number(schema);
    out.bytes(c.pack);
    out.number(static_cast<std::uint64_t>(c.mode));
    out.number(c.language);
    const std::uint64_t flags = flags_of(c);
    out.number(flags);
    if ((flags & has_draft) != 0) {
        out.bytes(c.draft);
    }
    if ((flags & has_then) != 0) {
        out.number(c.then);
    }
    if ((flags & has_mailbox) != 0) {
        out.bytes(c.mailbox);
    }
    if ((flags & has_question) != 0) {
        out.number(c.question);
    }
    if ((flags & has_circle) != 0) {
        out.text(c.circle);
    }
    if ((flags & has_begun) != 0) {
        out.number(count_of(c.begun));
    }
    out.number(c.block);
    out.number(static_cast<std::uint64_t>(c.phase));
    out.number(c.attempt);
    out.number(c.page);
    out.number(c.turn);
    write_blocks(out, c.stack);
    write_blocks(out, c.history);
    write_blocks(out, c.said);
    write_answers(out, c.answers);
    out.number(static_cast<std::uint64_t>(c.urgency));
    out.number(c.parts);
    out.number(c.story_messages);
    out.text(c.pending);
    out.text(c.values);
    out.number(count_of(c.touched));
    out.number(count_of(c.expires));
    return out.take();
}

Result<Conversation> unpack(std::string_view bytes) {
    ByteReader in(bytes);
    Conversation c;
    if (in.number(schema) != schema) {
        return errc::bad_conversation;
    }
    read_head(in, c);
    read_position(in, c);
    const auto urgency = in.number(static_cast<std::uint64_t>(Urgency::p3));
    if (urgency == 0) {
        return errc::bad_conversation;
    }
    c.urgency = static_cast<Urgency>(urgency);
    c.parts = static_cast<std::uint8_t>(in.number(UINT8_MAX));
    c.story_messages = static_cast<std::uint8_t>(in.number(UINT8_MAX));
    c.pending = in.text(limits::packed_values);
    c.values = in.text(limits::packed_values);
    c.touched = read_instant(in);
    c.expires = read_instant(in);
    if (!in.done()) {
        return errc::bad_conversation;
    }
    return c;
}

}  // namespace rightsline::flows
