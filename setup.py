"""What pyproject.toml cannot say: the page of a package index, which is the README with its links made absolute."""

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]["Repository"]


def index_page(readme: str) -> str:
    """The README as it may stand anywhere: a package index shows no picture, and follows no link, that is relative."""
    pictures = re.sub(r"(!\[[^\]]*\])\((?!https?:)([^)]+)\)", rf"\1({REPOSITORY}/raw/main/\2)", readme)
    return re.sub(r"(?<!!)(\[[^\]]*\])\((?!https?:|#)([^)]+)\)", rf"\1({REPOSITORY}/blob/main/\2)", pictures)


if __name__ == "__main__":
    from setuptools import setup

    setup(
        long_description=index_page((HERE / "README.md").read_text(encoding="utf-8")),
        long_description_content_type="text/markdown",
    )
