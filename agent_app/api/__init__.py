"""Room: api. The only room that knows HTTP: requests out, plain values and a few errors in."""
