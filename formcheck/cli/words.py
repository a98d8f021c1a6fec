"""Words that --help and the commands' output share. Imports nothing: --help waits for no library."""

DISCLAIMER = "Movement feedback and education, not medical advice."
