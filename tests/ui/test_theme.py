"""The theme, wherever the program lies."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from agent_app.system.paths import resources
from agent_app.ui.widgets.theme import Theme


@pytest.mark.parametrize(
    "name", ["desk", "Followup Desk", "Zoé Müller", "O'Brien (x86)", 'a "desk" \\ of mine', "机"]
)
def test_the_style_is_read_whole_in_every_folder(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    if "\\" in name and tmp_path.drive:
        pytest.skip("no such folder on Windows")
    place = tmp_path / name / "resources"
    shutil.copytree(resources(), place)
    sheet, palette = qapp.styleSheet(), qapp.palette()
    try:
        Theme(qapp, place, "light")
        # What stands behind the last drawing that the sheet names is in effect, too.
        qapp.setStyleSheet(qapp.styleSheet() + "\nQPushButton { min-width: 333px; }")
        button = QPushButton("Save")
        button.ensurePolished()
        assert button.sizeHint().width() >= 333
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)
