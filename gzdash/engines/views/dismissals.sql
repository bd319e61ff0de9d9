-- What looked wrong and was found to be harmless.
SELECT * FROM raw_dismissals
