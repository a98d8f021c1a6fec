"""With what a session was measured and judged: program, video, limits."""

from formcheck.report.document import (
    Block,
    Facts,
    Heading,
    Row,
    Table,
)
from formcheck.report.words import (
    fault_title,
    number,
)
from formcheck.results import Session
from formcheck.system.language import tr


def settings_blocks(session: Session) -> list[Block]:
    rows = tuple(
        Row((fault_title(session.exercise, name), number(limits.caution, limits.unit), number(limits.fault, limits.unit)))
        for name, limits in session.thresholds.items()
    )
    video = session.video
    facts = Facts(
        (
            (tr("Program"), tr("formcheck {program}, pose model {model}", program=session.program, model=session.model)),
            (
                tr("Picture"),
                tr(
                    "{width} × {height}, {fps:.1f} frames/s, {frames} frames",
                    width=video.width,
                    height=video.height,
                    fps=video.fps,
                    frames=video.frames,
                ),
            ),
            (
                tr("Person seen in"),
                tr("{frames_with_pose} of {frames} frames", frames_with_pose=session.frames_with_pose, frames=video.frames),
            ),
        )
    )
    return [
        Heading(tr("Settings and limits used")),
        facts,
        Table((tr("Fault"), tr("Caution from"), tr("Fault from")), rows, (50, 25, 25)),
    ]
