"""One cue at a time, long enough to be read, the pelvis before the pace; sounds with a cooldown."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gui_stage import Stage

from formcheck.analysis.handsfree import Stage as SetStage
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises import EXERCISES
from formcheck.gui.live.meters import Gauge
from formcheck.gui.sound.cues import COOLDOWN_S, SHOWN_S, AudioCue, CueHolder, CueSpeaker, Sound
from formcheck.gui.sound.voice import FOLDER, Voice
from formcheck.results import Finding, Limits, Rep, Severity, Side
from formcheck.run.live.live_set import LiveUpdate
from formcheck.voice.speaker import Speaker, Urgency, Utterance

CLAM = EXERCISES["clam"]
ROLL = Finding("pelvic_roll", Severity.CAUTION, 0, 12, 10, "deg")
FAST = Finding("too_fast", Severity.CAUTION, 0, 0.5, 0.8, "s")
CLEAN = Rep(1, Side.LEFT, 0.0, 1.0, 2.0, {})


def test_a_cue_stays_long_enough_and_then_goes() -> None:
    holder = CueHolder(CLAM)
    assert holder.update(0.0, [ROLL], None) is ROLL
    assert holder.update(SHOWN_S - 0.1, [], None) is ROLL
    assert holder.update(SHOWN_S + 0.1, [], None) is None


def test_the_pelvis_replaces_the_pace_at_once_and_never_the_other_way_round() -> None:
    holder = CueHolder(CLAM)
    holder.update(0.0, [FAST], None)
    assert holder.update(0.1, [ROLL, FAST], None) is ROLL
    assert holder.update(0.2, [FAST], None) is ROLL


def test_what_is_only_known_at_the_end_of_a_repetition_is_shown_too() -> None:
    assert CueHolder(CLAM).update(0.0, [], replace(CLEAN, findings=(FAST,))) is FAST


def update(
    stage: SetStage, time_s: float, *active: Finding, finished: Rep | None = None, countdown_s: float | None = None
) -> LiveUpdate:
    snapshot = Snapshot(time_s, AnalysisState.MOVING, Side.LEFT, {}, 0.5, (), finished, active, 1)
    result: Any = type("Result", (), {"snapshot": snapshot})
    return LiveUpdate(result, stage, (), countdown_s, time_s, False, None)


def test_a_limit_is_sounded_when_it_is_passed_and_not_again_until_the_cooldown_is_over() -> None:
    speaker = CueSpeaker(CLAM)
    speaker.update(update(SetStage.RUNNING, 0.0))
    heard = [speaker.update(update(SetStage.RUNNING, 1.0, ROLL)), speaker.update(update(SetStage.RUNNING, 1.1, ROLL))]
    assert heard == [AudioCue(Sound.LIMIT, CLAM.fault("pelvic_roll").cue), None]
    speaker.update(update(SetStage.RUNNING, 1.2))
    assert speaker.update(update(SetStage.RUNNING, 2.0, ROLL)) is None
    speaker.update(update(SetStage.RUNNING, 2.1))
    assert speaker.update(update(SetStage.RUNNING, 1.0 + COOLDOWN_S + 0.1, ROLL)) is not None


def test_a_good_repetition_has_a_tone_and_one_with_a_finding_has_not() -> None:
    speaker = CueSpeaker(CLAM)
    speaker.update(update(SetStage.RUNNING, 0.0))
    assert speaker.update(update(SetStage.RUNNING, 2.0, finished=CLEAN)) == AudioCue(Sound.GOOD)
    assert speaker.update(update(SetStage.RUNNING, 4.0, finished=replace(CLEAN, findings=(ROLL,)))) is None
    assert speaker.update(update(SetStage.RUNNING, 6.0, finished=replace(CLEAN, not_assessable={"pelvic_roll": "why"}))) is None


def test_the_countdown_is_told_once_a_second_then_the_beginning() -> None:
    speaker = CueSpeaker(CLAM)
    heard = [speaker.update(update(SetStage.COUNTDOWN, t / 10, countdown_s=3 - t / 10)) for t in range(30)]
    assert [cue.words for cue in heard if cue] == ["3", "2", "1"]
    assert speaker.update(update(SetStage.RUNNING, 3.0)) == AudioCue(Sound.BEGIN)
    assert speaker.update(update(SetStage.PAUSED, 4.0)) == AudioCue(Sound.PAUSE)
    assert speaker.update(update(SetStage.DONE, 5.0)) == AudioCue(Sound.END)


def test_every_sound_is_shipped() -> None:
    assert all((FOLDER / f"{sound}.wav").stat().st_size > 1000 for sound in Sound)


class Silent:
    """A voice that keeps what it is given."""

    name = "silent"

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, words: str, _volume: float) -> None:
        self.said.append(words)

    def close(self) -> None: ...


@pytest.mark.usefixtures("qapp")
def test_what_is_spoken_has_no_tone_as_well() -> None:
    engine, played = Silent(), list[Path]()
    with Speaker(engine, clock=lambda: 0.0) as speaker:
        voice = Voice(speaker, lambda path, volume: played.append(path))
        voice.say([Utterance("Keep the hip stacked", Urgency.WARNING, voice.now_s())])
        voice.play(AudioCue(Sound.LIMIT, "Keep the hip stacked"))
        voice.play(AudioCue(Sound.GOOD))
        assert speaker.finish(60.0)
    assert engine.said == ["Keep the hip stacked"]
    assert [p.name for p in played] == ["good.wav"]


@pytest.mark.usefixtures("qapp")
def test_without_speech_there_are_tones_and_mute_is_mute() -> None:
    engine, played = Silent(), list[Path]()
    with Speaker(engine, clock=lambda: 0.0) as speaker:
        voice = Voice(speaker, lambda path, volume: played.append(path))
        voice.speaks = False
        voice.play(AudioCue(Sound.LIMIT, "Keep the hip stacked"))
        assert [p.name for p in played] == ["limit.wav"]
        voice.muted, voice.speaks = True, True
        voice.play(AudioCue(Sound.END))
        voice.say([Utterance("Keep the hip stacked", Urgency.WARNING, voice.now_s())])
        assert speaker.finish(60.0)
    assert len(played) == 1
    assert engine.said == []


def test_the_gauge_says_its_value_in_words(qtbot: Any) -> None:
    gauge = Gauge()
    qtbot.addWidget(gauge)
    gauge.set_quantity("Pelvic roll", CLAM.fault("pelvic_roll"), Limits(10, 15))
    gauge.set_value(float("nan"))
    assert gauge.accessibleDescription() == "not measured"
    gauge.set_value(12.4)
    assert gauge.accessibleDescription() == "12°"
    assert 1 > gauge.share(15) > gauge.share(10) > gauge.share(0) > 0


def test_the_count_turns_toward_the_head_of_someone_who_lies(stage: Stage) -> None:
    stage.settings.change(turn_text=True)
    stage.sets.start(checks=False)
    count = stage.live.panel.count
    stage.wait(lambda: count.turn == 1)  # the camera sees the head at its left: the person, facing it, at their right
    stage.settings.change(turn_text=False)
    stage.wait(lambda: count.turn == 0)
