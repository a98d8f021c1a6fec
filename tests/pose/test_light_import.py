"""MediaPipe is loaded without what is only there for plots and sound."""

import subprocess
import sys

CODE = """
import sys
{before}
import formcheck.pose.landmarker
from formcheck.pose.light_import import LEFT_OUT
{after}
"""


def run(before: str, after: str) -> None:
    code = CODE.format(before=before, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_neither_plots_nor_sound_are_loaded_and_both_can_be_had_afterwards() -> None:
    run("", "assert not set(LEFT_OUT) & set(sys.modules); import matplotlib.pyplot as plt; plt.figure")


def test_who_has_matplotlib_already_keeps_it() -> None:
    run("import matplotlib as mine", "import matplotlib.pyplot as plt; assert sys.modules['matplotlib'] is mine; plt.figure")
