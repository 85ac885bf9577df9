"""Machine paths: nothing in the tree names the machine that it was written on."""
import re

# Put together from parts, so that this file passes its own check.
SOMEBODYS = re.compile(r"(?<![\w.$}/-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "Us" + "ers", "tm" + "p/wt", "tm" + "p/lab",
                                                        "ho" + "me/[a-z]+", "work" + "space")) + r")(?![\w-])(?:/|\b)")
# A home folder that belongs to the image itself, in files that describe one.
IMAGES = ("deploy/Containerfile",)


def check(tree):
    findings = []
    for name, text in tree.items():
        if name in IMAGES:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            match = SOMEBODYS.search(line)
            if match:
                findings.append(f"{name}:{number}: {match.group(0)}: names a place of one machine; make it relative or an option")
    return findings


SAMPLES = [
    ("relative, system and option paths", {"deploy/a.sh": "cd \"$root/work\"\n/var/lib/rightsline /etc/rightsline /tmp/x\nframework/work/x\n",
                                           "tests/a.cpp": "POST /hooks/work\n"}, None),
    ("a checkout", {"tests/a.py": "open('/wo" + "rk/shared/x')\n"}, "tests/a.py:1: /wo" + "rk/"),
    ("a worktree", {"README.md": "\ncd /tm" + "p/wt/redis\n"}, "README.md:2"),
    ("a home", {"deploy/x.conf": "/ho" + "me/ana/x\n"}, "names a place"),
    ("root's home", {"deploy/x.conf": "path=/ro" + "ot/x\n"}, "names a place"),
    ("a Mac", {"flows/a.yaml": "a: /Us" + "ers/ana\n"}, "names a place"),
]
