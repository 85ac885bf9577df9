"""The last line of ./deploy/test is a promise; here it meets passes, failures, skips, missing programs and strictness."""
import contextlib
import io
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "deploy", "lib"))
import summary  # noqa: E402

PASS = '<testcase name="A.Passes" status="run"><system-out>fine</system-out></testcase>'
FAIL = '<testcase name="A.Fails" status="fail"><failure message="Failed"/></testcase>'
SKIP = ('<testcase name="A.Waits" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>[ RUN      ] A.Waits\n'
        'x.cpp:3: Skipped\nno such device here\n\n[  SKIPPED ] A.Waits (0 ms)</system-out></testcase>')
ORACLE = SKIP.replace("A.Waits", "Oracle.Speaks")
LABELLED = SKIP.replace("<system-out>", '<properties><property name="cmake_labels" value="e2e;oracle"/></properties><system-out>')
GONE = '<testcase name="b_NOT_BUILT" status="notrun"><skipped message="Unable to find executable"/></testcase>'
OFF = '<testcase name="A.Off" status="disabled"><skipped message="Disabled"/></testcase>'

# label, cases, arguments, last line, exit code, something the talk must hold
CASES = [
    ("all pass", [PASS, PASS], [], "2 passed, 0 failed, 0 skipped", 0, ""),
    ("one fails", [PASS, FAIL], [], "1 passed, 1 failed, 0 skipped", 1, "failed: A.Fails"),
    ("a skip has its reason", [PASS, SKIP], [], "1 passed, 0 failed, 1 skipped", 0, "skipped: A.Waits: no such device here"),
    ("a plain skip in integration", [PASS, SKIP], ["--strict"], "1 passed, 0 failed, 1 skipped", 0, ""),
    ("an oracle skip at home", [PASS, ORACLE], [], "1 passed, 0 failed, 1 skipped", 0, ""),
    ("an oracle skip in integration", [PASS, ORACLE], ["--strict"], "1 passed, 1 failed, 0 skipped", 1, "Oracle.Speaks: skipped, which"),
    ("an oracle by label", [PASS, LABELLED], ["--strict"], "1 passed, 1 failed, 0 skipped", 1, ""),
    ("a program that was not built", [PASS, GONE], [], "1 passed, 1 failed, 0 skipped", 1, "Unable to find"),
    ("disabled is told", [PASS, OFF], [], "1 passed, 0 failed, 1 skipped", 0, "it is disabled"),
    ("a step beside ctest", [PASS], ["--failed", "rightsline check"], "1 passed, 1 failed, 0 skipped", 1, "rightsline check"),
    ("nothing ran", [], [], "0 passed, 1 failed, 0 skipped", 1, "no test ran"),
]


def main():
    wrong = 0
    for label, cases, arguments, last, code, talk in CASES:
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
            file.write("<testsuite>" + "".join(cases) + "</testsuite>")
            file.flush()
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                got = summary.main(arguments + [file.name])
        lines = said.getvalue().splitlines()
        if got != code or lines[-1] != last or talk not in said.getvalue():
            wrong += 1
            print(f"{label}: exit {got}, said:\n{said.getvalue()}")
    print(f"{len(CASES)} cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
