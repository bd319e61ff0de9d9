-- The projects that were not merged into one of another number.
SELECT * FROM projects WHERE counts
