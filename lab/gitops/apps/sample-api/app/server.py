"""sample-api: says which version it is, and finishes what is in flight before it stops."""

import json
import os
import signal
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from version import VERSION

POD = os.environ.get("POD_NAME", socket.gethostname())
# The release that the chart deployed this pod as: analysis compares it with what the code says.
RELEASE = os.environ.get("RELEASE", VERSION)

PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>sample-api</title></head>
<body><h1>sample-api</h1><p>Version <strong>{VERSION}</strong></p></body>
</html>
"""

ANSWERS = {
    "/": ("text/html; charset=utf-8", PAGE),
    "/version": ("application/json", json.dumps({"version": VERSION, "release": RELEASE, "pod": POD})),
    "/healthz": ("text/plain", "ok"),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one write: apart, Nagle's algorithm and delayed acknowledgements
    # cost 40 ms a request.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        content_type, body = ANSWERS.get(self.path.partition("?")[0], (None, "not found"))
        status = 200 if content_type else 404
        if self.server.draining:
            self.close_connection = True
        payload = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type or "text/plain")
        self.send_header("Content-Length", str(len(payload)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(payload)

    def setup(self):
        super().setup()
        self.server.opened(self.connection)

    def finish(self):
        self.server.closed(self.connection)
        super().finish()

    def log_message(self, *args):
        """One line a request would be all that the log holds."""


class Server(ThreadingHTTPServer):
    # Both together make server_close wait for the requests in flight.
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, address):
        super().__init__(address, Handler)
        self.draining = False
        self._connections = set()
        self._lock = threading.Lock()

    def opened(self, connection):
        with self._lock:
            self._connections.add(connection)
            if self.draining:
                self._end_reading(connection)

    def closed(self, connection):
        with self._lock:
            self._connections.discard(connection)

    def drain(self):
        """Stops accepting. Connections that wait for a next request end; a request that is being
        answered is answered."""
        with self._lock:
            self.draining = True
            for connection in self._connections:
                self._end_reading(connection)
        self.shutdown()

    @staticmethod
    def _end_reading(connection):
        try:
            connection.shutdown(socket.SHUT_RD)
        except OSError:
            pass  # the client was quicker


def main():
    server = Server(("", int(os.environ.get("PORT", "8080"))))
    # shutdown() waits for serve_forever, which runs in the thread that signals interrupt.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.drain).start())
    server.serve_forever(poll_interval=0.1)
    server.server_close()


if __name__ == "__main__":
    main()
