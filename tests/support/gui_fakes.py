"""What presenters are given in tests instead of a window: notices, questions and navigation that remember and answer."""

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog

PATIENCE_MS = 60_000
"""For what takes less than a second on a computer that does nothing else: only a failing test waits so long."""


class RememberedNotices:
    def __init__(self) -> None:
        self.notices: list[str] = []
        self.troubles: list[str] = []

    def notice(self, words: str) -> None:
        self.notices.append(words)

    def trouble(self, words: str) -> None:
        self.troubles.append(words)


class ScriptedQuestions:
    """Answers as the test says: confirm() and choose() by `answer`, the others from their queues, cancelled when empty."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: str | None = None
        """The answer's words without &; None: nothing is confirmed, and what can be put off is."""
        self.files: deque[Path] = deque()
        self.texts: deque[str] = deque()

    def confirm(self, words: str, yes: str, then: Callable[[], object], detail: str = "") -> None:
        self.asked.append(f"{words}\n{detail}".strip())
        if self.answer == yes.replace("&", ""):
            then()

    def choose(self, words: str, answers: Mapping[str, Callable[[], object]], later: str) -> None:
        self.asked.append(f"{words}\n{later}")
        for answer, then in answers.items():
            if self.answer == answer.replace("&", ""):
                then()

    def file_to_write(self, title: str, name: str, kinds: str) -> Path | None:
        self.asked.append(f"{title}: {name} ({kinds})")
        return self.files.popleft() if self.files else None

    def file_to_read(self, title: str, kinds: str) -> Path | None:
        self.asked.append(f"{title} ({kinds})")
        return self.files.popleft() if self.files else None

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        self.asked.append(f"{title} ({start})")
        return self.files.popleft() if self.files else None

    def text(self, title: str, words: str) -> str | None:
        self.asked.append(f"{title}: {words}")
        return self.texts.popleft() if self.texts else None


class RememberedNavigation:
    """Shows nothing; `allowed` is what show() answers."""

    def __init__(self) -> None:
        self.current = ""
        self.allowed = True
        self.shown: list[tuple[str, object]] = []
        self.dialogs: list[QDialog] = []
        """Opened, newest last; the test accepts or rejects them."""

    def show(self, page: str, what: object = None) -> bool:
        if self.allowed:
            self.current = page
            self.shown.append((page, what))
        return self.allowed

    def back(self) -> None:
        self.shown.append(("back", None))

    def home(self) -> None:
        self.shown.append(("home", None))

    def open_dialog(self, dialog: QDialog) -> None:
        self.dialogs.append(dialog)
