"""A virtual power cut: what Redis wrote to its append-only file and did not fsync is cut off.

synced_sizes.c, preloaded into redis-server, notes the size of each file that was fsynced.
"""
import os
import shutil


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
