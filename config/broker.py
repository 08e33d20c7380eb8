"""Kombu's filesystem transport, made safe for two processes at once: a reader never sees half a message."""

import os
import time
import uuid
from pathlib import Path
from queue import Empty

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Writes a message under another name first and takes one by renaming it inside the same folder."""

    def __init__(self, *args, **kwargs) -> None:
        """Make the folders, which only their owner may read."""
        super().__init__(*args, **kwargs)
        for folder in (Path(self.data_folder_in), self.control_folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _put(self, queue: str, payload: dict, **_kwargs) -> None:
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        target = Path(self.data_folder_out) / name
        draft = target.with_suffix(".draft")
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.rename(target)

    def _get(self, queue: str) -> dict:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f"{name}.taken"
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another thread was faster
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(text)
        raise Empty


class Transport(filesystem.Transport):
    """Named by CELERY_BROKER_TRANSPORT when no Redis is given."""

    Channel = Channel
