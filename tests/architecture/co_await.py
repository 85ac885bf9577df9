"""co_await: one per statement, at its head, with operands that are names or calls.

GCC 12 runs other spellings twice, not at all, or destroys their temporaries twice, without a warning. Allowed:

    co_await f(x);      T v = co_await f(x);      v = co_await f(x);      co_return co_await f(x);

The operand holds no braces, no lambda, no ternary and no second co_await (`co_await this_coro::…` asks nobody and may
stand anywhere). Every body is braced, so that a co_await after `if (…)` is at the head of a statement of its own.
"""
import re

import tree as our_tree

TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.']*|::|->|<<=|>>=|<=>|[-+*/%&|^=!<>]=|&&|\|\||\S")
NOT_A_HEAD = {"if", "while", "switch", "for", "do", "else", "return", "throw", "co_yield", "case", "goto", "operator"}
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = set(OPENING.values())
OPERATORS = {"||", "&&", "+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "<=>", "|", "&", "^", "=", ","}
NAME = re.compile(r"[A-Za-z_]\w*$")
OPERAND_END = re.compile(r"[\w)\]>]$")


def tokens(text):
    bare = our_tree.code(text)
    bare = re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), bare, flags=re.M)
    return [(m.group(0), m.start()) for m in TOKEN.finditer(bare)]


def asks_this_coro(words, at):
    after = [w for w in words[at + 1:at + 8] if w not in ("boost", "asio", "net", "::")]
    return bool(after) and after[0] == "this_coro"


def statement_start(words, at):
    """Index of the first word after the last ; { } or label before the co_await."""
    start = at
    while start > 0 and words[start - 1] not in (";", "{", "}"):
        start -= 1
    label = start
    if start < at and words[start] in ("case", "default", "public", "private", "protected"):
        while label < at and words[label] != ":":
            label += 1
        if label < at:
            return label + 1
    return start


def bad_head(head):
    if head[:2] == ["[", "["] and "]" in head:
        close = head.index("]")
        head = head[close + 2:]
    if not head or head == ["co_return"] or head == ["(", "void", ")"]:
        return None
    if head[0] in NOT_A_HEAD or "co_await" in head:
        return "stands inside another statement: give the result a name first, and brace the body"
    if head[-1] != "=":
        return "is not at the head of its statement: give the result a name first"
    left = head[:-1]
    if not left:
        return "is not at the head of its statement"
    if any(w in ("=", "?", "{", "}", "co_return") for w in left):
        return "is not at the head of its statement: give the result a name first"
    if left[0] in ("auto", "const") and "[" in left:
        return "goes into a structured binding, which leaks when the frame dies: name the pair, then bind to it"
    depth = 0
    for word in left:
        depth += word in "([" and len(word) == 1
        depth -= word in ")]" and len(word) == 1
        if depth < 0:
            return "stands behind an unbraced if, for or while: brace the body"
    if depth:
        return "stands inside an argument or condition: give the result a name first"
    return None


def bad_operand(words, at):
    depth, angles, before = 0, 0, "co_await"
    if at + 1 < len(words) and not NAME.match(words[at + 1]) and words[at + 1] not in ("::", "*"):
        return "operand is not a name or a call"
    for index in range(at + 1, len(words)):
        word = words[index]
        if word == ";" and depth == 0:
            return None
        if word == "{" or (word == "[" and not OPERAND_END.search(before)):
            return "has braces or a lambda in its operand: make the object first, then pass it by name"
        if word == "?":
            return "has a ternary in its operand: decide first with if and else"
        if word == "co_await" and not asks_this_coro(words, index):
            return "shares its statement with a second co_await: one statement each"
        if word == "<" and NAME.match(before):
            angles += 1
        elif word == ">" and angles:
            angles -= 1
        elif depth == angles == 0 and word in OPERATORS and index > at + 1:
            return "has an operator behind its operand, which works on the result: give the result a name first"
        if word in OPENING:
            depth += 1
        elif word in CLOSING:
            depth -= 1
            if depth < 0:
                return "is not a statement of its own: give the result a name first"
        before = word
    return "has no end"


def findings_in(name, text):
    found = tokens(text)
    words = [word for word, _ in found]
    for at, (word, offset) in enumerate(found):
        if word != "co_await" or asks_this_coro(words, at):
            continue
        if at > 0 and words[at - 1] == "operator":
            continue
        wrong = bad_head(words[statement_start(words, at):at]) or bad_operand(words, at)
        if wrong:
            yield f"{name}:{our_tree.line_of(text, offset)}: this co_await {wrong}"
    for match in re.finditer(r"^[ \t]*#[ \t]*define(?:\\\n|[^\n])*\bco_await\b", our_tree.code(text), flags=re.M):
        yield f"{name}:{our_tree.line_of(text, match.start())}: this co_await hides in a macro: write it out"


