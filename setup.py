"""What pyproject.toml cannot say: the page of a package index, which is the README with its links made absolute; the handbook."""

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]["Repository"]


def index_page(readme: str) -> str:
    """The README as it may stand anywhere: a package index shows no picture, and follows no link, that is relative."""
    pictures = re.sub(r"(!\[[^\]]*\])\((?!https?:)([^)]+)\)", rf"\1({REPOSITORY}/raw/main/\2)", readme)
    return re.sub(r"(?<!!)(\[[^\]]*\])\((?!https?:|#)([^)]+)\)", rf"\1({REPOSITORY}/blob/main/\2)", pictures)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE / "packaging"))
    import catalogues
    import handbook
    from setuptools import setup
    from setuptools.command.build_py import build_py

    class BuildWithHandbook(build_py):
        """Copies the package, and adds the handbook's pages and the languages to the copy."""

        def run(self) -> None:
            super().run()
            if not self.editable_mode:
                handbook.make(Path(self.build_lib) / "formcheck" / "handbook")
                catalogues.compile_all(HERE / "formcheck" / "languages", Path(self.build_lib) / "formcheck" / "languages")

    setup(
        cmdclass={"build_py": BuildWithHandbook},
        long_description=index_page((HERE / "README.md").read_text(encoding="utf-8")),
        long_description_content_type="text/markdown",
    )
