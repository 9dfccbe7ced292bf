"""What the desk remembers, in one encrypted SQLite file. The only room that knows SQL."""
