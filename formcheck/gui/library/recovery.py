"""Offers, at the start, the sets that were cut off: keep what is there, or discard it. Put off, it is asked at the next start."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.protocols import Notices, Questions
from formcheck.run.live.recovery import CutOff, clear_unbegun, cut_off_sets, describe, discard, keep
from formcheck.system.language import tr, trn


class Recovery:
    def __init__(self, library: LibraryState, notices: Notices, questions: Questions) -> None:
        self._library, self._notices, self._questions = library, notices, questions

    def offer(self, sessions: Path) -> Job:
        """Look for them in the background; nothing is asked where there are none."""

        def look() -> tuple[CutOff, ...]:
            clear_unbegun(sessions)
            return cut_off_sets(sessions)

        return self._start(look, self._ask)

    def _ask(self, found: tuple[CutOff, ...]) -> None:
        if not found:
            return
        words = tr("The program was stopped in the middle of a set. What was measured and recorded by then is there:")
        self._questions.choose(
            "\n".join([words, *map(describe, found)]),
            {tr("&Keep"): lambda: self._keep(found), tr("&Discard"): lambda: self._discard(found)},
            tr("&Later"),
        )

    def _keep(self, found: tuple[CutOff, ...]) -> None:
        readable = tuple(one for one in found if one.session is not None)

        def kept(_: object) -> None:
            self._library.refresh()
            self._notices.notice(
                trn(
                    "Kept {n} set; it is among the recent sessions.",
                    "Kept {n} sets; they are among the recent sessions.",
                    len(readable),
                )
            )

        self._start(partial(_for_each, readable, keep), kept)

    def _discard(self, found: tuple[CutOff, ...]) -> None:
        self._start(partial(_for_each, found, discard), lambda _: self._notices.notice(tr("Discarded.")))

    def _start(self, work: Callable[[], object], done: Callable[..., object]) -> Job:
        job = Job(lambda _: work())
        job.done.connect(lambda result: done(result))  # a bound method alone would not keep this object alive
        job.refused.connect(self._notices.trouble)
        job.start()
        return job


def _for_each(found: tuple[CutOff, ...], act: Callable[[Path], object]) -> None:
    for one in found:
        act(one.folder)
