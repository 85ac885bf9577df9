"""A TCP proxy that hurts what goes through it. A process of its own, steered by lines of JSON:

    netfault.py                                  says {"ready": true}, then obeys
    {"route": "a", "to": ["tcp:4711", "unix:/x"]}   opens a route; answers {"port": N}
    {"route": "a", "mode": {…}}                     how it behaves from now on; {} heals it
    {"route": "a", "reset": true}                   RST to both ends of every connection

mode: delay and jitter in seconds for each piece · rate in bytes a second · blackhole (nothing passes, nothing is lost:
it comes through when it is healed) · half_open (the far end is gone and nobody said so: such a connection stays dead)
· refuse (a new connection is ended at once) · cut (after so many bytes of answers the connection breaks, once)
· stall ("up" or "down": one direction is a blackhole).

A route with several ends takes one of them at random, and another when that one does not answer.
Must never: listen anywhere but on 127.0.0.1. Threading: one loop.
"""
import asyncio
import json
import random
import socket
import struct
import sys

PIECE = 16384


class Route:
    def __init__(self, ends):
        self.ends, self.mode, self.links = ends, {}, set()
        self.changed = asyncio.Event()

    def set_mode(self, mode):
        self.mode = mode
        self.changed.set()
        self.changed = asyncio.Event()
        if mode.get("half_open"):
            for link in self.links:
                link.dead = True

    def stalled(self, down):
        return self.mode.get("blackhole") or self.mode.get("stall") == ("down" if down else "up")

    async def let_through(self, size, down):
        mode = self.mode
        if mode.get("delay") or mode.get("jitter"):
            await asyncio.sleep(mode.get("delay", 0) + random.random() * mode.get("jitter", 0))
        if mode.get("rate"):
            await asyncio.sleep(size / mode["rate"])
        while self.stalled(down):
            await self.changed.wait()

    async def connect(self):
        for end in random.sample(self.ends, len(self.ends)):
            kind, place = end.split(":", 1)
            try:
                if kind == "unix":
                    return await asyncio.open_unix_connection(place)
                return await asyncio.open_connection("127.0.0.1", int(place))
            except OSError:
                continue
        return None

    async def serve(self, reader, writer):
        link = Link(self, writer)
        self.links.add(link)
        try:
            await link.run(reader)
        finally:
            self.links.discard(link)


class Link:
    """One connection and its way on."""

    def __init__(self, route, near):
        self.route, self.near, self.far, self.dead = route, near, None, bool(route.mode.get("half_open"))

    async def run(self, reader):
        if self.route.mode.get("refuse"):
            return self.reset()
        while self.route.stalled(False) and not self.dead:
            await self.route.changed.wait()
        ends = None if self.dead else await self.route.connect()
        if ends is None and not self.dead:
            return self.reset()
        pumps = [self.pump(reader, None, False)] if self.dead else \
            [self.pump(reader, ends[1], False), self.pump(ends[0], self.near, True)]
        self.far = None if self.dead else ends[1]
        await asyncio.gather(*pumps)

    async def pump(self, reader, writer, down):
        try:
            while piece := await reader.read(PIECE):
                await self.route.let_through(len(piece), down)
                if self.dead:
                    continue
                if down and not self.whole(piece):
                    return
                writer.write(piece)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        if not self.dead or not down:  # the far end of a dead one goes unheard
            self.close()

    def whole(self, piece):
        """Breaks the connection when what may still pass is used up."""
        left = self.route.mode.get("cut")
        if left is None or left >= len(piece):
            if left is not None:
                self.route.mode["cut"] = left - len(piece)
            return True
        del self.route.mode["cut"]
        self.near.write(piece[:left])
        self.close()
        return False

    def close(self):
        for writer in (self.near, self.far):
            if writer is not None:
                writer.close()

    def reset(self):
        for writer in (self.near, self.far):
            wire = writer and writer.get_extra_info("socket")
            if wire is not None and wire.fileno() >= 0 and wire.family == socket.AF_INET:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if writer is not None:
                writer.transport.abort()


async def obey(routes, wish):
    name = wish["route"]
    if "to" in wish:
        routes[name] = Route(wish["to"])
        server = await asyncio.start_server(routes[name].serve, "127.0.0.1", wish.get("port", 0))
        return {"port": server.sockets[0].getsockname()[1]}
    if "mode" in wish:
        routes[name].set_mode(wish["mode"])
    if wish.get("reset"):
        [link.reset() for link in list(routes[name].links)]
    return {"done": True}


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)  # connections break here; that is what it is for
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    routes = {}
    print('{"ready": true}', flush=True)
    while line := await reader.readline():
        print(json.dumps(await obey(routes, json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
