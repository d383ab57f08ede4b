"""The health address: whether nights are well, for whoever asks over HTTP on this machine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HOST = "127.0.0.1"
PATH = "/health"

Look = Callable[[], list[str]]
"""Gives what is wrong, in Chinese; nothing where all is well."""


@contextmanager
def health_address(port: int, look: Look) -> Iterator[int]:
    """Answer ``/health`` while the context lasts: 200, or 503 with what is wrong. Gives the port (0: any free one)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with what is wrong; any other path is not there."""
            if self.path != PATH:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            troubles = look()
            said = json.dumps({"ok": not troubles, "troubles": troubles}, ensure_ascii=False).encode()
            self.send_response(HTTPStatus.SERVICE_UNAVAILABLE if troubles else HTTPStatus.OK)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each question."""

    server = ThreadingHTTPServer((HOST, port), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
