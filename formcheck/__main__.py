"""python -m formcheck, and the `formcheck` command. Older Pythons must be able to read this file, to be told so."""

import multiprocessing
import sys

from formcheck import __version__
from formcheck.system.python_versions import python_problem


def main() -> None:
    multiprocessing.freeze_support()  # a built program starts itself for each process of a folder's analysis
    problem = python_problem()
    if problem:
        sys.stderr.write("formcheck: " + problem + "\n")
        sys.exit(2)
    if sys.argv[1:] == ["--version"]:  # asked of a Python that has none of the libraries yet
        sys.stdout.write("formcheck " + __version__ + "\n")
        return
    from formcheck.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