def check(tree):
    return [f for name, text in our_tree.cpp(tree, our_tree.PRODUCT + ("tests/",)).items() for f in findings_in(name, text)]


GOOD = """
    co_await f();
    co_await f(a, b + 1, g(c));
    (void)co_await f();
    auto v = co_await f(x);
    const Result<std::vector<int>> w = co_await client.execute(std::move(command), deadline);
    std::map<int, std::string> m = co_await f();
    Reply& r = co_await f();
    v = co_await f();
    this->value_[3] = co_await object_->method(a[1], b);
    state.inner->value = co_await f<int, 3>(x);
    [[maybe_unused]] const bool ok = co_await f();
    if (ok) { co_await g(); } else { v = co_await h(); }
    for (const auto& each : all) { co_await g(each); }
    switch (n) { case a::b: co_await f(); break; default: v = co_await g(); }
    try { co_await f(); } catch (...) { }
    auto ex = co_await asio::this_coro::executor;
    if ((co_await boost::asio::this_coro::cancellation_state).cancelled() != none) { }
    co_await spawn(co_await this_coro::executor, named);
    auto task = [](int n) -> awaitable<void> { co_await f(n); };
    co_await std::move(pending);
    co_await ::rightsline::f();
    // if (co_await f()) { }
    log("if (co_await f())"); char c = '{'; int million = 1'000'000;
    co_return co_await f();
"""
BAD = {
    "condition": "if (co_await f()) { }",
    "negated condition": "if (!co_await f()) { }",
    "init condition": "if (auto v = co_await f(); v) { }",
    "second init": "if (init(); co_await f()) { }",
    "loop condition": "while (co_await f()) { }",
    "do loop": "do { } while (co_await f());",
    "switch": "switch (co_await f()) { }",
    "for init": "for (auto v = co_await f(); v; ) { }",
    "for step": "for (;; co_await f()) { }",
    "range for": "for (auto v : co_await f()) { }",
    "unbraced if": "if (x) co_await f();",
    "unbraced if with result": "if (x) v = co_await f();",
    "unbraced else": "if (x) { } else co_await f();",
    "unbraced while": "while (x) co_await f();",
    "unbraced do": "do co_await f(); while (x);",
    "argument": "f(co_await g());",
    "argument of a return": "co_return g(co_await f());",
    "member of the result": "(co_await f()).value();",
    "braced initialiser": "T v{co_await f()};",
    "parenthesised initialiser": "T v(co_await f());",
    "aggregate return": "co_return Agg{1, co_await f()};",
    "aggregate of two": "Agg a{co_await f(), co_await g()};",
    "sum": "auto v = 1 + co_await f();",
    "sum behind": "auto v = co_await f() + 1;",
    "comparison behind": "const bool same = co_await f() == 3;",
    "or of awaitables": "auto v = co_await (f() || timer());",
    "compound assignment": "v += co_await f();",
    "chain of assignments": "a = b = co_await f();",
    "two": "auto v = co_await f(co_await g());",
    "two in a sum": "auto v = co_await f() + co_await g();",
    "ternary around": "auto v = b ? co_await f() : T();",
    "ternary inside": "auto v = co_await f(b ? x : y);",
    "ternary in a return": "co_return b ? co_await f() : T();",
    "aggregate argument": "co_await f({1, p});",
    "named aggregate argument": "co_await f(Agg{1, p});",
    "designated initialiser": "co_await f(Agg{.a = 1});",
    "lambda argument": "co_await f([x] { return x; });",
    "lambda called at once": "co_await [x]() -> awaitable<void> { co_return; }();",
    "spawned lambda": "co_await co_spawn(ex, [x] { return g(x); }, use_awaitable);",
    "structured binding": "auto [a, b] = co_await f();",
    "constant binding": "const auto& [a, b] = co_await f();",
    "cast": "auto v = static_cast<int>(co_await f());",
    "subscript": "v[co_await f()] = 1;",
    "thrown": "throw co_await f();",
    "yielded": "co_yield co_await f();",
    "smaller": "const bool less = co_await f() < 3;",
    "comma": "co_await f(), g();",
    "macro": "#define TRY(x) auto v = co_await x\n;",
    "after a digit separator": "int n = 1'000; if (co_await f()) { } n = 2'000;",
}
SAMPLES = [("every allowed spelling", {"gateway/a.cpp": "awaitable<void> c() {" + GOOD + "}\n"}, None)]
SAMPLES += [(label, {"gateway/a.cpp": "awaitable<void> c() {\n" + line + "\n}\n"}, "gateway/a.cpp:2: this co_await") for label, line in BAD.items()]
SAMPLES += [("tests too", {"tests/redis/a.cpp": "void c() { if (co_await f()) { } }\n"}, "this co_await")]
