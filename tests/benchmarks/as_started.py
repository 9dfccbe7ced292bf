"""Imported before Qt: imports are then as quick as in the program itself, which starts like this."""

from agent_app.runtime.importing import importing_quickly

with importing_quickly():
    pass
