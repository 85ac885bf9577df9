"""The tree as the checks see it: file names and their texts, and C++ without its comments and strings."""
import os
import re
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TOP = ("gateway", "flows", "locales", "redis", "deploy", "tests")
PRODUCT = ("gateway/", "flows/", "locales/", "redis/")
TEXT = (".cpp", ".hpp", ".h", ".py", ".sh", ".lua", ".ts", ".tsx", ".js", ".json", ".yaml", ".yml", ".md", ".txt",
        ".cmake", ".conf", ".service", "Caddyfile", "Containerfile", ".clang-tidy", ".clang-format", "/run",
        "/test", "/install", "/lint")


def is_text(name):
    return name.endswith(TEXT) or "." not in os.path.basename(name)


def files(root=ROOT):
    """name -> text of every text file of ours."""
    found = {}
    for name in names(root):
        path = os.path.join(root, name)
        if is_text(name) and os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                found[name] = file.read()
    return found


def names(root=ROOT):
    """What belongs to the project: git's list where there is one, new files included; else what lies there."""
    try:
        listed = subprocess.run(["git", "-c", f"safe.directory={root}", "-C", root, "ls-files", "-z", "--cached",
                                 "--others", "--exclude-standard"], capture_output=True, check=True).stdout
        if listed:
            return sorted(set(listed.decode().strip("\0").split("\0")))
    except (OSError, subprocess.CalledProcessError):
        pass
    found = [n for n in os.listdir(root) if os.path.isfile(os.path.join(root, n))]
    for top in TOP:
        for folder, subfolders, inside in os.walk(os.path.join(root, top)):
            subfolders[:] = [s for s in subfolders if s not in ("build", "node_modules", "__pycache__")]
            found += [os.path.relpath(os.path.join(folder, n), root) for n in inside]
    return sorted(found)


def cpp(tree, under=PRODUCT):
    return {n: t for n, t in tree.items() if n.endswith((".cpp", ".hpp")) and n.startswith(under)}


_NOISE = re.compile(r'R"(?P<tag>[^()\\\s]{0,16})\((?:.|\n)*?\)(?P=tag)"'
                    r"|//[^\n]*|/\*(?:.|\n)*?\*/"
                    r'|"(?:\\.|[^"\\\n])*"'
                    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'")


def code(text):
    """C++ with comments, strings and characters blanked; every offset and line number stays what it was."""
    return _NOISE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)


def includes(text):
    """(line, quote, name) of each include that is not inside a comment."""
    shown = re.sub(r"/\*(?:.|\n)*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    return [(line_of(shown, m.start(1)), m.group(1), m.group(2)) for m in _INCLUDE.finditer(shown)]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
