"""Pages: every file, command and subcommand that a page of ours names is there.

    python3 tests/docs/pages.py [PROGRAM]      with the program, `rightsline WORD` is held against its --help
"""
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SKIP = {"build", "node_modules", ".git", ".cache"}
ROOMS = ("deploy/", "tests/", "gateway/", "flows/", "locales/", "redis/", ".ci/")
# In code spans and code blocks: a path below one of our folders, without placeholders.
PATH = re.compile(r"(?<![\w./-])(?:\./)?((?:" + "|".join(re.escape(r) for r in ROOMS) + r")[\w./-]*[\w/])(?![\w*<…{])")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.S)
COMMAND = re.compile(r"(?:^|[\s`/])rightsline ([a-z][a-z-]+)")


def pages():
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [s for s in subfolders if s not in SKIP]
        for name in names:
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def problems(name, text, exists, known):
    """exists(path) -> bool; known: the program's subcommands, or None when there is no program."""
    found = []
    for target in LINK.findall(text):
        if not exists(os.path.normpath(os.path.join(os.path.dirname(name), target))):
            found.append(f"{name}: links to {target}, which is not there")
    code = "\n".join(CODE.findall(text))
    for path in sorted(set(PATH.findall(code))):
        if not exists(path.rstrip("/")):
            found.append(f"{name}: names {path}, which is not there")
    for word in sorted(set(COMMAND.findall(code))):
        if known is not None and word not in known:
            found.append(f"{name}: names `rightsline {word}`, which the program does not have")
    if name == "README.md":
        found += [f"README.md: does not show {c}" for c in ("./deploy/run", "./deploy/test") if c not in text]
    return found


def self_test():
    def exists(path):
        return path in ("deploy/run", "docs/a.md")
    good = "Run `./deploy/run`, then [a](docs/a.md).\n```\n./build/dev/rightsline phone\n```\n`flows/<program>/x.yaml`"
    wrong = [p for p in problems("a.md", good, exists, {"phone"})]
    for text, expected in (("`deploy/gone`", "names deploy/gone"), ("[a](gone.md)", "links to gone.md"),
                           ("```\nrightsline fly\n```", "rightsline fly"), ("`x/rightsline fly`", "rightsline fly")):
        if not any(expected in p for p in problems("a.md", text, exists, {"phone"})):
            wrong.append(f"a bad page was not caught: {text}")
    if not problems("README.md", "nothing", exists, None):
        wrong.append("a README without the two commands was not caught")
    return ["self-test: " + w for w in wrong]


def subcommands(program):
    shown = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=20, check=False)
    return set(re.findall(r"^\s+([a-z][a-z-]+)\b", shown.stdout + shown.stderr, re.M))


def main():
    known = subcommands(sys.argv[1]) if len(sys.argv) > 1 else None
    found = self_test()
    for name in pages():
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            found += problems(name, file.read(), lambda path: os.path.exists(os.path.join(ROOT, path)), known)
    with open(os.path.join(ROOT, ".ci/run"), encoding="utf-8") as file:
        if "./deploy/test" not in file.read():
            found.append(".ci/run: does not call ./deploy/test")
    print("\n".join(found) or "every page is true to the tree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
