"""An .app in a .dmg. Written without a Mac at hand: not run yet.

Signed for other people's Macs where FORMCHECK_SIGN_AS names a "Developer ID Application" certificate of the keychain. Notarise:
  xcrun notarytool submit dist/formcheck-*.dmg --keychain-profile PROFILE --wait && xcrun stapler staple dist/formcheck-*.dmg
Without it the app is signed for this Mac only; others open it with a right click. A wheel of MediaPipe or OpenCV is for one kind
of processor, so there is one .dmg for arm64 and one for x86_64, each built on its kind.
"""

import os
import platform
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from version import version

HERE = Path(__file__).parent
IDENTIFIER = "org.formcheck.formcheck"


def information() -> dict[str, Any]:
    """Info.plist: macOS shows the sentence when the camera is first asked for. The microphone is never used."""
    return {
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": "13.0",
        "NSCameraUsageDescription": "formcheck watches your exercise through the camera. The picture stays on this computer.",
        "NSHighResolutionCapable": True,
    }


def disk_image(app: Path, dist: Path) -> Path:
    identity = os.environ.get("FORMCHECK_SIGN_AS", "-")
    sign: list[str | Path] = [
        "codesign",
        "--force",
        "--deep",
        "--options",
        "runtime",
        "--entitlements",
        HERE / "formcheck.entitlements",
    ]
    sign += ["--timestamp"] if identity != "-" else []
    subprocess.run([*sign, "--sign", identity, app], check=True)
    target = dist / f"formcheck-{version()}-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["ditto", app, Path(name) / app.name], check=True)
        (Path(name) / "Applications").symlink_to("/Applications")
        make: list[str | Path] = [
            "hdiutil",
            "create",
            "-volname",
            "formcheck",
            "-srcfolder",
            name,
            "-ov",
            "-format",
            "UDZO",
            target,
        ]
        subprocess.run(make, check=True)
    return target
