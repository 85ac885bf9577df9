"""Floors: a file includes only its own room and rooms below; inside gateway the rooms have an order."""
import tree as our_tree

BELOW = {"locales": (), "redis": (), "flows": ("locales",), "gateway": ("locales", "redis", "flows")}
GATEWAY = ("ops", "config", "net", "http", "vault", "providers", "mail", "stores", "audit", "spool", "health", "outbox", "people", "access", "prompts", "cases", "reach", "alerts", "handoff",
           "blasts", "conversations", "callbacks", "missed", "prompt_calls", "keep", "hooks", "api", "console", "cli", "app")


def place(name):
    """("gateway", "http") for gateway/http/x.hpp, ("flows", None) for flows/x.hpp, ("gateway", "main") for main.cpp."""
    parts = name.split("/")
    if parts[0] == "gateway":
        return "gateway", parts[1] if len(parts) > 2 else "main"
    return parts[0], None


def complaint(name, included):
    floor, room = place(name)
    target, target_room = place(included)
    if target not in BELOW:
        return "is not a path from the root of the tree; write \"room/file.hpp\""
    if target != floor and target not in BELOW[floor]:
        return f"{floor} may not know {target}: it may include {', '.join((floor,) + BELOW[floor])}"
    if target != floor and target != "gateway" and included.count("/") > 1:
        return f"lies inside {target}; from outside only its doors, {target}/*.hpp, may be included"
    if target == floor == "gateway" and room != "main":
        if target_room not in GATEWAY:
            return f"gateway/{target_room} is not a room; the rooms are {' '.join(GATEWAY)}"
        if GATEWAY.index(target_room) > GATEWAY.index(room):
            return f"gateway/{room} stands before gateway/{target_room} and may not know it"
    return None


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        floor, room = place(name)
        if floor == "gateway" and room not in GATEWAY + ("main",):
            findings.append(f"{name}:1: gateway/{room} is not a room; the rooms are {' '.join(GATEWAY)}")
            continue
        if room == "main" and name != "gateway/main.cpp":
            findings.append(f"{name}:1: only main.cpp lies in gateway itself; everything else has a room")
            continue
        for line, quote, included in our_tree.includes(text):
            ours = included.split("/")[0] in BELOW and "/" in included
            if quote == "<" and included.split("/")[0] != "tests" and not (ours and quote == "<" and included in tree):
                continue
            wrong = complaint(name, included)
            if wrong:
                findings.append(f"{name}:{line}: {included}: {wrong}")
    return findings


SAMPLES = [
    ("own room and below", {"gateway/http/a.cpp": '#include "gateway/net/b.hpp"\n#include "flows/x.hpp"\n#include "redis/y.hpp"\n',
                            "flows/a.cpp": '#include "flows/b.hpp"\n#include "locales/c.hpp"\n#include <vector>\n',
                            "gateway/main.cpp": '#include "gateway/app/app.hpp"\n'}, None),
    ("own insides", {"flows/lint/a.cpp": '#include "flows/lint/b.hpp"\n#include "flows/pack.hpp"\n'}, None),
    ("the insides of another floor", {"gateway/app/a.cpp": '#include "flows/engine/run.hpp"\n'}, "lies inside flows"),
    ("a comment is no include", {"flows/a.cpp": '// #include "redis/x.hpp"\n/*\n#include "redis/x.hpp"\n*/\n'}, None),
    ("flows knows redis", {"flows/a.hpp": '#include "redis/client.hpp"\n'}, "flows may not know redis"),
    ("line number", {"flows/a.hpp": '\n\n#include "redis/client.hpp"\n'}, "flows/a.hpp:3:"),
    ("spaces do not hide it", {"flows/a.hpp": '  #  include  "redis/client.hpp"\n'}, "flows may not know redis"),
    ("angle brackets do not hide it", {"flows/a.hpp": "#include <redis/client.hpp>\n", "redis/client.hpp": ""}, "flows may not know redis"),
    ("locales knows flows", {"locales/a.cpp": '#include "flows/pack.hpp"\n'}, "locales may not know flows"),
    ("redis knows locales", {"redis/a.cpp": '#include "locales/result.hpp"\n'}, "redis may not know locales"),
    ("flows knows gateway", {"flows/a.cpp": '#include "gateway/ops/log.hpp"\n'}, "flows may not know gateway"),
    ("upwards inside gateway", {"gateway/vault/a.cpp": '#include "gateway/providers/provider.hpp"\n'}, "gateway/vault stands before"),
    ("product knows tests", {"gateway/http/a.cpp": '#include "tests/support/x.hpp"\n'}, "is not a path from the root"),
    ("relative include", {"gateway/http/a.cpp": '#include "message.hpp"\n'}, "is not a path from the root"),
    ("climbing include", {"flows/a.cpp": '#include "../redis/client.hpp"\n'}, "is not a path from the root"),
    ("unknown room", {"gateway/misc/a.cpp": ""}, "gateway/misc is not a room"),
    ("a file without a room", {"gateway/util.hpp": ""}, "only main.cpp"),
]
