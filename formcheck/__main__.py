"""python -m formcheck, and the `formcheck` command."""

import sys

from formcheck.cli.main import run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
