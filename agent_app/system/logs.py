"""The log: rotated, without personal data, tokens or addresses with their query."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_BYTES = 2_000_000
FILES = 5


def start_log(folder: Path) -> None:
    """Write what the desk logs to `log/agent-app.log`; where that cannot be, to nowhere."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        (folder / "log").mkdir(mode=0o700, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "log" / "agent-app.log",
            maxBytes=MAX_BYTES,
            backupCount=FILES - 1,
            encoding="utf-8",
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    for name in ("httpx", "httpcore", "keyring", "qasync", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
