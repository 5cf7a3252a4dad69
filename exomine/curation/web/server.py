"""The curation page served on this machine alone, until it is interrupted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import uvicorn

from exomine.curation.originals import Originals
from exomine.curation.review import Review
from exomine.curation.web.app import make_app
from exomine.curation.web.guard import new_token
from exomine.errors import UsageError
from exomine.vocabulary.lookup import shipped_lookup

__all__ = ["HOST", "serve"]

HOST = "127.0.0.1"


def serve(review: Review, originals: Originals, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; ``ready`` is called with the address. Port 0 is any that is free.

    Raises :class:`UsageError` where the port is taken.
    """
    with _listening(port) as listener:
        port = listener.getsockname()[1]
        app = make_app(review, originals, token=new_token(), port=port)
        config = uvicorn.Config(app, log_level="error", lifespan="off", server_header=False, access_log=False)
        threading.Thread(target=shipped_lookup, daemon=True).start()  # ready when the first name is looked up
        ready(f"http://{HOST}:{port}/")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror or error}); give another one, or --port 0."
        ) from None
    listener.listen(64)
    return listener
