"""detached: a coroutine nobody waits for loses its error. Spawn with a completion handler that looks at it."""
import re

import tree as our_tree


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree, our_tree.PRODUCT + ("tests/",)).items():
        bare = our_tree.code(text)
        for match in re.finditer(r"\bdetached(_t)?\b|\.\s*detach\s*\(\s*\)", bare):
            findings.append(f"{name}:{our_tree.line_of(bare, match.start())}: {match.group(0)}: its error would be lost; "
                            "spawn with a completion handler that looks at it, or through gateway/ops/supervise")
    return findings


SAMPLES = [
    ("a handler, and a word in a comment", {"redis/a.cpp": "// never asio::detached\nco_spawn(ex, f(), handle);\nlog(\"detached\");\n"}, None),
    ("detached", {"redis/a.cpp": "\nco_spawn(ex, f(), asio::detached);\n"}, "redis/a.cpp:2: detached"),
    ("under another name", {"gateway/app/a.cpp": "using boost::asio::detached;\n"}, "detached"),
    ("its type", {"tests/redis/a.cpp": "boost::asio::detached_t d;\n"}, "detached_t"),
    ("a thread let go", {"gateway/app/a.cpp": "thread.detach();\n"}, "detach"),
    ("its header", {"gateway/app/a.cpp": "#include <boost/asio/detached.hpp>\n"}, "detached"),
]
