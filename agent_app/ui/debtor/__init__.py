"""The debtor, the debt and its earlier followups."""
