"""The pace leads each phase, begins with whoever is early, and waits for whoever is late."""

from formcheck.analysis.pacing import Pacer, Phase
from formcheck.tempo import Tempo

FPS = 20


def phases(pacer: Pacer, moving: list[bool]) -> list[tuple[float, Phase]]:
    """When each phase began."""
    beats = [(i / FPS, pacer.update(i / FPS, moving=m)) for i, m in enumerate(moving)]
    assert all(0 <= beat.share <= 1 for _, beat in beats)
    return [(t, beat.phase) for t, beat in beats if beat.began]


def test_it_leads_whoever_keeps_to_it() -> None:
    led = phases(Pacer(Tempo(2.0, 1.5, 0.5)), [False] * 21 + [True] * 79 + [False] * 30)
    assert led == [(0.0, Phase.REST), (1.0, Phase.UP), (3.0, Phase.HOLD), (3.5, Phase.DOWN), (5.0, Phase.REST), (6.0, Phase.UP)]


def test_without_a_hold_there_is_none() -> None:
    led = phases(Pacer(Tempo(1.0, 1.0)), [False] * 21 + [True] * 39 + [False] * 10)
    assert [phase for _, phase in led] == [Phase.REST, Phase.UP, Phase.DOWN, Phase.REST]


def test_who_begins_early_begins_the_pace() -> None:
    led = phases(Pacer(Tempo(1.0, 1.0)), [False] * 5 + [True] * 40)
    assert led[:3] == [(0.0, Phase.REST), (0.25, Phase.UP), (1.25, Phase.DOWN)]


def test_nobody_is_called_before_being_back() -> None:
    led = phases(Pacer(Tempo(1.0, 1.0)), [False] * 21 + [True] * 100 + [False] * 25)
    assert led[3:] == [(3.0, Phase.REST), (7.0, Phase.UP)]


def test_after_a_pause_it_rests_first() -> None:
    pacer = Pacer(Tempo(1.0, 1.0))
    phases(pacer, [False] * 30)
    pacer.stop()
    beat = pacer.update(10.0, moving=False)
    assert (beat.phase, beat.began, beat.share) == (Phase.REST, True, 0.0)
