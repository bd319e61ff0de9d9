-- What was decided about reports of the same thing.
SELECT * FROM raw_merges
