"""The doctor command: looks at everything that the desk needs here, and says it in plain words."""

import asyncio
import json
import os
import sys

from agent_app.config.account import account_for
from agent_app.config.environment import take_environment
from agent_app.config.layers import configure, from_environment
from agent_app.config.people import People
from agent_app.diagnostics.checks import (
    CheckResult,
    CheckupTarget,
    examine,
    report,
    told_settings,
    worst,
)
from agent_app.diagnostics.grade import Grade
from agent_app.domain.errors import BadSetting
from agent_app.system.dumps import keep_no_dumps
from agent_app.system.paths import data_dir, private_folder
from agent_app.system.secrets import Keyring

SIGNS = {Grade.FINE: "ok", Grade.WARNING: "warning", Grade.ERROR: "ERROR"}


def doctor(*, as_json: bool = False) -> int:
    """Print the findings. Returns 0 where all is fine, 1 for a warning, 2 for an error."""
    keep_no_dumps()
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")  # its own search for sound
    environment = take_environment()
    try:
        folder = private_folder(data_dir(environment))
        configuration = configure(folder, environment=environment)
        given = from_environment(environment, configuration)
        account = People(folder).resume(account_for(configuration.settings, given, sandbox=False))
    except BadSetting as error:
        return _give_up("settings", str(error), as_json)
    except OSError as error:
        return _give_up("data folder", f"it cannot be used: {error.strerror}", as_json)
    patient = CheckupTarget(folder, configuration, account, Keyring())
    findings = asyncio.run(examine(patient))
    if as_json:
        print(json.dumps(report(patient, findings), ensure_ascii=False))
    else:
        for one in findings:
            _print(one)
        print("\nSettings:")
        for row in told_settings(configuration):
            print(f"  {row['name']:20} {row['value']!r:40.60} {row['source']}")
    return int(worst(findings))


def _give_up(subject: str, words: str, as_json: bool) -> int:
    finding = CheckResult(subject, Grade.ERROR, words)
    if as_json:
        report = [{"subject": subject, "grade": "error", "words": words}]
        print(json.dumps({"worst": "error", "findings": report}, ensure_ascii=False))
    else:
        _print(finding)
        print("Nothing else was looked at.", file=sys.stderr)
    return int(Grade.ERROR)


def _print(one: CheckResult) -> None:
    print(f"{SIGNS[one.grade]:8} {one.subject:12} {one.words}")
