"""A stand-alone server that speaks the contract; imports nothing of the client."""
