"""Opens what a link points to: first a look at where it leads, then it is opened."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from agent_app.domain.links import host_of, is_safe_link
from agent_app.ui.widgets.announce import announce

translate = QCoreApplication.translate

CLIPBOARD_MS = 60_000


def link_menu(parent: QWidget, link: str) -> QMenu:
    """Return a menu that names the host and opens or copies *link*; only https can be opened."""
    menu = QMenu(parent)
    if is_safe_link(link):
        text = translate("Links", "Open {host}").format(host=host_of(link))
        menu.addAction(text.replace("&", "&&")).triggered.connect(
            lambda: QDesktopServices.openUrl(QUrl(link))
        )
    else:
        menu.addAction(translate("Links", "This is no https link: it is not opened")).setEnabled(
            False
        )
    copy = menu.addAction(translate("Links", "Copy the link"))
    copy.triggered.connect(lambda: copy_text(parent, link))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def show_link_menu(button: QWidget, link: str) -> None:
    """Drop the menu of a link down below *button*."""
    menu = link_menu(button, link)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    first = next((action for action in menu.actions() if action.isEnabled()), None)
    if first is not None:
        menu.setActiveAction(first)


def copy_text(widget: QWidget, text: str) -> None:
    """Put a text on the clipboard, and say so. It is a debtor's: after a minute it goes again, unless
    something else was copied since."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)
    QTimer.singleShot(CLIPBOARD_MS, clipboard, partial(_take_off, text))
    announce(widget, translate("Links", "Copied."))


def _take_off(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()
