"""The voice, tried out."""

from formcheck.gui.sound.cues import AudioCue, Sound
from formcheck.gui.sound.voice import Voice
from formcheck.system.language import tr
from formcheck.system.settings import Settings
from formcheck.voice.coach import LEFT, PRAISE
from formcheck.voice.speaker import Urgency, Utterance

WORDS = (PRAISE, LEFT[2])
LATEST_S = 5.0


def try_voice(voice: Voice, settings: Settings) -> None:
    """Two sentences, or a tone, as these settings would have it; each set applies those that hold."""
    voice.muted, voice.speaks, voice.volume = not settings.sounds, settings.speech, settings.volume / 100
    if voice.can_speak and settings.speech:
        voice.say([Utterance(tr(words), Urgency.SETUP, voice.now_s(), LATEST_S) for words in WORDS])
    else:
        voice.play(AudioCue(Sound.GOOD))
