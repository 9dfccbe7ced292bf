"""Whose desk it is: the company's name in the status line, its people in the settings."""

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from agent_app.domain.errors import ExternalError, StoreError
from agent_app.features.context import AppContext
from agent_app.models.commands import Commands

if TYPE_CHECKING:
    from agent_app.ui.settings.dialog import SettingsDialog

log = logging.getLogger(__name__)


class CompanyDetails(QObject):
    """Serves one account, until `close`. Where the server does not tell, nothing is missed."""

    def __init__(self, context: AppContext, commands: Commands) -> None:
        super().__init__()
        self._context, self._commands = context, commands
        self._works: list[asyncio.Task[None]] = []
        self._is_asked = False
        context.status.changed.connect(self._on_status)

    def close(self) -> None:
        """Ask no more."""
        self._context.status.changed.disconnect(self._on_status)
        for work in self._works:
            work.cancel()
        self._works.clear()

    def offer_names(self, dialog: "SettingsDialog") -> None:
        """Let a person choose their name from the company's people."""
        self._works.append(self._context.tasks.start(self._offer_names(dialog)))

    def _on_status(self) -> None:
        if self._is_asked or self._context.status.state.last_refresh is None:
            return
        self._is_asked = True
        self._works.append(self._context.tasks.start(self._show_name()))

    async def _show_name(self) -> None:
        company = self._commands.company
        try:
            name = await company.name() if company is not None else ""
        except (ExternalError, StoreError) as error:
            log.info("the company's name was not read: %s", type(error).__name__)
            return
        self._context.window.show_company(name)

    async def _offer_names(self, dialog: "SettingsDialog") -> None:
        company = self._commands.company
        try:
            users = await company.users() if company is not None else []
        except (ExternalError, StoreError) as error:
            log.info("the company's people were not read: %s", type(error).__name__)
            return
        if users and isValid(dialog):
            dialog.offer_names([user.name for user in users])
