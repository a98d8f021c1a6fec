"""How far the program is off: its sessions held against a sensor on the pelvis, motion capture or a second rater."""
