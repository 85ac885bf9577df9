"""Sound as phones carry it: G.711 mu-law, 8,000 samples a second, one channel; and what of one sound is heard in another.

Decoded, it is 16 bits a sample, little-endian. Nothing on the way may change a sample, so a sound is heard where its samples are.
"""
import io
import struct
import wave

RATE = 8000
FRAME = 160              # samples of a packet, bytes of mu-law
QUIET = b"\xff" * FRAME  # zeros
PIECE = 400              # samples that are looked for in one piece
LOUD = 300               # of 32,124: below this nobody hears anything


def _level(code):
    code = ~code & 0xff
    size = ((((code & 15) << 3) + 132) << (code >> 4 & 7)) - 132
    return -size if code & 0x80 else size


_LEVELS = [_level(code) for code in range(256)]
_SAMPLES = [struct.pack("<h", level) for level in _LEVELS]
_IS_LOUD = bytes(abs(level) >= LOUD for level in _LEVELS)


def decoded(mulaw):
    return b"".join(_SAMPLES[code] for code in mulaw)


def is_loud(mulaw):
    return 1 in mulaw.translate(_IS_LOUD)


def trimmed(mulaw):
    """Without the silence at both ends, by whole packets; nothing where nothing was said."""
    loud = [at for at in range(0, len(mulaw), FRAME) if is_loud(mulaw[at:at + FRAME])]
    return mulaw[loud[0]:loud[-1] + FRAME] if loud else b""


def hum(seconds, half_wave=10):
    """A tone of 400 Hz, unless half a wave has another number of samples."""
    wave_form = b"\xa0" * half_wave + b"\x20" * half_wave
    return (wave_form * int(RATE * seconds / len(wave_form) + 1))[:int(RATE * seconds)]


def mulaw_of(wav):
    """What is in a WAV file of mu-law, which Python's own reader does not know. Raises ValueError."""
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        raise ValueError("this is no WAV file")
    at, chunks = 12, {}
    while at + 8 <= len(wav):
        size = int.from_bytes(wav[at + 4:at + 8], "little")
        chunks[wav[at:at + 4]] = wav[at + 8:at + 8 + size]
        at += 8 + size + (size & 1)
    form = struct.unpack("<HHI", chunks[b"fmt "][:8])
    if form != (7, 1, RATE):
        raise ValueError(f"this is not mu-law of one channel at {RATE} Hz, but {form}")
    return chunks[b"data"]


def wav_of(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples)
    return file.getvalue()


def samples_of(wav):
    with wave.open(io.BytesIO(wav)) as file:
        form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        if form != (1, 2, RATE):
            raise ValueError(f"this is not 16 bits of one channel at {RATE} Hz, but {form}")
        return file.readframes(file.getnframes())


def loudest(samples):
    return max(map(abs, struct.unpack(f"<{len(samples) // 2}h", samples)), default=0)


def heard(sound, whole, begin=0, end=None):
    """(how much of a sound, 0 to 1, stands in another, in order, between two samples of it; where the last of it ends).

    By pieces, so that a packet that was lost costs a piece. Silent pieces are everywhere and do not count; the last piece
    overlaps the one before. Both are decoded. A sound without anything to be heard: (1, begin)."""
    last, most = len(sound) - 2 * PIECE, len(whole) if end is None else 2 * end
    starts = [*range(0, max(last, 0), 2 * PIECE), max(last, 0)]
    asked = found = 0
    at = ends = 2 * max(begin, 0)
    for start in starts:
        piece = sound[start:start + 2 * PIECE]
        if loudest(piece) < LOUD:
            continue
        asked += 1
        place = whole.find(piece, at, most)
        while place > 0 and place % 2:  # the second half of one sample and the first of the next
            place = whole.find(piece, place + 1, most)
        if place >= 0:
            found, at, ends = found + 1, place, place + len(piece)
    return (found / asked if asked else 1.0), ends // 2
