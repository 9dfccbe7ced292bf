"""Nothing that the first paint does without is imported before it: each of these takes 3 to 50 ms."""

from pathlib import Path

from tests.benchmarks.filled import fill_sandbox_account
from tests.benchmarks.starting import run

LATER = {
    "pydantic", "pydantic_core", "httpx", "anyio", "phonenumbers", "anyascii", "nats", "keyring",
    "ctypes", "difflib", "email", "csv", "importlib_metadata", "xlsxwriter", "platformdirs",
}  # fmt: skip


def test_what_a_start_imports_before_the_first_row(tmp_path: Path) -> None:
    fill_sandbox_account(tmp_path, 200)
    said, _ = run(
        "tests.benchmarks.desk_process", "desktop", "--sandbox", AGENT_APP_DATA_DIR=str(tmp_path)
    )
    assert "agent_app" in said["libraries"]
    assert LATER.isdisjoint(said["libraries"])
