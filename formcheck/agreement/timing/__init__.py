"""The film's clock against the phone's: by the movement itself, and by taps on the phone."""
