"""One voice at a time, the most urgent first, and nothing that comes after its moment."""

import threading
import time

import pytest

from formcheck.voice.speaker import Speaker, Urgency, Utterance


class Words:
    """Takes as long as told, or until it is stopped."""

    def __init__(self, lasts_s: float) -> None:
        self._ends_s = time.monotonic() + lasts_s
        self.stopped = False

    def done(self) -> bool:
        return self.stopped or time.monotonic() > self._ends_s

    def stop(self) -> None:
        self.stopped = True


class ScriptedVoice:
    name = "scripted"

    def __init__(self, lasts_s: float) -> None:
        self.lasts_s = lasts_s
        self.began: list[str] = []
        self.running: list[Words] = []
        self.most_at_once = 0

    def start(self, words: str, volume: float) -> Words | None:  # noqa: ARG002
        if words == "unsayable":
            return None
        if words == "breaks":
            raise OSError(2, "no such program")
        self.began.append(words)
        self.running.append(Words(self.lasts_s))
        self.most_at_once = max(self.most_at_once, sum(not w.done() for w in self.running))
        return self.running[-1]

    def close(self) -> None:
        self.closed = True


def said(speaker: Speaker, words: str, urgency: Urgency = Urgency.COUNT, *, ago_s: float = 0.0) -> None:
    speaker.say(Utterance(words, urgency, speaker.now_s() - ago_s))


def test_one_at_a_time_and_the_most_urgent_first() -> None:
    voice = ScriptedVoice(0.15)
    with Speaker(voice) as speaker:
        said(speaker, "begin", Urgency.WARNING)
        time.sleep(0.05)
        said(speaker, "five", Urgency.COUNT)
        said(speaker, "pelvis", Urgency.WARNING)
        assert speaker.finish(3.0)
    assert voice.began == ["begin", "pelvis", "five"]
    assert voice.most_at_once == 1


def test_a_warning_breaks_praise_off() -> None:
    voice = ScriptedVoice(5.0)
    with Speaker(voice) as speaker:
        said(speaker, "good", Urgency.PRAISE)
        time.sleep(0.1)
        said(speaker, "pelvis", Urgency.WARNING)
        time.sleep(0.2)
        assert voice.began == ["good", "pelvis"]
        assert voice.running[0].stopped
        began_s = [s.began_s - s.utterance.at_s for s in speaker.spoken]
    assert max(began_s) < 0.3


def test_praise_never_breaks_a_warning_off() -> None:
    voice = ScriptedVoice(0.3)
    with Speaker(voice) as speaker:
        said(speaker, "pelvis", Urgency.WARNING)
        time.sleep(0.05)
        said(speaker, "good", Urgency.PRAISE)
        assert speaker.finish(3.0)
    assert not voice.running[0].stopped


@pytest.mark.parametrize(("ago_s", "heard"), [(0.5, True), (0.9, False)])
def test_what_comes_late_is_dropped(ago_s: float, heard: bool) -> None:
    voice = ScriptedVoice(0.01)
    with Speaker(voice) as speaker:
        said(speaker, "pelvis", Urgency.WARNING, ago_s=ago_s)
        assert speaker.finish(2.0)
        assert (voice.began == ["pelvis"]) is heard
        assert len(speaker.dropped) == (not heard)


def test_words_that_waited_too_long_behind_others_are_dropped() -> None:
    voice = ScriptedVoice(1.0)
    with Speaker(voice) as speaker:
        said(speaker, "pelvis", Urgency.WARNING)
        time.sleep(0.05)
        said(speaker, "four", Urgency.COUNT)
        assert speaker.finish(4.0)
    assert voice.began == ["pelvis"]


@pytest.mark.parametrize("words", ["unsayable", "breaks"])
def test_a_voice_that_fails_ends_nothing(words: str) -> None:
    voice = ScriptedVoice(0.01)
    with Speaker(voice) as speaker:
        said(speaker, words)
        said(speaker, "next")
        assert speaker.finish(2.0)
    assert voice.began == ["next"]


def test_closing_ends_the_thread_and_the_voice() -> None:
    voice = ScriptedVoice(30.0)
    speaker = Speaker(voice)
    said(speaker, "long")
    time.sleep(0.1)
    speaker.close()
    assert voice.running[0].stopped
    assert voice.closed
    assert not any(t.name == "speaker" for t in threading.enumerate())
