"""The recipe "How to add a field" of the architecture page, followed to the letter in a copy of the
sources: the new field is read, kept, compared, shown, typed, saved and sent, and nothing else is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import agent_app

ROOT = Path(agent_app.__file__).parent.parent
CHECK = Path(__file__).with_name("recipe_check.py")

Step = tuple[str, str, str]
"""A file, what is looked for in it, and what takes its place."""


def steps(field: str, python: str, wire: str, check: str, schema: str) -> list[Step]:
    """What the recipe asks for, for a field called `added`."""
    return [
        ("agent_app/domain/fields.py", ')\n"""Every field that PUT accepts,',
         f'    {field},\n)\n"""Every field that PUT accepts,'),
        ("agent_app/domain/followup.py", "    is_retry: bool | None = None\n",
         f"    is_retry: bool | None = None\n    added: {python} | None = None\n"),
        ("agent_app/api/wire.py", "    is_retry: FlagOrNone\n",
         f"    is_retry: FlagOrNone\n    added: {wire}\n"),
        ("agent_app/text/labels.py", '        NEXT_CALL: lambda: translate("Field", "Next call"),\n',
         '        "added": lambda: translate("Field", "Added by the recipe"),\n'
         '        NEXT_CALL: lambda: translate("Field", "Next call"),\n'),
        ("agent_app/sandbox/rules.py", '    "is_retry": _flag,\n',
         f'    "is_retry": _flag,\n    "added": {check},\n'),
        ("resources/openapi.yaml", "        is_retry: {type: boolean}\n",
         f"        is_retry: {{type: boolean}}\n        added: {schema}\n"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "recipe"),
    [
        (
            "moment",
            steps(
                'Field("added", Kind.MOMENT, call_detail=True)',
                "datetime",
                "MomentOrNone",
                "_or_null(_moment)",
                '{anyOf: [{$ref: "#/components/schemas/Moment"}, {type: "null"}]}',
            ),
        ),
        (
            "line",
            steps(
                'Field("added", Kind.LINE, call_detail=True)',
                "str",
                "TextOrNone",
                "_or_null(_text)",
                '{type: [string, "null"]}',
            ),
        ),
    ],
    ids=["moment", "line"],
)
def test_a_field_that_is_added_by_the_recipe_works(
    tmp_path: Path, kind: str, recipe: list[Step]
) -> None:
    for folder in ("agent_app", "resources"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    page = (ROOT / "resources/docs/architecture.md").read_text("utf-8")
    page = page.partition("## How to add a field")[2].partition("\n## ")[0]
    for name, old, new in recipe:
        assert f"`{name}`" in page or f"`{name.removeprefix('agent_app/')}`" in page, name
        file = tmp_path / name
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{name} has not what the recipe looks for"
        file.write_text(text.replace(old, new), "utf-8")
    # The copy comes first; libraries may lie on the path alone.
    path = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, str(CHECK), kind],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "works"
