// What is let go is overwritten, also in the optimised build: a compiler may drop a memset of memory that nobody reads
// again. So this looks where the language says that nobody looks: at blocks on their way to free(), and at a stack that
// was left; wiping_heap_test.cpp looks at blocks that were freed. A plain std::string shows each time that the search finds something.
#include <gtest/gtest.h>
#include <malloc.h>
#include <ucontext.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/codec.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/phone_number.hpp"
#include "gateway/vault/receipt_code.hpp"
#include "gateway/vault/recovery_code.hpp"
#include "gateway/vault/shares.hpp"
#include "locales/private_text.hpp"

namespace {

constexpr std::string_view words =
    "my boss holds back two weeks of pay";           // too long to live inside a std::string
constexpr std::string_view number = "+13055550199";  // short enough
constexpr std::string_view code = "572400000000";
constexpr std::string_view recovery = "59232695992327731195220472783412928895207250709351";
constexpr std::size_t tail = 4;  // the heap writes its own marks over the start of what is freed

std::string_view sought;  // looked for in every block that operator delete gets; nothing when empty
unsigned seen = 0;

bool holds(const void* block, std::size_t size, std::string_view secret) {
    const std::string_view end = secret.substr(tail);
    return ::memmem(block, size, end.data(), end.size()) != nullptr;
}

void let_go(void* block) noexcept {
    if (block != nullptr && !sought.empty()) {
        seen += holds(block, ::malloc_usable_size(block), sought) ? 1 : 0;
    }
    std::free(block);
}

/// The compiler can no longer know where this points to, nor what was written there.
char* hidden(void* block) {
    asm volatile("" : "+r"(block) : : "memory");
    return static_cast<char*>(block);
}

}  // namespace

void* operator new(std::size_t size) {
    if (void* const block = std::malloc(size)) {
        return block;
    }
    throw std::bad_alloc();
}
void operator delete(void* block) noexcept { let_go(block); }
void operator delete(void* block, std::size_t) noexcept { let_go(block); }

namespace rightsline {
namespace {

using locales::PrivateText;

struct Hand {
    const char* name;
    std::string_view secret;
    void (*hold_and_let_go)();
    unsigned found = 0;  // how often the secret is let go unwiped
};

std::ostream& operator<<(std::ostream& out, const Hand& hand) { return out << hand.name; }

template <class T>
void on_the_heap(T value) {
    auto* const held = reinterpret_cast<T*>(hidden(new T(std::move(value))));
    delete held;
}

void read_a_request() {
    http::RequestReader reader{http::CodecLimits()};
    const std::string head = "POST /hooks/a/sms HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    const std::string whole = head + std::to_string(words.size()) + "\r\n\r\n";
    const auto put = [&](std::string_view bytes) {
        bytes.copy(reader.space().data(), bytes.size());
        reader.received(bytes.size());
    };
    put(whole);
    put(words);
    static_cast<void>(reader.advance());
    http::Request request = reader.take();
    put(words);  // the beginning of a next one, never read
    http::wipe(request);
}

/// Opens a circle as a member does, from the file's text to the private key; that key is what is sought.
void open_a_circle() {
    static std::array<char, 32> kept{};
    const vault::TypedSecret passphrase(words);
    const vault::NewMember made = vault::make_member("maria", passphrase, {1, 8}).value();
    const vault::NewCircle circle = vault::NewCircle::make("fair-food", 1, std::array{made.member});
    const auto open = [&] {
        const vault::MemberKey key = vault::MemberFile::parse(made.file)->open(passphrase).value();
        return vault::Shares::parse(circle.shares_file)->open(key).value();
    };
    std::ranges::copy(open().secret().scalar.bytes(), kept.begin());
    sought = {kept.data(), kept.size()};
    on_the_heap(open());
}

const Hand hands[] = {
    {"nobody", words, [] { on_the_heap(std::string(words)); }, 1},
    {"nobody_short", number, [] { on_the_heap(std::string(number)); }, 1},
    {"private_text", words, [] { on_the_heap(PrivateText(std::string(words))); }},
    {"private_text_short", number, [] { on_the_heap(PrivateText(std::string(number))); }},
    {"private_text_assigned", words,
     [] {
         PrivateText text{std::string(words)};
         const PrivateText longer{std::string(1000, '.')};
         text = longer;
     }},
    {"private_text_moved_over", words,
     [] {
         PrivateText text{std::string(words)};
         text = PrivateText(std::string(1000, '.'));
     }},
    {"phone_number", number, [] { on_the_heap(vault::PhoneNumber::parse(number).value()); }},
    {"receipt_code", code, [] { on_the_heap(vault::ReceiptCode::parse(code).value()); }},
    {"typed_secret", words, [] { on_the_heap(vault::TypedSecret(words)); }},
    {"recovery_code", recovery, [] { on_the_heap(vault::RecoveryCode::parse(recovery).value()); }},
    {"recovery_code_on_paper", "59232 69599 23277 31195 22047",
     [] { on_the_heap(vault::RecoveryCode::parse(recovery)->on_paper()); }},
    {"circle_of_members", words, open_a_circle},
    {"request", words, read_a_request},
};

class LetGo : public testing::TestWithParam<Hand> {};

TEST_P(LetGo, IsOverwrittenFirst) {
    seen = 0;
    sought = GetParam().secret;
    GetParam().hold_and_let_go();
    sought = {};
    EXPECT_EQ(seen, GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(Hands, LetGo, testing::ValuesIn(hands),
                         [](const auto& one) { return std::string(one.param.name); });

/// A short string in a frame of its own: freed by nobody, wiped by nobody.
[[gnu::noinline]] void say_it() {
    std::string said(number);
    asm volatile("" : : "r"(said.data()) : "memory");
}

[[gnu::noinline]] void say_it_deep() {
    char frame[8192];  // between the words and the next call, which would come to lie over them
    asm volatile("" : : "r"(&frame) : "memory");
    say_it();
    asm volatile("" : : "r"(&frame) : "memory");
}

/// Runs `work` on a stack of its own and looks through all of it afterwards.
bool stack_holds_number_after(void (*work)()) {
    std::vector<char> stack(256U << 10U);
    ucontext_t here;
    ucontext_t there;
    ::getcontext(&there);
    there.uc_stack.ss_sp = stack.data();
    there.uc_stack.ss_size = stack.size();
    there.uc_link = &here;
    ::makecontext(&there, work, 0);
    ::swapcontext(&here, &there);
    return holds(hidden(stack.data()), stack.size(), number);
}

TEST(WipeStack, OverwritesWhatCallsHaveLeft) {
    EXPECT_TRUE(stack_holds_number_after([] { say_it_deep(); }));
    EXPECT_FALSE(stack_holds_number_after([] {
        say_it_deep();
        ops::wipe_stack();
    }));
}

}  // namespace
}  // namespace rightsline
