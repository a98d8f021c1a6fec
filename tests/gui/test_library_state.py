"""The library behind the window: locked and opened again, damaged and made again, expired, cut off. Real files."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import clam, set_folder
from live_cases import clam_set, opening, picture

from formcheck.gui.library.passphrase_dialogs import AskPassphrase, NewPassphrase
from formcheck.gui.library.privacy_presenter import PrivacyPresenter
from formcheck.gui.library.recovery import Recovery
from formcheck.gui.shell.background import finish_jobs
from formcheck.library.encryption import sealed
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.retention import Retention, write_retention
from formcheck.library.store import place
from formcheck.run.live.recovery import NOTICE, cut_off_sets
from formcheck.session.file import read_session
from formcheck.session.layout import NOTES
from formcheck.session.notes import Notes, dump
from formcheck.system.folder_lock import NAME as MARK

PASSPHRASE = "four words are good"


@pytest.fixture
def privacy(desk: Desk) -> PrivacyPresenter:
    return PrivacyPresenter(desk.library, desk.notices, desk.questions, desk.navigation)


@pytest.fixture
def locked(desk: Desk) -> Path:
    """A library with one session, locked before the program starts; the session's folder."""
    folder = set_folder(desk.folder, clam(), days_ago=1)
    with desk.opened() as library:
        set_passphrase(library, PASSPHRASE)
    desk.library.start()
    desk.wait(lambda: bool(desk.navigation.dialogs))
    return folder


def asked(desk: Desk) -> AskPassphrase:
    """The newest question for the passphrase."""
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, AskPassphrase)
    return dialog


def answer(desk: Desk, passphrase: str) -> None:
    asked(desk).passphrase.setText(passphrase)
    asked(desk).accept()


def test_everything_is_locked_and_a_locked_session_opens(privacy: PrivacyPresenter, desk: Desk) -> None:
    folder = set_folder(desk.folder, clam())
    desk.read()
    privacy.dialog.lock_button.click()
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, NewPassphrase)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    for text, understood, enabled in (("short", True, False), (PASSPHRASE, False, False), (PASSPHRASE, True, True)):
        dialog.first.setText(text)
        dialog.second.setText(text)
        dialog.understood.setChecked(understood)
        assert ok.isEnabled() is enabled
    ok.click()
    desk.noticed("Everything is locked now")
    assert sealed.is_locked_folder(folder)
    assert not (folder / "session.json").exists()
    opened: list[Path] = []
    desk.sessions.read(folder, lambda found, review: opened.extend((found.path, review.folder)))
    desk.wait(lambda: bool(opened))  # the passphrase is known: nobody is asked
    assert len(desk.navigation.dialogs) == 1
    assert opened[0] == opened[1] != folder
    desk.library.jobs.write_into(folder, NOTES, dump(Notes(pain_after=4)), desk.notices.trouble)
    desk.wait(lambda: sealed.stored(folder / NOTES) is not None)
    assert json.loads(sealed.read(folder / NOTES, sealed.keys_for(folder, PASSPHRASE)))["pain_after"] == 4
    desk.questions.answer = "Unlock everything"
    desk.wait(lambda: privacy.dialog.unlock_button.isVisibleTo(privacy.dialog))
    privacy.dialog.unlock_button.click()
    desk.noticed("can be read without a passphrase")
    assert not sealed.is_locked_folder(folder)


def test_the_passphrase_is_asked_for_once_and_a_wrong_one_is_said(desk: Desk, locked: Path) -> None:
    assert not asked(desk).problem.text()
    answer(desk, "not the right one")
    desk.wait(lambda: "does not open" in asked(desk).problem.text())
    answer(desk, PASSPHRASE)
    desk.wait(lambda: len(desk.library.content.entries) == 1)
    count = len(desk.navigation.dialogs)
    desk.sessions.review(locked)
    desk.wait(lambda: desk.navigation.current == "review")
    assert len(desk.navigation.dialogs) == count


def test_without_the_passphrase_a_set_stays_in_its_folder_until_it_is_given(desk: Desk, locked: Path) -> None:
    asked(desk).reject()
    mine = set_folder(desk.folder, clam())
    desk.library.add(mine, desk.library.owner, lambda *_: None)
    desk.wait(lambda: len(desk.navigation.dialogs) == 2)  # to keep the set it is needed
    asked(desk).reject()
    desk.troubled("lies in its folder")
    assert (mine / "session.json").exists()
    desk.library.start()
    desk.wait(lambda: len(desk.navigation.dialogs) == 3)
    answer(desk, PASSPHRASE)
    desk.wait(lambda: len(desk.library.content.entries) == 2)
    assert sealed.is_locked_folder(mine)
    assert sealed.is_locked_folder(locked)


