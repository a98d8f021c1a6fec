"""Reads what a phone recorded: phyphox, Sensor Logger, and a plain CSV. Knows nothing of pelvis or film."""
