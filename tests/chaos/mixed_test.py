"""Every fault alone, then in pairs, against two servers on one store; then everything is checked.

    mixed_test.py --binary … --source … --folder … --tool … --emulator … --clock … --shim … --sick-disk … [--rounds 26] [--seed 1]
"""
import sys
import time

from mixed import episode, in_words
from proof import options_of, verdict


def mixed_options(description, **more):
    parser = options_of(description)
    for name in ("tool", "emulator", "clock", "shim", "sick-disk"):
        parser.add_argument("--" + name, required=True)
    for name, default in more.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    return parser.parse_args()


def main():
    options = mixed_options(__doc__)
    started = time.monotonic()
    findings, figures = episode(options, "mixed", options.seed, options.rounds or 26)
    print(f"seed {options.seed}, {time.monotonic() - started:.0f} s: {in_words(figures)}")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
