"""The tests: they mirror the rooms, and drive the real thing over real HTTP."""
