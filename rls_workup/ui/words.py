"""The window's own words in the language in use: `say` for what is shown anew, `told` for what stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from rls_workup.domain.respelling import Respelling
from rls_workup.domain.wording import ENGLISH, Untold, Wording, wording_from
from rls_workup.errors import Sentence, WorkupError
from rls_workup.resources import folder, read_words, spelling_of, spellings

SYSTEM: Final = "system"
WINDOW: Final = "window"
_NAMES_ALL: Final = "de"  # any translation names all the English that there is


def window_languages() -> dict[str, str]:
    """The languages that the window can be shown in, each by its own name, English first."""
    spelt = {code: str(spelling_of(code)["name"]) for code in spellings()}
    others = {code: str(read_words(f"{code}.toml")["name"]) for code in _translated()}
    return {ENGLISH.language: "English (UK)", **spelt, **others}


def _translated() -> list[str]:
    return sorted(path.stem for path in folder("words", WINDOW).glob("*.toml"))


def window_wording_of(language: str) -> Wording:
    """The words of a language with those that only the window says."""
    spelling = Respelling(spelling_of(language))
    spoken = _NAMES_ALL if spelling else language
    documents = (read_words(f"{spoken}.toml"), read_words(WINDOW, f"{spoken}.toml"))
    return spelling.wording(language, *documents) if spelling else wording_from(language, *documents)


class Words(QObject):
    """The words in use; `changed` tells that they are in another language than before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wording = ENGLISH
        self._of_qt: QTranslator | None = None

    @property
    def wording(self) -> Wording:
        """What is said in the language in use."""
        return self._wording

    @property
    def language(self) -> str:
        """The code of the language in use."""
        return self._wording.language

    def choose(self, language: str) -> None:
        """Speak another language at once; “system” is the desktop's, English where it has no words here."""
        code = language_of_desktop() if language == SYSTEM else language
        if code not in (*_translated(), *spellings()):
            code = ENGLISH.language
        if code != self.language:
            self._wording = ENGLISH if code == ENGLISH.language else window_wording_of(code)
            self._translate_qt(code)
            self.changed.emit()

    def _translate_qt(self, code: str) -> None:
        """Qt's own buttons and dialogs follow."""
        app = QCoreApplication.instance()
        if app is None:
            return
        if self._of_qt is not None:
            app.removeTranslator(self._of_qt)
            self._of_qt = None
        translator = QTranslator(self)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if code != ENGLISH.language and translator.load(f"qtbase_{code}", where):
            app.installTranslator(translator)
            self._of_qt = translator


def language_of_desktop() -> str:
    """The code of the desktop's language, such as `de` or `en-US`."""
    name = QLocale.system().name()
    code = name.replace("_", "-")
    return code if code in spellings() else name.split("_")[0]


current: Final = Words()


def say(english: str, **values: object) -> str:
    """The words in the language in use, with each `{value}` filled in."""
    return current.wording.say(english, **values)


def said_of(trouble: Exception | Sentence) -> str:
    """What is wrong, in the language in use."""
    if isinstance(trouble, (Untold, WorkupError, Sentence)):
        return trouble.told(current.wording)
    return say(str(trouble))


def awaited_words(count: int) -> str:
    """`1 result awaited`, `3 results awaited`."""
    return say("1 result awaited") if count == 1 else say("{count} results awaited", count=count)


def told(
    show: Callable[[str], Any], english: str, made: Callable[[str], str] = str, **values: object
) -> None:
    """Show words that stay on the screen now, and again whenever the language changes.

    `show` is a setter of a Qt object, such as `button.setText`; `made` is what is done to the words first.
    """
    _Told(show, english, made, values).tell()


class _Told(QObject):
    """Words on a Qt object; it goes with that object."""

    def __init__(
        self,
        show: Callable[[str], Any],
        english: str,
        made: Callable[[str], str],
        values: dict[str, object],
    ) -> None:
        super().__init__(show.__self__)  # type: ignore[attr-defined]
        # By name: a reference to the setter would keep its object from being freed.
        self._setter = show.__name__
        self._english, self._made, self._values = english, made, values
        current.changed.connect(self.tell)

    def tell(self) -> None:
        getattr(self.parent(), self._setter)(self._made(say(self._english, **self._values)))
