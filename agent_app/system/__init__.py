"""What differs by operating system: folders, keyring, settings, the sandbox process."""
