"""Measured speed; nothing here is asserted."""
