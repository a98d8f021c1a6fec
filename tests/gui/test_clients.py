"""Clients and consent, without a window: who a set belongs to, what was agreed to, what is exported and deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import clam, now, set_folder

from formcheck.gui.clients.clients_presenter import ClientsPresenter
from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.library.clients import CONSENT_WORDS, VIDEO_WORDS
from formcheck.session.ownership import Owner


@pytest.fixture
def clients(desk: Desk) -> ClientsPresenter:
    desk.settings.change(clinic=True)
    return ClientsPresenter(desk.library, desk.consent, desk.notices, desk.questions)


def add(clients: ClientsPresenter, desk: Desk, code: str, name: str = "") -> None:
    clients.dialog.code.setText(code)
    clients.dialog.name.setText(name)
    clients.dialog.add_button.click()
    desk.wait(lambda: code in [getattr(desk.library.content.client, "code", None)])


def agree(desk: Desk, *, video: bool) -> None:
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, ConsentDialog)
    dialog.recording.setChecked(True)
    dialog.video.setChecked(video)
    dialog.save_button.click()


def test_a_new_client_is_the_chosen_one(clients: ClientsPresenter, desk: Desk) -> None:
    for code in ("K-1", "K-2"):
        add(clients, desk, code, f"Name of {code}")
    assert desk.library.owner == Owner(desk.library.content.client.uid)
    assert clients.dialog.table.rowCount() == 2
    assert desk.library.content.client.code == "K-2"


def test_a_code_is_taken_once(clients: ClientsPresenter, desk: Desk) -> None:
    add(clients, desk, "K-1")
    clients.dialog.code.setText("k-1")
    clients.dialog.add_button.click()
    desk.wait(lambda: "already" in clients.dialog.problem.text())


def test_without_clinic_mode_nobody_is_asked(desk: Desk) -> None:
    assert desk.consent.may_record(lambda: None)


def test_in_clinic_mode_a_client_is_chosen_first(desk: Desk) -> None:
    desk.settings.change(clinic=True)
    assert not desk.consent.may_record(lambda: None)
    assert desk.navigation.shown == [("clients", None)]
    assert "Choose a client" in desk.notices.notices[-1]


@pytest.mark.parametrize(("video", "words"), [(False, CONSENT_WORDS), (True, f"{CONSENT_WORDS} {VIDEO_WORDS}")])
def test_nothing_is_recorded_before_consent(desk: Desk, video: bool, words: str) -> None:
    desk.new_client("K-1")
    begun: list[bool] = []
    assert not desk.consent.may_record(lambda: begun.append(True))
    desk.navigation.dialogs[-1].reject()
    assert not desk.consent.may_record(lambda: begun.append(True))
    agree(desk, video=video)
    desk.wait(lambda: bool(begun))
    given = desk.library.content.client.consent
    assert (given.recording, given.video, given.words) == (True, video, words)
    assert now() - timedelta(hours=1) < given.when <= now()
    assert desk.library.video_allowed is video
    assert desk.consent.may_record(lambda: None)


def test_consent_can_be_withdrawn(clients: ClientsPresenter, desk: Desk) -> None:
    desk.new_client("K-1", video=True)
    clients.dialog.withdraw_button.click()
    desk.wait(lambda: desk.library.content.client.consent is None)
    assert not desk.consent.may_record(lambda: None)


def test_each_client_has_their_own_sessions(desk: Desk) -> None:
    for code in ("K-1", "K-2"):
        client = desk.new_client(code, video=False)
        folder = set_folder(desk.folder, clam(), desk.library.owner)
        desk.library.add(folder, desk.library.owner, lambda *_: desk.library.refresh())
        desk.wait(lambda client=client: [e.client for e in desk.library.content.entries] == [client.uid])


def test_a_client_is_exported_and_deleted_for_good(clients: ClientsPresenter, desk: Desk, tmp_path: Path) -> None:
    client = desk.new_client("K-1", video=True)
    folder = set_folder(desk.folder, clam(), desk.library.owner)
    desk.library.add(folder, desk.library.owner, lambda *_: desk.library.refresh())
    desk.wait(lambda: len(desk.library.content.entries) == 1)
    desk.questions.files.append(tmp_path / "given")
    clients.dialog.export_button.click()
    desk.noticed("given")
    assert {p.name for p in (tmp_path / "given").iterdir()} >= {"client.json", "repetitions.csv", "sessions.zip"}
    clients.dialog.delete_button.click()
    assert "Delete K-1 for good?" in desk.questions.asked[-1]
    assert desk.library.content.clients  # it was not confirmed
    desk.questions.answer = "Delete for good"
    with desk.opened() as library:
        clients.delete(library.client(client.uid))
    desk.troubled("given")  # what was exported is named
    desk.wait(lambda: not desk.library.content.clients)
    assert not folder.exists()


def test_a_code_and_a_name_are_changed(clients: ClientsPresenter, desk: Desk) -> None:
    add(clients, desk, "K-1", "Ann")
    add(clients, desk, "K-2")
    assert not clients.dialog.change_button.isEnabled()
    clients.dialog.table.selectRow(1)
    clients.dialog.code.setText("k-1")
    clients.dialog.change_button.click()
    desk.wait(lambda: "already" in clients.dialog.problem.text())
    clients.dialog.code.setText("P-2")
    clients.dialog.name.setText("Bo")
    clients.dialog.change_button.click()
    desk.wait(lambda: desk.library.content.client.code == "P-2")
    assert (desk.library.content.client.name, desk.library.content.client.known_as[:17]) == ("Bo", "P-2 (before: K-2 ")
