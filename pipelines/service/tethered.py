"""A Prefect server that ends with whoever started it, however that dies: ``python -m pipelines.service.tethered PORT``.

Its standard input is a pipe that nobody writes to; when the other end is gone, it closes.
"""

import os
import signal
import sys
import threading

GRACE_SECONDS = 15.0


def end_with_starter() -> None:
    """Wait for the end of standard input, then stop this process in order, and if that takes too long, at once."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)


def main() -> None:
    """Run the server in this process."""
    from pipelines.service.server import HOST

    threading.Thread(target=end_with_starter, daemon=True).start()
    port = sys.argv[1]
    sys.argv[:] = ["prefect", "server", "start", "--host", HOST, "--port", port]
    from prefect.cli import app

    app()


if __name__ == "__main__":
    main()
