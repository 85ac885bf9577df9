"""Where a secret could show: every form it may have been turned into, and every place of a server to look."""
import base64
import os
import urllib.parse


def forms(secret):
    """{what: bytes} of a text in every clear form."""
    raw = secret.encode()
    found = {"raw": raw, "reversed": raw[::-1], "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(),
             "UCS-2 BE": secret.encode("utf-16-be"), "UCS-2 LE": secret.encode("utf-16-le"),
             "URL": urllib.parse.quote(secret, safe="").encode(), "form": urllib.parse.quote_plus(secret).encode()}
    for shift in range(3):  # what surrounds it shifts base64; the edges are cut off
        coded = base64.b64encode(b"\0" * shift + raw)
        found[f"base64+{shift}"] = coded[4 if shift else 0:len(coded) // 4 * 4 - 4]
    if secret.startswith("+"):
        found["without plus"] = raw[1:]
        found["without plus, reversed"] = raw[:0:-1]
    return {what: form for what, form in found.items() if len(form) >= 8}


def searched(secrets):
    return [(name, what, form) for name, secret in secrets.items() for what, form in forms(secret).items()]


def search_bytes(place, data, needles):
    found = []
    for name, what, form in needles:
        at = data.find(form)
        if at >= 0:
            around = bytes(data[max(0, at - 24):at + len(form) + 24])
            found.append(f"{place}: {name} as {what}, {data.count(form)} times, e.g. in {around!r}")
    return found


def search_files(folders, needles):
    found = []
    for folder in folders:
        for directory, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(directory, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        found += search_bytes(path, file.read(), needles)
                    found += search_bytes(path, os.fsencode(path), needles)
    return found


def search_memory(pid, needles, process="server"):
    """Every mapping of the process that could have been written to (the others are the bytes of files on disk). Needs to be allowed to: root, or the same user of a dumpable process."""
    found, looked = [], 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights, *rest = line.split(maxsplit=5)
            place = rest[-1].strip() if len(rest) == 4 else "anonymous"
            of_a_file = place.startswith("/") and "w" not in rights
            if "r" not in rights or of_a_file or place in ("[vvar]", "[vsyscall]", "[vdso]"):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue  # guard pages and the like
            looked += len(data)
            found += search_bytes(f"memory of the {process}, {place} {rights}", data, needles)
    return found, looked
