"""Words that --help and the commands' output share. Imports nothing: --help waits for no library."""

SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
DECIMALS = (".", ",")
DISCLAIMER = "Movement feedback and education, not medical advice."
