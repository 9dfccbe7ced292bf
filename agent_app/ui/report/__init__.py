"""The supervisors' view: outcomes of a period, and reviews."""
