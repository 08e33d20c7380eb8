"""How gunicorn serves the site; every value comes from the environment."""

import logging
import os
import socket
import struct

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
silence = int(os.environ.get("CLIENT_SILENCE_SECONDS", "20"))
"""So long a client may be silent in the middle of a request; it holds a thread, and there are few."""
keepalive = 5
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "0"))
max_requests_jitter = max_requests // 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True
proc_name = "sidakep"
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "core.redaction.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"silent": {"()": "config.gunicorn.NotOfSilentClients"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["silent"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}


class NotOfSilentClients(logging.Filter):
    """Drops what would be said of every client that fell silent: whoever wants to could fill the disk with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is said."""
        return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))


def when_ready(server) -> None:
    """Let reading from a client end when nothing comes; accepted sockets take this over from the listening one."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", silence, 0))


def on_starting(server) -> None:
    """Refuse to start several processes that could not share their counters."""
    if workers > 1 and not os.environ.get("REDIS_URL"):
        raise SystemExit("WEB_CONCURRENCY lebih dari satu memerlukan REDIS_URL.")
