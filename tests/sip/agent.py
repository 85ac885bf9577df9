"""Agent: a SIP user agent that is called, over UDP on loopback (RFC 3261, as much of it as a call needs), by several at once if they like.

    agent.await_invite()  ->  Dialog: who calls whom, where their sound goes; ring(), answer(port), bye(), ended
"""
import queue
import re
import secrets
import threading

from media import EVENTS, PCMU, udp_socket

ALLOW = "INVITE, ACK, BYE"
HARD_ENDING = 8.0  # seconds in which the other side must confirm an answer


class Message:
    """A request or a response; header names in small letters, the first of each counts but for Via."""

    def __init__(self, data):
        head, _, self.body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
        self.first, self.headers, self.vias = lines[0], {}, []
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            self.headers.setdefault(name, value.strip())
            if name == "via":
                self.vias.append(value.strip())

    @property
    def method(self):
        return self.first.split(" ")[0]

    def number_in(self, header):
        """The phone number, or whatever stands before the @."""
        return re.search(r"sips?:([^@>;]+)@", self.headers[header]).group(1)


def sdp(port):
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {port} RTP/AVP {PCMU} {EVENTS}",
             f"a=rtpmap:{PCMU} PCMU/8000", f"a=rtpmap:{EVENTS} telephone-event/8000", f"a=fmtp:{EVENTS} 0-15", "a=ptime:20", "a=sendrecv"]
    return "\r\n".join(lines) + "\r\n"


class Dialog:
    def __init__(self, agent, invite, peer):
        self.agent, self.invite, self.peer = agent, invite, peer
        self.tag, self.answered = secrets.token_hex(6), None
        self.confirmed, self.ended = threading.Event(), threading.Event()
        self.on_end = lambda: None

    @property
    def id(self):
        return self.invite.headers["call-id"]

    def sound_of_theirs(self):
        """(address, port) from what they offered. Raises ValueError when that is nothing that we speak, or not of this machine."""
        address = re.search(r"^c=IN IP4 (\S+)", self.invite.body, re.M)
        audio = re.search(r"^m=audio (\d+) RTP/AVP (.+)$", self.invite.body, re.M)
        offered = audio.group(2).split() if audio else []
        if not address or address.group(1) != "127.0.0.1" or str(PCMU) not in offered or str(EVENTS) not in offered:
            raise ValueError("this offer is not PCMU with keys from this machine:\n" + self.invite.body)
        return address.group(1), int(audio.group(1))

    def ring(self):
        self.agent.respond(self.invite, self.peer, "100 Trying")
        self.agent.respond(self.invite, self.peer, "180 Ringing", self.tag)

    def answer(self, port):
        """Until they have confirmed it; it is sent again until then, as UDP wants it."""
        self.answered = sdp(port)
        for _ in range(int(HARD_ENDING / 0.5)):
            self.say_answer()
            if self.confirmed.wait(0.5) or self.ended.is_set():
                return
        raise RuntimeError("nobody confirmed that the call was answered")

    def say_answer(self):
        self.agent.respond(self.invite, self.peer, "200 OK", self.tag, self.answered)

    def bye(self):
        """From our side. Whether they confirm it is theirs."""
        if self.ended.is_set():
            return
        target = re.search(r"<([^>]+)>", self.invite.headers["contact"]).group(1)
        ours, theirs = self.invite.headers["to"] + ";tag=" + self.tag, self.invite.headers["from"]
        lines = [f"BYE {target} SIP/2.0", f"Via: SIP/2.0/UDP 127.0.0.1:{self.agent.port};branch=z9hG4bK{secrets.token_hex(8)};rport",
                 "Max-Forwards: 70", f"From: {ours}", f"To: {theirs}", f"Call-ID: {self.id}", "CSeq: 1 BYE", "Content-Length: 0"]
        self.agent.send(lines, "", self.peer)
        self.end()

    def end(self):
        self.ended.set()
        self.on_end()


class Agent:
    def __init__(self):
        self.wire = udp_socket()
        self.port = self.wire.getsockname()[1]
        self.invited, self.dialogs, self.closed = queue.Queue(), {}, False
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def close(self):
        self.closed = True
        self.thread.join(5)
        self.wire.close()

    def await_invite(self, seconds):
        try:
            return self.invited.get(timeout=seconds)
        except queue.Empty:
            raise RuntimeError(f"nobody called within {seconds} s") from None

    def send(self, lines, body, peer):
        self.wire.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), peer)

    def respond(self, request, peer, status, tag="", body=""):
        headers = request.headers
        lines = [f"SIP/2.0 {status}", *(f"Via: {via}" for via in request.vias), f"From: {headers['from']}",
                 f"To: {headers['to']}" + (f";tag={tag}" if tag else ""), f"Call-ID: {headers['call-id']}", f"CSeq: {headers['cseq']}",
                 f"Contact: <sip:127.0.0.1:{self.port}>", f"Allow: {ALLOW}"]
        if body:
            lines.append("Content-Type: application/sdp")
        self.send([*lines, f"Content-Length: {len(body)}"], body, peer)

    def _listen(self):
        while not self.closed:
            try:
                data, peer = self.wire.recvfrom(65536)
            except (TimeoutError, ConnectionError):
                continue
            message = Message(data)
            if not message.first.startswith("SIP/2.0"):
                self._take(message, peer)

    def _take(self, request, peer):
        mine = self.dialogs.get(request.headers.get("call-id"))
        if request.method == "INVITE" and not mine:
            dialog = self.dialogs[request.headers["call-id"]] = Dialog(self, request, peer)
            dialog.ring()
            self.invited.put(dialog)
        elif request.method == "INVITE" and mine.answered:  # our answer was lost
            mine.say_answer()
        elif request.method == "ACK" and mine:
            mine.confirmed.set()
        elif request.method == "BYE" and mine:
            self.respond(request, peer, "200 OK")
            mine.end()
        elif request.method not in ("INVITE", "ACK"):
            self.respond(request, peer, "405 Method Not Allowed")
