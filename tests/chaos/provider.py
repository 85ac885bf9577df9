"""The provider's side of recordings: keeps them until it is told to delete them."""
import http.server
import threading


class RecordingProvider:
    def __init__(self, port):
        self.recordings, self.erased, self.lock = {}, set(), threading.Lock()
        self.port, self.asked = port, []  # (method, recording, was it there) of every request
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                name = self.path.rsplit("/", 1)[1]
                outer.asked.append(("GET", name, name in outer.recordings))
                self.answer(outer.recordings.get(name))

            def do_DELETE(self):
                name = self.path.rsplit("/", 1)[1]
                outer.asked.append(("DELETE", name, name in outer.recordings))
                with outer.lock:
                    known = outer.recordings.pop(name, None) is not None
                    outer.erased.add(name)
                self.answer(b"" if known else None)

            def answer(self, body):
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                try:
                    self.end_headers()
                    self.wfile.write(body or b"")
                except OSError:
                    self.close_connection = True  # the server died while it asked

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, name, random):
        sound = b"RIFF" + (2004).to_bytes(4, "little") + b"WAVE" + random.randbytes(2000)
        with self.lock:
            self.recordings[name] = sound
        return sound

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/recordings/{name}"

    def left(self):
        with self.lock:
            return sorted(self.recordings)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
