"""Room: ui. Widgets that several areas share."""
