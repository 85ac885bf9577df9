"""File length: aim for 200 lines, never over 300 outside tests. A file that outgrows this is two rooms."""
import tree as our_tree

HARD = 300


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        length = len(text.splitlines())
        if length > HARD:
            findings.append(f"{name}:{HARD + 1}: {length} lines; {HARD} is the bound: split it by what it does")
    return findings


SAMPLES = [
    ("at the bound, and a long test", {"flows/a.cpp": "x\n" * HARD, "tests/flows/a.cpp": "x\n" * 900, "flows/a.yaml": "x\n" * 900}, None),
    ("one over", {"flows/a.cpp": "x\n" * (HARD + 1)}, "301 lines"),
    ("a header", {"gateway/http/a.hpp": "x\n" * 400}, "400 lines"),
]
