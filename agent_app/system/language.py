"""The language of the words and the locale of dates and numbers."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

NAME = "followup-desk"


def set_language(app: QCoreApplication, resources: Path, choice: str) -> str:
    """Install translations and the default locale; returns the language, "en" or "fr".

    *choice* is "system", "en" or "fr". Where the system's locale speaks the language, its own way
    with dates and numbers is kept (fr_CH stays fr_CH).
    """
    system = QLocale.system()
    of_system = "fr" if system.language() == QLocale.Language.French else "en"
    language = of_system if choice == "system" else choice
    code = system.name()[:2]
    if choice == "system" or code == language:
        QLocale.setDefault(system)
    else:
        QLocale.setDefault(QLocale("fr_FR" if language == "fr" else "en_GB"))
    if language != "en":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, where in ((NAME, resources / "translations"), ("qtbase", Path(folder))):
            _install(app, f"{name}_{language}", where)
    else:
        _install(app, f"{NAME}_en", resources / "translations")
    return language


def _install(app: QCoreApplication, name: str, folder: Path) -> None:
    translator = QTranslator(app)
    if translator.load(name, str(folder)):
        app.installTranslator(translator)