def test_a_damaged_list_is_made_again_from_the_sessions(desk: Desk) -> None:
    set_folder(desk.folder, clam())
    with desk.opened() as library:
        index = library.root / "library.db"
    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    index.write_bytes(b"nothing of the kind" * 400)
    desk.questions.answer = "Make it again"
    desk.library.refresh()
    desk.noticed("made again from 1 session folder")
    desk.wait(lambda: len(desk.library.content.entries) == 1)
    assert "the sessions are not" in desk.questions.asked[0]


def test_what_is_past_its_time_is_named_and_deleted_when_told(privacy: PrivacyPresenter, desk: Desk) -> None:
    old = set_folder(desk.folder, clam(), days_ago=40)
    new = set_folder(desk.folder, clam(), days_ago=2)
    with desk.opened() as library:
        write_retention(library.root, Retention(None, 400))
    privacy.shown()
    dialog = privacy.dialog
    desk.wait(lambda: dialog.sessions.value() == 400)
    dialog.sessions.setValue(30)
    dialog.keep_button.click()
    desk.wait(lambda: dialog.past.text().startswith("1 session or video is past"))
    assert old.exists()
    desk.questions.answer = "Delete"
    dialog.delete_button.click()
    desk.wait(lambda: not old.exists())
    assert new.exists()
    desk.wait(lambda: "Nothing is past" in dialog.past.text())


def test_clinic_mode_and_another_folder_are_taken_over(desk: Desk, tmp_path: Path) -> None:
    client = desk.new_client("K-1", video=False)
    desk.settings.change(clinic=False)
    desk.wait(lambda: desk.library.content.client is None)
    assert client in desk.library.content.clients
    set_folder(tmp_path / "other", clam())
    desk.settings.change(sessions_folder=str(tmp_path / "other"))
    desk.wait(lambda: len(desk.library.content.entries) == 1)


@pytest.fixture
def cut_off(desk: Desk, tmp_path: Path) -> Path:
    """The folder of a set whose program went without a word: as it stood in mid-set, with a mark that nobody locks."""
    live = clam_set(tmp_path / "elsewhere", record=False)
    for i in range(60):
        frame = picture(i, i / 20)
        live.feed(frame, opening(frame))
    assert live.folder is not None
    left = desk.folder / live.folder.name
    shutil.copytree(live.folder, left, ignore=shutil.ignore_patterns(MARK))
    (left / MARK).write_bytes(b"")
    live.close()
    return left


def test_a_cut_off_set_is_offered_and_kept(desk: Desk, cut_off: Path) -> None:
    desk.questions.answer = "Keep"
    Recovery(desk.library, desk.notices, desk.questions).offer(desk.folder)
    desk.noticed("Kept 1 set")
    assert "Clam" in desk.questions.asked[0]
    desk.wait(lambda: cut_off.name in [entry.folder for entry in desk.library.content.entries])
    assert NOTICE in read_session(cut_off).notices


def test_a_cut_off_set_is_asked_for_again_or_discarded(desk: Desk, cut_off: Path) -> None:
    recovery = Recovery(desk.library, desk.notices, desk.questions)
    recovery.offer(desk.folder)
    desk.wait(lambda: len(desk.questions.asked) == 1)
    assert len(cut_off_sets(desk.folder)) == 1
    desk.questions.answer = "Discard"
    recovery.offer(desk.folder)
    desk.wait(lambda: not cut_off.exists())


def test_nothing_is_asked_where_nothing_was_cut_off(desk: Desk, tmp_path: Path) -> None:
    Recovery(desk.library, desk.notices, desk.questions).offer(tmp_path / "none")
    finish_jobs()
    desk.qtbot.wait(10)  # what the job found reaches the window's thread
    assert desk.questions.asked == []


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of sessions is on a disk that another computer uses too."""
    shared = tmp_path / "shared"
    desk.settings.take(replace(desk.settings.value, sessions_folder=str(shared)))
    with monkeypatch.context() as there:
        there.setattr(place, "computer_id", lambda: "another computer")
        set_folder(shared, clam(12.0))
        with desk.opened():
            pass
        with desk.opened():
            pass
    return shared


@pytest.mark.usefixtures("elsewhere")
def test_a_folder_of_another_computer_is_refused(desk: Desk) -> None:
    desk.library.start()
    desk.wait(lambda: "belongs to another computer" in "".join(desk.questions.asked))
    assert not desk.consent.may_record(lambda: None), "no set begins that would be kept there"
    assert "Two libraries on one folder would come apart" in desk.notices.troubles[-1]


def test_it_is_taken_over_where_that_is_wished(desk: Desk, elsewhere: Path) -> None:
    before = (elsewhere / place.NAME).read_text(encoding="utf-8")
    desk.questions.answer = "Take it over"
    desk.library.start()
    desk.wait(lambda: desk.consent.may_record(lambda: None) and (elsewhere / place.NAME).read_text(encoding="utf-8") != before)
