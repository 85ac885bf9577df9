"""Adds up what ctest wrote (JUnit files), names what failed and what was skipped and why; the last line is the sum.

    python3 deploy/lib/summary.py [--strict] [--failed STEP]… FILE…

--failed STEP   a step outside ctest that failed: it counts, so that the last line cannot look better than the run
--strict        a skipped oracle test is a failure (continuous integration)
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def reason(output):
    """What a test said about being skipped: GoogleTest's "file:line: Skipped", or a last line of its own."""
    lines = [line.strip() for line in ANSI.sub("", output or "").splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if re.search(r":\d+: Skipped$", line):
            said = [l for l in lines[number + 1:number + 2] if not l.startswith("[")]
            return said[0] if said else "no reason was given at " + line.rsplit(": ", 1)[0]
    own = [line for line in lines if not line.startswith("[")]
    return own[-1] if own else "no reason was given"


def read(path):
    """(name, "passed" | "failed" | "skipped", why, is an oracle test) of each test."""
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        labels = " ".join(p.get("value", "") for p in case.iter("property") if p.get("name") == "cmake_labels")
        oracle = "oracle" in (case.get("name", "") + " " + labels).lower()
        status = case.get("status")
        if status == "run":
            yield case.get("name"), "passed", "", oracle
        elif status in ("notrun", "disabled") and case.find("skipped") is not None:
            message = case.find("skipped").get("message", "")
            missing = "not found" in message.lower() or "unable to find" in message.lower()
            why = reason(output) if not missing else message
            yield case.get("name"), "failed" if missing else "skipped", "it is disabled" if status == "disabled" else why, oracle
        else:
            yield case.get("name"), "failed", "", oracle


def main(arguments):
    strict, steps, files = False, [], []
    words = iter(arguments)
    for word in words:
        if word == "--strict":
            strict = True
        elif word == "--failed":
            steps.append(next(words))
        else:
            files.append(word)
    tests = [test for path in files for test in read(path)]
    failed = [(name, why) for name, state, why, _ in tests if state == "failed"]
    skipped = [(name, why, oracle) for name, state, why, oracle in tests if state == "skipped"]
    if strict:
        failed += [(name, "skipped, which is a failure here: " + why) for name, why, oracle in skipped if oracle]
        skipped = [test for test in skipped if not test[2]]
    failed += [(step, "") for step in steps]
    for name, why, _ in skipped:
        print(f"skipped: {name}: {why}")
    for name, why in failed:
        print(f"failed: {name}" + (f": {why}" if why else ""))
    if not tests:
        print("failed: no test ran at all")
        failed.append(("no test ran", ""))
    passed = sum(1 for test in tests if test[1] == "passed")
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
