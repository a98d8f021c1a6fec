"""The list of sessions, without a window: opened, compared, sent, received, added, deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import clam, now, set_folder
from PySide6.QtWidgets import QPushButton

from formcheck.gui.sessions.sessions_page import SessionsPage
from formcheck.gui.sessions.sessions_presenter import SessionsPresenter
from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.results import Side


class Shown:
    """What was asked to be shown."""

    def __init__(self) -> None:
        self.reviewed: list[Path] = []
        self.compared: list[tuple[Path, Path]] = []


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def sessions(desk: Desk, shown: Shown) -> SessionsPresenter:
    return SessionsPresenter(
        desk.library,
        desk.consent,
        desk.notices,
        desk.questions,
        desk.navigation,
        desk.reports,
        review=shown.reviewed.append,
        compare=lambda left, right: shown.compared.append((left, right)),
    )


@pytest.fixture
def two(desk: Desk, sessions: SessionsPresenter) -> tuple[Path, Path]:
    """A session of the left side and, a day before, one of the right."""
    left = set_folder(desk.folder, clam(12.0))
    right = set_folder(desk.folder, clam(side=Side.RIGHT), days_ago=1)
    desk.read()
    assert sessions.page.table.rowCount() == 2
    return left, right


def test_one_is_opened_two_are_compared(sessions: SessionsPresenter, two: tuple[Path, Path], shown: Shown) -> None:
    left, right = two
    page = sessions.page
    page.table.selectRow(0)
    assert not page.compare_button.isEnabled()
    page.open_button.click()
    page.table.selectAll()
    assert not page.open_button.isEnabled()
    page.compare_button.click()
    assert shown.reviewed == [left]
    assert shown.compared == [(left, right)]


def test_they_are_deleted_once_it_is_confirmed(desk: Desk, sessions: SessionsPresenter, two: tuple[Path, Path]) -> None:
    sessions.page.table.selectAll()
    sessions.page.delete_button.click()
    assert "Delete 2 sessions with their videos for good?" in desk.questions.asked[-1]
    assert all(folder.exists() for folder in two)
    desk.questions.answer = "Delete"
    sessions.page.delete_button.click()
    desk.wait(lambda: not desk.library.content.entries)
    assert not any(folder.exists() for folder in two)


@pytest.mark.usefixtures("two")
def test_they_travel_as_one_zip(desk: Desk, sessions: SessionsPresenter, tmp_path: Path) -> None:
    entries = desk.library.content.entries
    desk.questions.files.append(tmp_path / "sent")
    sessions.page.send_button.click()
    desk.noticed("2 sessions, not locked")
    desk.questions.answer = "Delete"
    sessions.delete(entries)
    desk.wait(lambda: not desk.library.content.entries)
    desk.questions.files.append(tmp_path / "sent.zip")
    sessions.page.receive_button.click()
    desk.wait(lambda: [e.uid for e in desk.library.content.entries] == [e.uid for e in entries])
    desk.noticed("2 sessions taken in")


def test_what_is_no_bundle_is_refused_in_words(desk: Desk, sessions: SessionsPresenter, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4 nonsense")
    sessions.receive(tmp_path / "bad.zip", videos=False)
    desk.troubled("not a whole .zip")


@pytest.mark.parametrize("button", [lambda page: page.receive_button, lambda page: page.add_button])
def test_in_clinic_mode_nothing_comes_in_before_a_client_is_chosen(
    desk: Desk, sessions: SessionsPresenter, button: Callable[[SessionsPage], QPushButton]
) -> None:
    desk.settings.change(clinic=True)
    button(sessions.page).click()
    assert desk.questions.asked == []
    assert desk.navigation.shown == [("clients", None)]


def test_a_folder_is_added(desk: Desk, sessions: SessionsPresenter, tmp_path: Path) -> None:
    desk.questions.files.append(set_folder(tmp_path / "elsewhere", clam()))
    sessions.page.add_button.click()
    desk.wait(lambda: len(desk.library.content.entries) == 1)


def test_close_leads_to_the_first_page(desk: Desk, sessions: SessionsPresenter) -> None:
    sessions.page.close_button.click()
    assert desk.navigation.shown == [("home", None)]


@pytest.mark.usefixtures("two")
def test_a_session_goes_to_the_client_whose_it_is(desk: Desk, sessions: SessionsPresenter) -> None:
    page = sessions.page
    assert page.move_button.isHidden(), "without clients there is nobody to move it to"
    with desk.opened() as library:
        client = library.new_client("K-9", "Bo")
        library.give_consent(client.uid, Consent(now(), True, True, CONSENT_WORDS))
    desk.read()
    assert not page.move_button.isHidden()
    page.table.selectRow(0)
    desk.questions.texts.extend(["bo"])
    page.move_button.click()
    desk.wait(lambda: page.table.rowCount() == 1)
    assert "The session belongs to K-9 now." in desk.notices.notices
    with desk.opened() as library:
        assert [e.client for e in library.sessions_of(client.uid)] == [client.uid]
    page.table.selectRow(0)
    desk.questions.texts.extend(["nobody"])
    page.move_button.click()
    desk.wait(lambda: any("no client is called" in words for words in desk.notices.troubles))


@pytest.mark.usefixtures("two")
def test_a_wrong_date_is_changed(desk: Desk, sessions: SessionsPresenter) -> None:
    page = sessions.page
    page.table.selectRow(0)
    desk.questions.texts.extend(["yesterday", "2026-01-05 08:15"])
    page.date_button.click()
    assert "yesterday is no date" in desk.notices.troubles[-1]
    page.date_button.click()
    desk.wait(lambda: any(page.table.item(row, 2).text() == "2026-01-05 08:15" for row in range(2)))
