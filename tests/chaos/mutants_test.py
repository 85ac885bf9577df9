"""Bugs that are put in on purpose, in the real code: each must be named by its invariant, and the same scene without the
bug must be clean.

    mutants_test.py --binary … --source … --folder … --tool … --emulator … --clock … --shim … --sick-disk … [--only M5]
"""
import os
import sys
import time
from dataclasses import dataclass, field

import blast_scenes
import scenes
from mixed import tell
from mixed_test import mixed_options
from proof import verdict
from world import World


@dataclass
class Mutant:
    code: str       # of the proof plan
    bug: str        # its name in the code; "" = it is a setting of the store
    invariant: str  # that must name it
    scene: object
    where: str = "server"  # or "redis": in the functions; "store": in Redis' settings
    gateways: int = 1
    arguments: list = field(default_factory=list)
    per_second: int = 10  # of the line


MUTANTS = (
    Mutant("M1", "answer_before_commit", "I1", scenes.told_and_killed),
    Mutant("M2", "no_dedupe", "I2", scenes.sent_again),
    Mutant("M4", "destructive_pop", "I6", scenes.killed_with_a_claim, "redis"),
    Mutant("M5", "no_version_check", "I2", scenes.two_at_once, gateways=2),
    Mutant("M6", "outbox_after_commit", "I5", scenes.cry_between_halves),
    Mutant("M7", "no_owner_fencing", "I4", scenes.zombie_sender, "redis", gateways=2),
    Mutant("M9", "", "I1", scenes.power_after_saved, "store", arguments=["--appendfsync", "everysec"]),
    Mutant("M10", "dedupe_by_ttl", "I2", scenes.sent_again_after_a_jump, "redis"),
    Mutant("M11", "response_not_stored", "I3", scenes.sent_again),
    Mutant("M12", "cursor_without_cas", "I9", blast_scenes.overtaken),
    Mutant("M14", "rate_is_not_charged", "I10", scenes.many_at_once, "redis", per_second=2),
    Mutant("M16", "spool_acked_before_fsync", "I1", scenes.arrived_and_power_gone),
    Mutant("M17", "spool_not_deduped", "I2", scenes.killed_while_drained),
    Mutant("M20", "audit_after_commit", "I11", scenes.cry_between_halves),
    Mutant("M21", "static_answer_says_saved", "I8", scenes.told_without_a_store),
)
# Bugs that were found here and are mended: their scenes are clean.
MENDED = (
    # While the spool waited, nobody looked at the timers, and that was how missing functions were noticed: ten minutes late.
    Mutant("functions_gone", "", "P4", scenes.functions_gone_under_a_text),
)


def played(options, mutant, mutated):
    name = f"{mutant.code}{'' if mutated else '_control'}"
    settings = {"bug": mutant.bug} if mutant.where == "server" else {"redis_bug": mutant.bug}
    if mutant.where == "store":
        settings = {"store_arguments": mutant.arguments}
    with World(options, name, options.seed, gateways=mutant.gateways, texters=0, callers=0,
               per_second=mutant.per_second, **(settings if mutated else {})) as world:
        world.patience = 8.0 if mutated else 45.0
        mutant.scene(world)
        found = world.findings()
        if found and not mutated:
            tell(world, found)
        return found


def judged(options, mutant, controls):
    """What was missed. A scene that two mutants share needs its control once."""
    missed = []
    if (mutant.scene, mutant.gateways) not in controls:
        controls.add((mutant.scene, mutant.gateways))
        missed += [f"{mutant.code} without its bug: {finding}" for finding in played(options, mutant, False)]
    found = played(options, mutant, True)
    named = [finding for finding in found if finding.startswith(mutant.invariant + " ")]
    print(f"{mutant.code} {mutant.bug or ' '.join(mutant.arguments)}: {'killed by ' + mutant.invariant if named else 'MISSED'}, "
          f"{len(found)} findings, e.g. {(named or found or ['none'])[0]}", flush=True)
    return missed + ([] if named else [f"not named by {mutant.invariant}: {mutant.code} {mutant.bug}: {found[:3]}"])


def main():
    options = mixed_options(__doc__, only=os.environ.get("RL_CHAOS_ONLY", ""))
    started = time.monotonic()
    missed, controls = [], set()
    chosen = [one for one in MUTANTS if not options.only or one.code in options.only.split(",")]
    for mutant in chosen:
        missed += judged(options, mutant, controls)
    for mended in MENDED:
        if not options.only or mended.code in options.only.split(","):
            missed += [f"{mended.code}: {finding}" for finding in played(options, mended, False)]
    print(f"{len(chosen)} mutants, {len(controls)} scenes without a bug, {time.monotonic() - started:.0f} s")
    return verdict(missed, "MISSED")


if __name__ == "__main__":
    sys.exit(main())
