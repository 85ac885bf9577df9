"""Layout: the names at the top of the tree are fixed; whatever is new belongs into one of them."""
FIXED = {"CMakeLists.txt", "gateway", "flows", "locales", "redis", "deploy", "tests", "README.md"}
# What tools or hosts look for at the root.
EXPECTED_THERE = {"CMakePresets.json", "LICENSE"}
# Always there, so that a sample that lacks them is told from a tree that lost one.
REQUIRED = FIXED


def check(tree):
    top = {name.split("/")[0] for name in tree}
    findings = [f"{name}: is not one of the fixed names at the top ({' '.join(sorted(FIXED))}); move it into one"
                for name in sorted(top - FIXED - EXPECTED_THERE) if not name.startswith(".")]
    return findings + [f"{name}: is missing at the top" for name in sorted(REQUIRED - top)]


WHOLE = {"CMakeLists.txt": "", "README.md": "", "gateway/a": "", "flows/a": "", "locales/a": "", "redis/a": "", "deploy/a": "", "tests/a": ""}
SAMPLES = [
    ("the house", {**WHOLE, ".clang-tidy": "", ".ci/run": "", "CMakePresets.json": ""}, None),
    ("a ninth name", {**WHOLE, "src/a.cpp": ""}, "src: is not one"),
    ("a file beside", {**WHOLE, "NOTES.md": ""}, "NOTES.md: is not one"),
    ("a room lost", {n: t for n, t in WHOLE.items() if n != "redis/a"}, "redis: is missing"),
]
