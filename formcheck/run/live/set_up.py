"""Before a live set, and in its pauses: whether the person and the camera are ready."""

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.setup import CheckResult, SetupChecks
from formcheck.analysis.snapshot import Snapshot
from formcheck.frames import Frame, Observation
from formcheck.results import Side


class SetUp:
    """Feed it every frame that is none of the set's."""

    def __init__(self, analyzer: Analyzer) -> None:
        """analyzer: one of its own; what it counts is thrown away."""
        self._analyzer = analyzer
        self._checks = SetupChecks(analyzer.exercise, analyzer.variant)

    @property
    def side(self) -> Side | None:
        """The working side, if it could be told."""
        return self._analyzer.side

    def update(self, frame: Frame, observation: Observation) -> tuple[Snapshot, tuple[CheckResult, ...]]:
        """What is seen, and every check up to the first that fails."""
        snapshot = self._analyzer.update(observation)
        return snapshot, self._checks.update(frame.image, observation.pose, snapshot)
