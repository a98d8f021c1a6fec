"""An .app in a .dmg. Written without a Mac at hand: not run yet.

PyInstaller signs every library and the app. With FORMCHECK_SIGN_AS, a "Developer ID Application" certificate of the keychain, it
does so with the hardened runtime and formcheck.entitlements, and Apple can notarise the .dmg:
  xcrun notarytool store-credentials PROFILE --apple-id ID --team-id TEAM --password APP_PASSWORD   (once)
  xcrun notarytool submit dist/formcheck-*.dmg --keychain-profile PROFILE --wait
  xcrun stapler staple dist/formcheck-*.dmg
Without it the app is signed for nobody: others have to allow it in System Settings, Privacy & Security.

Macs with Apple's processors only: MediaPipe publishes no wheel for the others. macOS 14: PyAV's wheel wants it.
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
    """Info.plist: macOS shows the sentences when the camera, and from macOS 15 on a phone on the network, is first asked for. The
    microphone is never used."""
    return {
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": "14.0",
        "NSCameraUsageDescription": "formcheck watches your exercise through the camera. The picture stays on this computer.",
        "NSHighResolutionCapable": True,
        "NSLocalNetworkUsageDescription": "formcheck opens a camera on your network when you typed its address.",
    }


def identity() -> str | None:
    """Who signs; None for nobody."""
    return os.environ.get("FORMCHECK_SIGN_AS") or None


def disk_image(app: Path, dist: Path) -> Path:
    subprocess.run(["codesign", "--verify", "--deep", "--strict", "--verbose=2", app], check=True)
    target = dist / f"formcheck-{version()}-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["ditto", app, Path(name) / app.name], check=True)
        (Path(name) / "Applications").symlink_to("/Applications")
        make = ("hdiutil", "create", "-volname", "formcheck", "-srcfolder", name, "-ov", "-format", "UDZO")
        subprocess.run([*make, target], check=True)
    if identity():
        subprocess.run(["codesign", "--timestamp", "--sign", str(identity()), target], check=True)
    return target
