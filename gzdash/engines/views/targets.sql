-- Yearly targets.
SELECT * FROM raw_targets
