"""A virtual power cut: what Redis wrote to its append-only file and did not fsync is cut off, and what the server wrote into
its spool and did not sync is taken back.

synced_sizes.c, preloaded into both, notes the size of each file that was fsynced, and what stood in the spool before.
"""
import os
import shutil
import struct


def wrap_redis(folder, arguments=""):
    """A folder for the front of PATH: its redis-server is the real one with our shim in it."""
    wrapper = os.path.join(folder, "wrapper")
    os.makedirs(wrapper, exist_ok=True)
    os.makedirs(os.path.join(folder, "synced"), exist_ok=True)
    path = os.path.join(wrapper, "redis-server")
    with open(path, "w") as script:
        script.write(f'#!/bin/sh\nLD_PRELOAD="$RL_CUT_SHIM" exec {shutil.which("redis-server")} "$@" {arguments}\n')
    os.chmod(path, 0o755)
    return wrapper


def cut(folder, synced, pid):
    """Cuts the growing files to what is known to be on the disk. Returns how many bytes were lost."""
    while os.path.exists(f"/proc/{pid}/exe"):
        pass  # not quite dead yet
    lost = 0
    for name in os.listdir(folder):
        if not name.endswith(".incr.aof"):
            continue
        path, note, size = os.path.join(folder, name), os.path.join(synced, name), 0
        if os.path.exists(note):
            with open(note) as noted:
                size = int(noted.read() or 0)
        held = os.path.getsize(path)
        if size < held:
            os.truncate(path, size)
            lost += held - size
    return lost


def undo(path, synced):
    """Takes back what was written into a file of fixed size since its last sync. Returns how many bytes."""
    notes, taken = os.path.join(synced, os.path.basename(path) + ".undo"), []
    if not os.path.exists(notes):
        return 0
    with open(notes, "rb") as noted:
        while len(head := noted.read(16)) == 16:
            offset, length = struct.unpack("<QQ", head)
            old = noted.read(length)
            if len(old) == length:  # else it died before it wrote
                taken.append((offset, old))
    with open(path, "r+b") as file:
        for offset, old in reversed(taken):
            file.seek(offset)
            file.write(old)
    os.truncate(notes, 0)
    return sum(len(old) for _, old in taken)
