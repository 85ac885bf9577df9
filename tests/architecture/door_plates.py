"""Door plates: a public header begins with what it is and what it must never do, in at least two lines."""
import tree as our_tree


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        if not name.endswith(".hpp"):
            continue
        plate = []
        for line in text.splitlines():
            if not line.startswith("//"):
                break
            plate.append(line.lstrip("/ ").strip())
        if sum(1 for line in plate if line) < 2:
            findings.append(f"{name}:1: begin with a door plate of at least two // lines: what it is, what it must never "
                            "do, invariants, threading, owner")
        if "#pragma once" not in text:
            findings.append(f"{name}:1: #pragma once is missing")
    return findings


SAMPLES = [
    ("a plate", {"redis/a.hpp": "// A: what it is.\n//\n// Must never: block.\n#pragma once\n", "redis/a.cpp": "int x;\n"}, None),
    ("none", {"redis/a.hpp": "#pragma once\n"}, "begin with a door plate"),
    ("one line", {"flows/a.hpp": "// A.\n#pragma once\n"}, "begin with a door plate"),
    ("empty lines do not count", {"flows/a.hpp": "// A.\n//\n//\n#pragma once\n"}, "begin with a door plate"),
    ("after the pragma", {"flows/a.hpp": "#pragma once\n// A.\n// B.\n"}, "begin with a door plate"),
    ("no pragma", {"flows/a.hpp": "// A.\n// B.\n"}, "#pragma once is missing"),
]
