"""Models are QObjects: they want an application, and no window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from tests.unit.models.desk import FormDesk


@pytest.fixture(autouse=True)
def application(qapp: QCoreApplication) -> QCoreApplication:
    return qapp


@pytest.fixture
def desk() -> Iterator[FormDesk]:
    """Models with one debt and one call to be made, which is not open yet."""
    made = FormDesk()
    made.debt()
    made.followup()
    yield made
    made.close()
