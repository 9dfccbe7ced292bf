"""What the desk is told: layers of settings, the account, the files that a team shares."""
