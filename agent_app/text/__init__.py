"""What the desk says: labels, errors, moments and numbers, in the person's language."""
