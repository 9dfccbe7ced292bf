"""Room: ui. Signing in to a server."""
