"""What was published: the ledger, baselines, and the append-only rules."""
