"""One voice at a time, the most urgent first, and nothing that comes after its moment."""

import threading

import pytest
from fake_device import PATIENCE_S, until

from formcheck.voice.speaker import Speaker, Urgency, Utterance


class Words:
    """Last until the test ends them, or until they are stopped."""

    def __init__(self, *, ended: bool) -> None:
        self.ended, self.stopped = ended, False
        self.asked = 0
        """How often the speaker has looked whether they are over."""

    def done(self) -> bool:
        self.asked += 1
        return self.stopped or self.ended

    def stop(self) -> None:
        self.stopped = True


class ScriptedVoice:
    name = "scripted"

    def __init__(self, *, short: bool = False) -> None:
        """short: its words are over at once."""
        self.short = short
        self.began: list[str] = []
        self.running: list[Words] = []
        self.most_at_once = 0

    def start(self, words: str, volume: float) -> Words | None:  # noqa: ARG002
        if words == "unsayable":
            return None
        if words == "breaks":
            raise OSError(2, "no such program")
        self.began.append(words)
        self.running.append(Words(ended=self.short))
        self.most_at_once = max(self.most_at_once, sum(not (w.ended or w.stopped) for w in self.running))
        return self.running[-1]

    def close(self) -> None:
        self.closed = True


class Clock:
    """Stands still unless the test moves it."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def said(speaker: Speaker, words: str, urgency: Urgency = Urgency.COUNT, *, ago_s: float = 0.0) -> None:
    speaker.say(Utterance(words, urgency, speaker.now_s() - ago_s))


def begun(voice: ScriptedVoice, number: int) -> Words:
    """The words that were begun as this one of all, once they were."""
    until(lambda: len(voice.running) >= number)
    return voice.running[number - 1]


def test_one_at_a_time_and_the_most_urgent_first() -> None:
    voice = ScriptedVoice()
    with Speaker(voice, clock=Clock()) as speaker:
        said(speaker, "begin", Urgency.WARNING)
        begun(voice, 1)
        said(speaker, "five", Urgency.COUNT)
        said(speaker, "pelvis", Urgency.WARNING)
        for number in (1, 2, 3):
            begun(voice, number).ended = True
        assert speaker.finish(PATIENCE_S)
    assert voice.began == ["begin", "pelvis", "five"]
    assert voice.most_at_once == 1


def test_a_warning_breaks_praise_off() -> None:
    voice = ScriptedVoice()
    with Speaker(voice, clock=Clock()) as speaker:
        said(speaker, "good", Urgency.PRAISE)
        praise = begun(voice, 1)
        said(speaker, "pelvis", Urgency.WARNING)
        begun(voice, 2)
        assert praise.stopped
    assert voice.began == ["good", "pelvis"]


def test_praise_never_breaks_a_warning_off() -> None:
    voice = ScriptedVoice()
    with Speaker(voice, clock=Clock()) as speaker:
        said(speaker, "pelvis", Urgency.WARNING)
        warning = begun(voice, 1)
        said(speaker, "good", Urgency.PRAISE)
        looked = warning.asked
        until(lambda: warning.stopped or warning.asked > looked + 2)
        assert not warning.stopped
        warning.ended = True
        begun(voice, 2).ended = True


@pytest.mark.parametrize(("ago_s", "heard"), [(0.6, True), (0.8, False)])
def test_what_comes_late_is_dropped(ago_s: float, heard: bool) -> None:
    voice = ScriptedVoice(short=True)
    with Speaker(voice, clock=Clock()) as speaker:
        said(speaker, "pelvis", Urgency.WARNING, ago_s=ago_s)
        assert speaker.finish(PATIENCE_S)
        assert (voice.began == ["pelvis"]) is heard
        assert len(speaker.dropped) == (not heard)


def test_words_that_waited_too_long_behind_others_are_dropped() -> None:
    voice, clock = ScriptedVoice(), Clock()
    with Speaker(voice, clock=clock) as speaker:
        said(speaker, "pelvis", Urgency.WARNING)
        first = begun(voice, 1)
        said(speaker, "four", Urgency.COUNT)
        clock.now_s += 1.0
        first.ended = True
        assert speaker.finish(PATIENCE_S)
    assert voice.began == ["pelvis"]
    assert [late.words for late in speaker.dropped] == ["four"]


@pytest.mark.parametrize("words", ["unsayable", "breaks"])
def test_a_voice_that_fails_ends_nothing(words: str) -> None:
    voice = ScriptedVoice(short=True)
    with Speaker(voice, clock=Clock()) as speaker:
        said(speaker, words)
        said(speaker, "next")
        assert speaker.finish(PATIENCE_S)
    assert voice.began == ["next"]


def test_closing_ends_the_thread_and_the_voice() -> None:
    voice = ScriptedVoice()
    others = set(threading.enumerate())
    speaker = Speaker(voice)
    said(speaker, "long")
    words = begun(voice, 1)
    speaker.close()
    until(lambda: words.stopped)
    assert voice.closed
    until(lambda: set(threading.enumerate()) <= others)
