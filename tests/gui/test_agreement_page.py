"""The page that holds a session against a recording: chosen, compared in the background, shown, saved; refused in words."""

from pathlib import Path

import pytest
from agreement_cases import true_set, write_set
from gui_desk import Desk
from make_sensor_exports import export
from simulated_phone import Phone, wear

from formcheck.agreement.files import read_result
from formcheck.gui.agreement.agreement_presenter import AgreementPresenter
from formcheck.results import Side

TRUTH = true_set("clam", Side.LEFT, pelvic_roll=[14, 2, 11, 1, 3, 13], pelvic_hike=[1, 12, 0, 2, 10, 1])


@pytest.fixture
def presenter(desk: Desk) -> AgreementPresenter:
    return AgreementPresenter(desk.library, desk.notices, desk.questions, desk.navigation)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    samples = wear(TRUTH.times_s, TRUTH.pelvis, TRUTH.place_m, Phone(seed=5))
    return export(samples, "sensor-logger", tmp_path)


def chosen(presenter: AgreementPresenter, desk: Desk, session: Path, recording: Path) -> None:
    desk.questions.files.extend([session, recording])
    presenter.page.session_button.click()
    presenter.page.sensor_button.click()


def test_from_choice_to_saved(presenter: AgreementPresenter, desk: Desk, recording: Path, tmp_path: Path) -> None:
    page = presenter.page
    write_set(tmp_path / "set", TRUTH, bias=2.0)
    assert not page.compare_button.isEnabled()
    chosen(presenter, desk, tmp_path / "set", recording)
    page.person.setText("P07")
    page.camera.setText("12,5")
    page.compare_button.click()
    assert not page.compare_button.isEnabled()
    assert page.bar.isVisibleTo(page)
    desk.wait(lambda: page.result is not None)
    assert not page.bar.isVisibleTo(page)
    rows = [[page.table.item(i, j).text() for j in (0, 1)] for i in range(page.table.rowCount())]
    assert rows == [["Pelvic roll", "6"], ["Pelvic hike", "6"]]
    assert float(page.table.item(0, 2).text().removesuffix("°")) == pytest.approx(2.0, abs=0.5)
    assert "Sensor Logger" in page.words.text()
    before = page.differences.words.text()
    page.table.selectRow(1)
    assert page.differences.words.text() != before
    assert len(page.curves.plot.listDataItems()) == 12  # six repetitions, program and reference
    target = tmp_path / "a.pdf"
    desk.questions.files.append(target)
    page.pdf_button.click()
    desk.noticed("a.pdf")
    assert target.read_bytes().startswith(b"%PDF")
    (tmp_path / "kept").mkdir()
    desk.questions.files.append(tmp_path / "kept")
    page.folder_button.click()
    desk.noticed("kept")
    labels = read_result(tmp_path / "kept").labels
    assert (labels.person, labels.camera_deg) == ("P07", 12.5)


def test_why_not_is_said(presenter: AgreementPresenter, desk: Desk, recording: Path, tmp_path: Path) -> None:
    other = true_set("clam", Side.LEFT, pelvic_roll=[3, 12, 1, 15, 2, 1, 9], pelvic_hike=[11, 0, 1, 2, 3, 9, 0])
    write_set(tmp_path / "other", other)
    chosen(presenter, desk, tmp_path / "other", recording)
    presenter.page.taps.setText("at once")
    presenter.page.compare_button.click()
    desk.troubled("seconds of the film")
    presenter.page.taps.setText("")
    presenter.page.compare_button.click()
    desk.troubled("is it this set's recording")
    assert presenter.page.result is None
    assert presenter.page.compare_button.isEnabled()
