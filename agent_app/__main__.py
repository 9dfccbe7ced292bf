"""Start the program: `python -m agent_app`."""

from agent_app.cli.main import run

if __name__ == "__main__":
    run()
