"""Tries the built program: does it start, list its models, analyse the demo without a display, and open its window with one?"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WINDOW_S = 12


def run(command: list[str], folder: Path, environment: dict[str, str], timeout_s: float = 300) -> str:
    """What it printed; ends the script where it failed."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False)
    print(f"$ {' '.join(command[1:])}: exit {done.returncode}")
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


def window_opens(program: Path, folder: Path, environment: dict[str, str]) -> None:
    """Under Xvfb the window must still be open after a while, and say nothing of missing plugins."""
    server = shutil.which("xvfb-run")
    if server is None:
        print("no xvfb-run: the window was not tried")
        return
    command = [server, "-a", "-s", "-screen 0 1400x900x24", str(program)]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        _, errors = process.communicate(timeout=WINDOW_S)
        sys.exit(f"the window closed by itself: {errors}")
    except subprocess.TimeoutExpired:
        print("the window opened and stayed open")
    finally:
        os.killpg(process.pid, 15)
        process.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "program", type=Path, nargs="?", default=Path(__file__).parent.parent / "dist" / "formcheck" / "formcheck"
    )
    program = parser.parse_args().program.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "VIRTUAL_ENV")
        }
        environment |= {v: str(folder / "home") for v in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        assert "usage" in run([str(program), "--help"], folder, environment)
        run([str(program), "models"], folder, environment)
        printed = run([str(program), "demo"], folder, environment)
        assert "repetitions" in printed, printed
        assert (folder / "formcheck-demo" / "session.json").is_file()
        window_opens(program, folder, environment)
    print("the built program works")


if __name__ == "__main__":
    main()
