"""The file that a person may send to their IT department: the log and a checkup.

No store, no draft, no keyring entry, no setting that could be a secret goes in. The log has no
personal data by its own rule (tests/faults/test_matrix.py).
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agent_app.domain.errors import BadSetting

NOTE = """This file was made by Followup Desk, from Help > Create support bundle.
report.json  what was found on the computer: versions, settings, the state of the local data
log/         what the program wrote down
There is no debtor's data in it, and no password or token.
"""


def write_bundle(file: Path, report: Mapping[str, Any], log: Path) -> None:
    """Write the bundle, whole or not at all. Raises BadSetting if the place refuses."""
    temporary = file.with_name(file.name + ".new")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("README.txt", NOTE)
            packed.writestr("report.json", json.dumps(report, indent=1, ensure_ascii=False))
            for one in sorted(log.glob("agent-app.log*")):
                packed.write(one, f"log/{one.name}")
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadSetting(f"{file.name} cannot be written: {error.strerror}") from None
