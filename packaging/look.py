"""Prints what the sandbox account's store in a data folder holds, as one line of JSON: look.py FOLDER.

How many followups, whether the list was read whole, the IDs of the first calls, what is typed.

For the scripts that verify packages. It reads a copy: the window that holds the store goes on.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from agent_app.store.database import Key
from agent_app.store.store import Store

FIRST = 3


def main(folder: Path) -> None:
    """Print it. The sandbox's key is no secret: its data is made up."""
    with tempfile.TemporaryDirectory() as scratch:
        for file in folder.glob("sandbox.store*"):
            if file.is_file():
                shutil.copy(file, scratch)
        store = Store(
            Path(scratch) / "sandbox.store",
            Key(hashlib.sha256(b"followup desk sandbox").digest()),
        )
        rows = dict(store.carrying.snapshot())
        said = {
            "followups": store.followups.count(),
            "loaded": any(row["name"] == "loaded_at" for row in rows["state"]),
            "ids": [row["id"] for row in rows["followup"] if row["type"] == "call"][:FIRST],
            "drafts": [row["changes"] for row in rows["draft"]],
        }
        store.close()
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
