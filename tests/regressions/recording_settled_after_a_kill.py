"""A server killed between erasing the provider's copy of a recording and noting so must not fetch it again.

The copy is gone: it was answered 404 for ever, the report stayed "on its way" and was tried again without end. What lies
sealed on our disk is held, whoever put it there.
"""
import os
import random
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
from kills_test import options_of  # noqa: E402
from provider import RecordingProvider  # noqa: E402
from victim import Victim, keys_of, step_of  # noqa: E402


def main():
    options = options_of(__doc__).parse_args()
    folder = os.path.join(options.folder, "recording")
    shutil.rmtree(folder, ignore_errors=True)
    victim = Victim(options.binary, options.source, folder)
    provider = RecordingProvider(victim.api_base_port)
    call = {"from": "+15555000001", "call": "CA1"}
    try:
        victim.start()
        body = victim.post("/hooks/demo/voice", call)[1]
        for keys in ("1", "2", "2", "1"):
            body = victim.post(step_of(body), {**call, "keys": keys})[1]
        victim.stop()
        victim.start("after_erase:1")
        provider.keep("RE1", random.Random(1))
        recorded = {"recorded": {"id": "RE1", "seconds": 7, "url": provider.url("RE1")}}
        step = step_of(body)
        victim.post(step, {**call, **recorded})
        victim.bury()
        victim.start()
        body = victim.post(step, {**call, **recorded})[1]  # the provider's retry: where is the call?
        until = time.monotonic() + 8
        while asked(provider, "DELETE") < 2 and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)  # the note that all is done
        heard = keys_of(victim.post(step_of(body), {**call, "keys": "1"})[1])
    finally:
        victim.stop()
        provider.close()
    print(provider.asked, heard)
    fetched_once = asked(provider, "GET") == 1
    return 0 if fetched_once and "hotline.saved.say" in heard else 1


def asked(provider, method):
    """How often, of the recording; whether it was there or not."""
    return [one[:2] for one in provider.asked].count((method, "RE1"))


if __name__ == "__main__":
    sys.exit(main())
