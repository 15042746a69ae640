"""The tracker's rules, for an account's store and for a guest's browser alike: pure functions over frozen values. Time, ids
and records come in from outside (docs/tracker.md)."""
