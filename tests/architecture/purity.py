"""Purity: decisions take time and ids as arguments. flows/ and the providers have no clock, no dice, no files, no I/O."""
import re

import tree as our_tree

PURE = ("flows/", "gateway/providers/", "gateway/handoff/machine", "gateway/handoff/room", "gateway/handoff/last_minutes", "gateway/handoff/hand_off", "gateway/handoff/choosing", "gateway/handoff/account",
        "gateway/handoff/caps", "gateway/handoff/flood", "gateway/callbacks/machine", "gateway/callbacks/call_back", "gateway/missed/limits", "gateway/prompt_calls/machine", "gateway/prompt_calls/session")
HEADERS = re.compile(r"(boost/asio|boost/beast|fstream|iostream|filesystem|random|thread|mutex|future|sys/|unistd\.h)")
CALLS = (
    (r"\b(system|steady|high_resolution|utc)_clock\s*::\s*now\b", "reads a clock; take the time as an argument"),
    (r"\brandom_device\b|\brandombytes_\w+|\bmt19937", "throws dice; take the id as an argument"),
    (r"\b(getenv|fopen|popen|system)\s*\(", "touches the machine; take the value as an argument"),
)


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree, PURE).items():
        for line, _, included in our_tree.includes(text):
            if HEADERS.match(included):
                findings.append(f"{name}:{line}: {included}: this room decides and does nothing else")
        bare = our_tree.code(text)
        for pattern, why in CALLS:
            for match in re.finditer(pattern, bare):
                findings.append(f"{name}:{our_tree.line_of(bare, match.start())}: {match.group(0).strip()}: {why}")
    return findings


SAMPLES = [
    ("arguments and values", {"flows/a.cpp": "#include <chrono>\nint f(std::chrono::sys_seconds now); // system_clock::now\n",
                              "gateway/net/a.cpp": "#include <boost/asio/ip/tcp.hpp>\nauto t = std::chrono::steady_clock::now();\n"}, None),
    ("a clock in the engine", {"flows/engine/engine.cpp": "auto t = std::chrono::system_clock::now();\n"}, "reads a clock"),
    ("dice in a provider", {"gateway/providers/twilio.cpp": "std::random_device d;\n"}, "throws dice"),
    ("environment in flows", {"flows/a.cpp": "auto v = std::getenv(x);\n"}, "touches the machine"),
    ("a file in the loader", {"flows/loader/loader.cpp": "#include <fstream>\n"}, "decides and does nothing else"),
    ("Asio in a provider", {"gateway/providers/a.hpp": "#include <boost/asio/awaitable.hpp>\n"}, "decides and does nothing else"),
]
