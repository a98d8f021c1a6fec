"""Runs sets: makes the plan from what is chosen, starts the worker, lets go of it when the set has ended."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from formcheck.analysis.limits import limits_for
from formcheck.exercises.contract import Exercise
from formcheck.gui.sets.control_bar import SourceChoice
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sets.sources import fresh_demo_folder
from formcheck.gui.sets.worker import Ended, LiveWorker
from formcheck.gui.widgets.words import asks_view, chosen_view
from formcheck.library.services import NextSet
from formcheck.results import Side
from formcheck.run.live.live_set import SetPlan
from formcheck.session.ownership import Owner
from formcheck.system.settings import Settings


class SetRunner(QObject):
    """At most one set at a time."""

    ended = Signal(object, object)
    """Ended and the SetPlan."""
    failed = Signal(str)
    """In words for the user."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        self.worker: LiveWorker | None = None
        self._plan: SetPlan | None = None

    def prepare(self, plan: SetPlan, source: SourceChoice, settings: Settings) -> LiveWorker:
        """The worker of a new set; start() it once its pictures are looked for."""
        if source.camera is not None:
            self._equipment.ask_permission()
        worker = LiveWorker(
            plan,
            self._equipment.open_source(source, settings),
            lambda progress: self._equipment.find_model(settings, progress),
            partial(self._equipment.make_tracker, graphics_card=True) if plan.graphics_card else self._equipment.make_tracker,
            mirrored=settings.mirror and not plan.from_behind,
            parent=self,
        )
        self.worker, self._plan = worker, plan
        worker.ended.connect(self._ended)
        worker.failed.connect(self._failed)
        return worker

    def stop(self) -> None:
        if self.worker is not None:
            self.worker.stop()

    def signal(self) -> None:
        """Start the countdown, pause, go on."""
        if self.worker is not None:
            self.worker.signal()

    def finish(self) -> None:
        """End at once and wait: the window is closing."""
        if self.worker is not None:
            self.worker.stop()
            self.worker.wait(10_000)

    def _let_go(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.wait(5_000)
            worker.deleteLater()

    def _ended(self, ended: Ended) -> None:
        plan = self._plan
        self._let_go()
        self.ended.emit(ended, plan)

    def _failed(self, words: str) -> None:
        self._let_go()
        self.failed.emit(words)


def make_plan(
    exercise: Exercise,
    source: SourceChoice,
    settings: Settings,
    *,
    checks: bool,
    owner: Owner | None = None,
    video: bool = True,
    next_set: NextSet | None = None,
) -> SetPlan:
    """next_set: a plan's set, whose limits stand before the settings'. video: whether one may be kept."""
    strictness = settings.strictness.get(exercise.id, "standard")
    planned = None if next_set is None else next_set.item.limits
    owner = owner or Owner()
    return SetPlan(
        exercise=exercise,
        side=None if settings.side == "auto" or asks_view(exercise) else Side(settings.side),
        view=chosen_view(exercise, settings.view),
        variant=settings.variant or None,
        limits=limits_for(exercise, strictness, settings.custom_limits.get(exercise.id), planned),
        sessions=fresh_demo_folder() if source.demo else settings.sessions(),
        source_name=source.name,
        tempo=None if next_set is None else next_set.item.tempo,
        checks=checks,
        record=settings.record and video,
        record_raw=settings.record_raw and video,
        hide_face=settings.hide_face,
        every_frame=settings.every_frame,
        graphics_card=settings.graphics_card,
        owner=owner if next_set is None else replace(owner, plan=next_set.plan.uid, item=next_set.item.uid),
        demo=source.demo,
    )
