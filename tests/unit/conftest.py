"""One application for all: whoever comes first would make a smaller one than others need."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True, scope="session")
def _one_application(qapp: QApplication) -> QApplication:
    return qapp
