"""Known chatter is held back, everything else comes through, in order."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from formcheck.pose.native_log import CHATTER, native_log_held_back

SEEN = [
    "INFO: Created TensorFlow Lite XNNPACK delegate for CPU.",
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
    "W0000 00:00:1795435516.197084   18516 inference_feedback_manager.cc:121] Feedback manager requires a model",
    "W0000 00:00:1795435516.197084   20154 landmark_projection_calculator.cc:81] Using NORM_RECT without IMAGE_DIMENSIONS",
]
REAL = [
    "E0000 00:00:1795435516.197084   18516 inference_feedback_manager.cc:121] something failed",
    "F0000 00:00:1795435516.197084   18516 calculator_graph.cc:853] check failed",
    "Traceback (most recent call last):",
    "W0000 00:00:1795435516.197084   18516 calculator_graph.cc:853] out of memory",
]


@pytest.mark.parametrize("line", SEEN)
def test_chatter_is_known(line: str) -> None:
    assert CHATTER.match(line)


def test_the_rest_comes_through_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    with native_log_held_back():
        for line in [REAL[0], SEEN[0], *REAL[1:], SEEN[1]]:
            os.write(2, f"{line}\n".encode())
        assert capfd.readouterr().err == ""
    assert capfd.readouterr().err.splitlines() == REAL
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_it_comes_through_after_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with native_log_held_back():
            os.write(2, b"E0000 it failed\n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert capfd.readouterr().err == "E0000 it failed\n"


def test_threads_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        for _ in range(50):
            with native_log_held_back():
                os.write(2, f"{SEEN[0]}\nreal\n".encode())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert capfd.readouterr().err == "real\n" * 200


def test_without_standard_error_it_works_all_the_same() -> None:
    hold = "from formcheck.pose.native_log import native_log_held_back as hold"
    code = f"import os; os.close(2)\n{hold}\nwith hold(): print('done')"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root, check=False)
    assert (done.returncode, done.stdout) == (0, "done\n")
