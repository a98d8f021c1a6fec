"""The first steps: what is chosen holds at once, the camera is seen, and any way out is enough."""

from gui_stage import Stage

from formcheck.gui.pages import GUIDE, LIVE, WELCOME
from formcheck.gui.settings.fields import ChoiceField
from formcheck.gui.welcome.welcome_presenter import WelcomePresenter
from formcheck.system.resources import folder
from formcheck.system.settings import Settings, load_settings


def opened(stage: Stage) -> WelcomePresenter:
    stage.program.navigator.show(WELCOME)
    presenter = stage.program.navigator.presenter(WELCOME)
    assert isinstance(presenter, WelcomePresenter)
    return presenter


def test_what_is_chosen_holds_at_once_and_is_kept(stage: Stage) -> None:
    page = opened(stage).page
    theme = page.looks["theme"]
    assert isinstance(theme, ChoiceField)
    theme.box.setCurrentIndex(theme.box.findText("Dark"))
    page.clinic.click()
    kept, notices = load_settings()
    assert (kept.theme, kept.clinic, kept.welcomed, notices) == ("dark", True, False, ())
    assert stage.program.client_bar.isHidden(), "clients belong over the other pages"
    page.done_button.click()
    assert stage.program.navigator.current == GUIDE
    assert load_settings()[0].welcomed


def test_leaving_by_another_page_is_enough(stage: Stage) -> None:
    opened(stage)
    stage.program.navigator.show(GUIDE)
    assert load_settings()[0].welcomed
    assert not Settings().welcomed


def test_the_camera_is_seen_and_let_go(stage: Stage) -> None:
    stage.program.services.sets.add_video(folder("assets") / "demo.mp4")
    presenter = opened(stage)
    page = presenter.page
    page.camera_button.click()
    assert presenter.test.running
    stage.wait(lambda: page.picture.picture_rect() != page.picture.rect())
    assert "End" in page.camera_button.text()
    stage.program.navigator.show(GUIDE)
    assert not presenter.test.running


def test_the_demo_begins(stage: Stage) -> None:
    opened(stage).page.demo_button.click()
    assert stage.program.navigator.current == LIVE
    stage.program.services.sets.stop()
