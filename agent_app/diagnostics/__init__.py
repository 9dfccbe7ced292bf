"""Looks at this computer for `doctor` and the support bundle."""
