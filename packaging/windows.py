"""An installer for one user, who needs no administrator. Wants Inno Setup 6. Written without Windows at hand: not run yet."""

import shutil
import subprocess
from pathlib import Path

from version import version

HERE = Path(__file__).parent
COMPILER = Path("C:/Program Files (x86)/Inno Setup 6/ISCC.exe")


def installer(program: Path, dist: Path) -> Path:
    compiler = shutil.which("ISCC") or str(COMPILER)
    defined = [f"/DVersion={version()}", f"/DProgram={program}", f"/O{dist}", f"/Fformcheck-{version()}-setup"]
    subprocess.run([compiler, *defined, str(HERE / "formcheck.iss")], check=True)
    return dist / f"formcheck-{version()}-setup.exe"
