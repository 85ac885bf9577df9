"""Runs one check of the house rules: first on samples that must be caught and samples that must pass, then on the tree.

    python3 tests/architecture/run.py CHECK [ARGUMENT…]     one of the modules beside this file
    python3 tests/architecture/run.py --all

A check is a module with check(tree, *arguments) -> list of "file:line: what, and the mend" and SAMPLES: a list of
(name, {file: text}, what the finding must contain, or None when the sample is good).
"""
import importlib
import sys

sys.dont_write_bytecode = True
import tree as our_tree  # noqa: E402

CHECKS = ("floors", "libraries", "purity", "co_await", "detached", "door_plates", "layout", "file_length", "coroutine_length",
          "machine_paths", "notes")


def self_test(module):
    wrong = []
    if not any(expected for _, _, expected in module.SAMPLES):
        wrong.append("no sample must be caught, so this check could not fail")
    for label, sample, expected in module.SAMPLES:
        findings = module.check(dict(sample))
        if expected is None and findings:
            wrong.append(f"good sample '{label}' was refused: {findings[0]}")
        if expected is not None and not any(expected in f for f in findings):
            wrong.append(f"bad sample '{label}' was not caught (wanted '{expected}', found {findings})")
    return wrong


def run(name, arguments):
    module = importlib.import_module(name)
    wrong = self_test(module)
    for line in wrong:
        print(f"self-test of {name}: {line}")
    tree = our_tree.files()
    if len(our_tree.cpp(tree)) < 10:
        print("the tree was not found: fewer than ten source files")
        return 1
    findings = module.check(tree, *arguments)
    for line in findings:
        print(line)
    print(f"{name}: {len(module.SAMPLES)} samples, {len(findings)} findings in the tree")
    return 1 if wrong or findings else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    asked = CHECKS if sys.argv[1] == "--all" else (sys.argv[1],)
    sys.exit(max(run(name, sys.argv[2:]) for name in asked))
