"""Forms: one control per field, cards for exercises and logs, and the sentences that answer a person."""
