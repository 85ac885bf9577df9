"""Coroutine length: at most 40 lines between the braces, in every test run. clang-tidy holds all functions to that, but
takes an hour over the whole tree and runs on what changed."""
import tree as our_tree

HARD = 40


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        begins = opened = None
        for number, line in enumerate(text.splitlines(), 1):
            if begins is None and line.startswith("Awaitable<"):
                begins = number
            if begins and opened is None:  # still in the head
                if line.endswith("{"):
                    opened = number
                elif line.endswith((";", "}")):
                    begins = None
            elif line == "}" and opened:
                length = number - opened - 1
                if length > HARD:
                    findings.append(f"{name}:{begins}: a coroutine of {length} lines; {HARD} is the bound: "
                                    "give a part of it a name")
                begins = opened = None
    return findings


def sample(lines, head="Awaitable<void> A::b(int c) {"):
    return {"gateway/http/a.cpp": head + "\n" + "    co_await x();\n" * lines + "}\n"}


SAMPLES = [
    ("at the bound", sample(HARD), None),
    ("one over", sample(HARD + 1), "41 lines"),
    ("a head of two lines", sample(HARD + 1, "Awaitable<void> A::b(int c,\n                     int d) {"), "41 lines"),
    ("a long function that awaits nothing", sample(90, "void A::b(int c) {"), None),
    ("a declaration, and a long table after it", {"gateway/http/a.cpp": "Awaitable<void> a();\nconst int b[] = {\n"
     + "    1,\n" * 90 + "}\n"}, None),
]
