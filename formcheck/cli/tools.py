"""`formcheck models` and `doctor`: what is there, and what is wrong."""

import argparse

from formcheck.cli.progress_bar import model_with_bar
from formcheck.doctor import checks
from formcheck.pose.model import model_states
from formcheck.problem_report import check_lines


def models(options: argparse.Namespace) -> None:
    if options.path:
        print(model_with_bar())
        return
    for state in model_states():
        print(state)


def doctor(_: argparse.Namespace) -> int:
    results = checks()
    print(check_lines(results))
    return 0 if all(check.ok for check in results) else 2
