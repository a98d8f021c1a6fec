"""The first page of the first start; later in the menu Help."""

from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation
from formcheck.gui.sound.cues import AudioCue, Sound
from formcheck.gui.sound.voice import Voice
from formcheck.gui.welcome.camera_test import CameraTest
from formcheck.gui.welcome.welcome_page import WelcomePage
from formcheck.system.language import tr
from formcheck.voice.speaker import Urgency, Utterance


class WelcomePresenter(Presenter):
    """What is chosen holds at once. Leaving the page is enough for it not to come by itself again."""

    def __init__(self, settings: CurrentSettings, sets: Sets, voice: Voice, navigation: Navigation) -> None:
        no_speech = "" if voice.can_speak else tr("Nothing on this computer can speak or play: there are tones at most.")
        self.page = page = WelcomePage(no_speech)
        super().__init__(page)
        self._settings, self._sets, self._voice, self._navigation = settings, sets, voice, navigation
        self.test = CameraTest(page.picture)
        self.test.running_changed.connect(page.show_testing)
        page.look_changed.connect(lambda name, value: settings.change(**{name: value}))
        page.clinic_changed.connect(lambda clinic: settings.change(clinic=clinic))
        page.test_camera.connect(self._test_camera)
        page.test_sound.connect(self._test_sound)
        page.demo.connect(sets.start_demo)
        page.done.connect(navigation.home)
        sets.choice_changed.connect(self.test.stop)

    def shown(self) -> None:
        self.page.show_settings(self._settings.value)

    def left(self) -> None:
        self.test.stop()
        self._settings.change(welcomed=True)

    def close(self) -> None:
        self.test.stop()

    def _test_camera(self) -> None:
        if self.test.running:
            self.test.stop()
            return
        source = self._sets.open_chosen_source()
        if source is not None:
            self.test.start(source, mirrored=self._settings.value.mirror)

    def _test_sound(self) -> None:
        self._voice.muted, self._voice.speaks = False, True
        words = tr("This is how you will hear me.")
        self._voice.say([Utterance(words, Urgency.COMMAND, self._voice.now_s(), 5.0)])
        if not self._voice.can_speak:
            self._voice.play(AudioCue(Sound.BEGIN))
