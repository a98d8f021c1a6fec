"""An installer for one user, who needs no administrator. Wants Inno Setup. Written without Windows at hand: not run yet.

Not signed: Windows warns of an unknown publisher at the first start. With a certificate, sign it after it is made:
  signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /a dist\\formcheck-VERSION-setup.exe
"""

import shutil
import subprocess
from pathlib import Path

from version import address, version

HERE = Path(__file__).parent
FOLDERS = (Path("C:/Program Files (x86)"), Path("C:/Program Files"))


def installer(program: Path, dist: Path) -> Path:
    defined = [f"/DVersion={version()}", f"/DProgram={program}", f"/DAddress={address()}"]
    name = f"formcheck-{version()}-setup"
    subprocess.run([compiler(), *defined, f"/O{dist}", f"/F{name}", str(HERE / "formcheck.iss")], check=True)
    return dist / f"{name}.exe"


def compiler() -> str:
    """Where Inno Setup puts it, whatever its version is."""
    found = shutil.which("ISCC") or next((str(f) for folder in FOLDERS for f in folder.glob("Inno Setup */ISCC.exe")), None)
    if found is None:
        raise SystemExit("Inno Setup is not installed: choco install innosetup")
    return found
