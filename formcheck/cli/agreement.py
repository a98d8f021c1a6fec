"""`formcheck agreement`: a session against a phone on the pelvis, or motion capture."""

import argparse
import json

from formcheck.agreement.document import set_document
from formcheck.agreement.files import write_result
from formcheck.agreement.pelvis.postures import Held, Pose
from formcheck.agreement.pool import pool
from formcheck.agreement.pool_document import pool_document
from formcheck.agreement.raters import compare_raters, raters_document, raters_json, row, table_head
from formcheck.agreement.ratings import read_rating
from formcheck.agreement.results import Labels, measured
from formcheck.agreement.share import read_sets, write_share
from formcheck.agreement.study import compare_with_reference
from formcheck.cli.output import print_table
from formcheck.cli.words import DISCLAIMER
from formcheck.report.folder import write_document
from formcheck.report.words import exercise_title, quantity_title
from formcheck.system.errors import UserError
from formcheck.system.files import private_folder, write_export
from formcheck.system.kept_words import shown
from formcheck.system.language import decimals, tr


def agreement(options: argparse.Namespace) -> None:
    if options.pool:
        pool_sets(options)
        return
    if options.raters:
        raters(options)
        return
    if options.session is None or not options.sensors:
        raise UserError(
            tr(
                "name a session's folder and the sensor's export or a file of motion capture, or "
                "--pool with folders of comparisons"
            )
        )
    labels = Labels(options.person, options.place, options.clothing, options.camera_deg)
    poses = [_pose(words) for words in options.pose]
    result = compare_with_reference(
        options.session, options.sensors, labels=labels, taps_s=options.taps, poses=poses, offset_s=options.offset
    )
    out = private_folder(options.out)
    write_result(out, result)
    write_document(set_document(result), html=out / "report.html", pdf=out / "report.pdf")
    joined = result.joined
    for note in joined.notes:
        print(tr("Note: {note}.", note=shown(note)))
    print(tr("Offset {offset_s:.3f} s, found by {clock_by}.", offset_s=joined.offset_s, clock_by=tr(joined.clock_by)))
    rows = [
        [
            quantity_title(result.exercise, name),
            str(m.n),
            *(["-"] * 3 if m.differences is None else _figures(m.differences.bias, m.differences.mae, m.differences.loa)),
        ]
        for name, m in measured(result.pairs).items()
    ]
    print_table([tr("Measure"), tr("n"), tr("Bias"), tr("Mean error"), tr("Limits of agreement")], rows)
    print(f"{out / 'report.pdf'}\n{tr(DISCLAIMER)}")


def pool_sets(options: argparse.Namespace) -> None:
    """Comparisons of many people together."""
    sets = read_sets(options.pool)
    out = private_folder(options.out)
    write_document(pool_document(sets), html=out / "report.html", pdf=out / "report.pdf")
    if options.share:
        write_share(options.share, sets)
    for one in pool(sets):
        d = one.all.differences
        figures = tr("too few") if d is None else tr("bias {bias:.1f}°, mean error {mae:.1f}°", bias=d.bias, mae=d.mae)
        print(
            tr(
                "{exercise} {measure}: {people} people, {n} repetitions, {figures}",
                exercise=exercise_title(one.exercise),
                measure=quantity_title(one.exercise, one.measure),
                people=one.people,
                n=one.all.n,
                figures=figures,
            )
        )
    print(f"{out / 'report.pdf'}\n{tr(DISCLAIMER)}")


def raters(options: argparse.Namespace) -> None:
    """People who judged the same films against each other, and the program against each."""
    compared = compare_raters([read_rating(path) for path in options.raters])
    out = private_folder(options.out)
    write_export(out / "raters.json", json.dumps(raters_json(compared), indent=1) + "\n")
    write_document(raters_document(compared), html=out / "report.html", pdf=out / "report.pdf")
    print_table([tr("Exercise"), *table_head()], [[one.exercise, *row(one)] for one in compared])
    print(f"{out / 'report.pdf'}\n{tr(DISCLAIMER)}")


def _figures(bias: float, mae: float, loa: tuple[float, float]) -> list[str]:
    return [decimals(f"{bias:.1f}°"), decimals(f"{mae:.1f}°"), tr("{low:.1f}° to {high:.1f}°", low=loa[0], high=loa[1])]


def _pose(words: str) -> Held:
    """stand=2-6: the pose, from and to on the phone's clock."""
    name, _, span = words.partition("=")
    start, _, end = span.partition("-")
    try:
        return Held(Pose(name), float(start), float(end))
    except ValueError as error:
        raise UserError(
            tr("--pose {words}: stand=FROM-TO or bow=FROM-TO was expected, seconds of the phone's clock", words=words)
        ) from error
