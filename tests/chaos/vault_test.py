"""The vault's process is killed, or stopped, while messages leave and workers tell: nothing goes twice, nothing is lost, all heals.

    vault_test.py --binary … --source … --folder … --tool … --emulator … --clock … --shim … --sick-disk … [--rounds 12] [--seed 1]

A message to a worker is opened by the vault alone, so a dead one holds up replies and who is new; alerts and whoever talks
with us already need it at no point. Alone, and beside the death of a server, of the store and a provider's moods.
"""
import sys
import time

import faults
from mixed import episode, in_words
from mixed_test import mixed_options
from proof import verdict

KINDS = (faults.KillVault, faults.PauseVault, faults.KillVault, faults.KillGatewayAtPoint, faults.KillRedis, faults.ProviderMood)


def main():
    options = mixed_options(__doc__)
    started = time.monotonic()
    findings, figures = episode(options, "vault", options.seed, options.rounds or 12, KINDS, apart=True)
    print(f"seed {options.seed}, {time.monotonic() - started:.0f} s: {in_words(figures)}")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
