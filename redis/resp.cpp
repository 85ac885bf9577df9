#include "redis/resp.hpp"

#include <hiredis/read.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>
#include <utility>

namespace rightsline::redis {
namespace {

constexpr std::size_t most_reserved = 1024;      // elements reserved on an announcement
constexpr std::size_t most_idle_buffer = 65536;  // what hiredis keeps between replies

void append_length(std::string& out, char mark, std::size_t length) {
    std::array<char, 24> digits{};
    digits[0] = mark;
    char* end = std::to_chars(digits.data() + 1, digits.data() + 22, length).ptr;
    *end++ = '\r';
    *end++ = '\n';
    out.append(digits.data(), end);
}

}  // namespace

void append_command(std::string& out, const Command& command) {
    append_length(out, '*', command.size());
    for (const std::string& argument : command) {
        append_length(out, '$', argument.size());
        out.append(argument);
        out.append("\r\n", 2);
    }
}

// What hiredis calls while it parses. Objects live in their parent's vector (or in root_), so there is
// nothing to free; an array grows as its elements arrive. noexcept: an exception must not unwind through C.
struct ReplyBuilder {
    static Reply& place(const redisReadTask* task) noexcept {
        if (task->parent == nullptr) {
            Reply& root = static_cast<ReplyReader*>(task->privdata)->root_;
            root.value = Nil{};
            return root;
        }
        return std::get_if<std::vector<Reply>>(&static_cast<Reply*>(task->parent->obj)->value)
            ->emplace_back();
    }
    static void* string(const redisReadTask* task, char* text, std::size_t length) noexcept {
        Reply& reply = place(task);
        if (task->type == REDIS_REPLY_ERROR) {
            reply.value.emplace<ServerError>(ServerError{std::string(text, length)});
        } else {
            reply.value.emplace<std::string>(text, length);
        }
        return &reply;
    }
    static void* array(const redisReadTask* task, int elements) noexcept {
        Reply& reply = place(task);
        auto& list = reply.value.emplace<std::vector<Reply>>();
        list.reserve(std::min(static_cast<std::size_t>(std::max(elements, 0)), most_reserved));
        return &reply;
    }
    static void* integer(const redisReadTask* task, long long value) noexcept {
        Reply& reply = place(task);
        reply.value.emplace<std::int64_t>(value);
        return &reply;
    }
    static void* nil(const redisReadTask* task) noexcept { return &place(task); }
    static void free(void*) noexcept {}
};

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader(std::size_t most_bytes) : most_bytes_(most_bytes) { reset(); }

void ReplyReader::reset() {
    static redisReplyObjectFunctions functions{&ReplyBuilder::string, &ReplyBuilder::array,
                                               &ReplyBuilder::integer, &ReplyBuilder::nil,
                                               &ReplyBuilder::free};
    reader_.reset(redisReaderCreateWithFunctions(&functions));
    if (!reader_) {
        throw std::bad_alloc();
    }
    reader_->privdata = this;
    reader_->maxbuf = most_idle_buffer;
    root_.value = Nil{};
    begun_ = 0;
}

void ReplyReader::feed(std::string_view bytes) {
    redisReaderFeed(reader_.get(), bytes.data(), bytes.size());
    begun_ += bytes.size();
}

ReplyReader::State ReplyReader::next(Reply& reply) {
    void* complete = nullptr;
    if (redisReaderGetReply(reader_.get(), &complete) != REDIS_OK) {
        return State::broken;
    }
    if (complete == nullptr) {
        return begun_ > most_bytes_ ? State::too_large : State::incomplete;
    }
    const std::size_t rest = reader_->len - reader_->pos;
    const std::size_t length = begun_ - rest;
    begun_ = rest;
    if (length > most_bytes_) {
        return State::too_large;
    }
    reply = std::move(root_);
    root_.value = Nil{};
    return State::complete;
}

}  // namespace rightsline::redis
