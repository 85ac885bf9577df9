"""Pages: every file, command and option that a page of ours names is there, and what the README shows is what is said.

    python3 tests/docs/pages.py [PROGRAM]      with the program, `rightsline WORD…` is held against its --help

Of the conversations shown in the README, each line that the hotline says must be a text of flows/ or locales/.
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
COMMAND = re.compile(r"(?:^|[\s`/])rightsline ([a-z][a-z-]+[^`\n]*)")
SAID = re.compile(r"^(?:line|hear)> (.+)$", re.M)


def pages():
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [s for s in subfolders if s not in SKIP]
        for name in names:
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def unknown_words(command, known):
    """What the program does not have of `rightsline COMMAND`. known: {"case list": {"--json", …}, …}."""
    words = command.split("#")[0].split()
    depth = max((d for d in range(1, len(words) + 1) if " ".join(words[:d]) in known), default=1)
    name = " ".join(words[:depth])
    group = any(k.startswith(name + " ") for k in known)
    if name not in known or (group and len(words) > depth and not words[depth].startswith("-")):
        return " ".join(words[:depth + group])
    for word in words[depth:]:
        option = re.match(r"--[a-z-]+", word)
        if option and option.group() not in known[name] | {"--help"}:
            return f"{name} {option.group()}"
    return None


def not_said(text, sources):
    """Lines of shown conversations that are in no text. Lines with digits or choices are put together by the program."""
    return [line for line in SAID.findall(text) if not re.search(r"\d", line) and not any(
        line in source for source in sources)]


def problems(name, text, exists, known, sources=()):
    """exists(path) -> bool; known: commands and their options, or None when there is no program."""
    found = []
    for target in LINK.findall(text):
        if not exists(os.path.normpath(os.path.join(os.path.dirname(name), target))):
            found.append(f"{name}: links to {target}, which is not there")
    code = "\n".join(CODE.findall(text))
    for path in sorted(set(PATH.findall(code))):
        if not exists(path.rstrip("/")):
            found.append(f"{name}: names {path}, which is not there")
    for command in sorted(set(COMMAND.findall(code))):
        wrong = unknown_words(command, known) if known is not None else None
        if wrong:
            found.append(f"{name}: names `rightsline {wrong}`, which the program does not have")
    if sources:
        found += [f"{name}: shows a sentence that nobody says: {line}" for line in not_said(text, sources)]
    if name == "README.md":
        found += [f"README.md: does not show {c}" for c in ("./deploy/run", "./deploy/test") if c not in text]
    return found


def self_test():
    def exists(path):
        return path in ("deploy/run", "docs/a.md")
    known = {"phone": {"--mode"}, "case": set(), "case list": {"--json"}, "case task": set(), "case task add": {"--in"}}
    good = ("Run `./deploy/run`, then [a](docs/a.md).\n```\n./build/dev/rightsline phone --mode voice\n```\n"
            "`flows/<program>/x.yaml` `rightsline case list --json` `rightsline case --help` `rightsline case task add 7K4-921 --in 2d`\nhear> Hello.\nhear> A: press 1.")
    wrong = problems("a.md", good, exists, known, ["say: Hello. You"])
    for text, expected in (("`deploy/gone`", "names deploy/gone"), ("[a](gone.md)", "links to gone.md"),
                           ("```\nrightsline fly\n```", "rightsline fly"), ("`x/rightsline fly`", "rightsline fly"),
                           ("`rightsline case fly`", "case fly"), ("`rightsline phone --loud`", "phone --loud"),
                           ("`rightsline case task fly`", "case task fly"),
                           ("`rightsline case list --mode x`", "case list --mode"), ("line> Goodbye.", "nobody says")):
        if not any(expected in p for p in problems("a.md", text, exists, known, ["say: Hello."])):
            wrong.append(f"a bad page was not caught: {text}")
    told = {"case": "\n\nExample:\n  rightsline case list\n", "case list": "\n\nExamples:\n  rightsline case list --json\n"}
    wrong += without_example(told, known)
    for name, text in (("phone", "Usage: phone\n"), ("phone", "\nExample:\n  rightsline case list\n"),
                       ("phone", "\nExample:\n  rightsline phone --loud\n")):
        if not without_example({name: text}, known):
            wrong.append(f"a help without a good example was not caught: {text}")
    if without_place({"vault": {"--socket"}, "a": {"--socket", "--dir"}}) or not without_place({"a": {"--socket"}}):
        wrong.append("a command that names its server in a way of its own was not caught")
    if not problems("README.md", "nothing", exists, None):
        wrong.append("a README without the two commands was not caught")
    return ["self-test: " + w for w in wrong]


def helps(program, prefix=()):
    """{"case list": what its --help says, …}, of every command and every group of them."""
    shown = subprocess.run([program, *prefix, "--help"], capture_output=True, text=True, timeout=20, check=True).stdout
    found = {" ".join(prefix): shown} if prefix else {}
    below = shown.split("\nSubcommands:\n", 1)
    for word in re.findall(r"^  ([a-z][a-z-]+)\s", below[1].split("\n\n")[0], re.M) if len(below) == 2 else []:
        found.update(helps(program, (*prefix, word)))
    return found


def commands(shown):
    """{"case list": {"--json", …}, …} as the program's own --help tells it."""
    return {name: set(re.findall(r"--[a-z-]+", text)) for name, text in shown.items()}


def without_example(shown, known):
    """The commands whose --help has no example of their own, or one that they do not understand."""
    found = []
    for name, text in shown.items():
        examples = re.findall(r"^  .*?rightsline (" + re.escape(name) + r"(?: .*)?)$", text.split("\nExample", 1)[-1]
                              if "\nExample" in text else "", re.M)
        wrong = [unknown_words(one, known) for one in examples]
        if not examples:
            found.append(f"`rightsline {name} --help` has no example of its own")
        found += [f"`rightsline {name} --help` shows `rightsline {one}`, which the program does not have" for one in wrong if one]
    return found


def without_place(known):
    """A server that is asked is named by every command alike: --socket, or --dir. (The vault's socket is its own.)"""
    return [f"`rightsline {name}` takes --socket and no --dir" for name, options in known.items()
            if name != "vault" and not any(other.startswith(name + " ") for other in known)
            and "--socket" in options and "--dir" not in options]


def texts():
    for folder in ("flows", "locales"):
        for base, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in names:
                if name.endswith(".yaml"):
                    with open(os.path.join(base, name), encoding="utf-8") as file:
                        yield file.read()


def main():
    shown = helps(sys.argv[1]) if len(sys.argv) > 1 else None
    known = commands(shown) if shown else None
    sources = list(texts())
    found = self_test() + (without_example(shown, known) + without_place(known) if shown else [])
    for name in pages():
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            found += problems(name, file.read(), lambda path: os.path.exists(os.path.join(ROOT, path)), known,
                              sources)
    with open(os.path.join(ROOT, ".ci/run"), encoding="utf-8") as file:
        if "./deploy/test" not in file.read():
            found.append(".ci/run: does not call ./deploy/test")
    print("\n".join(found) or "every page is true to the tree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
