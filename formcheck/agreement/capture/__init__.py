"""Reads optical motion capture: .mot and .sto (angles), .trc and .c3d (markers), and makes the body's angles of it."""
