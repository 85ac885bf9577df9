"""Power cuts: no acknowledged report is lost. And with Redis told not to fsync, the same test must find losses.

    power_cut_test.py --binary … --source … --folder … --shim libsynced_sizes.so [--rounds 4]
"""
import sys
import time

from chaos import Run
from proof import options_of, verdict


def one_run(options, rounds, name, redis_arguments=""):
    with Run(options, name, seed=options.seed, callers=0, shim=options.shim, redis_arguments=redis_arguments) as run:
        run.start_workers()
        for _ in range(rounds):
            run.power_cut(run.random.uniform(0.3, 0.9))
        findings = run.findings()
        print(f"{name}: {run.summary()}")
        return findings, run.lost


def main():
    parser = options_of(__doc__)
    parser.add_argument("--shim", required=True)
    options = parser.parse_args()
    started = time.monotonic()
    findings, _ = one_run(options, options.rounds or 4, "power_cut")
    unsafe, lost = one_run(options, 1, "power_cut_unsafe", "--appendfsync no")
    if not lost or not unsafe:
        findings.append(f"a Redis that does not fsync was not caught ({lost} bytes lost)")
    print(f"seed {options.seed}, {time.monotonic() - started:.0f} s")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
