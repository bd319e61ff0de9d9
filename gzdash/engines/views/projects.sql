-- One row per aid project: of those that count, the lead whose project started first, so that money reported by two
-- leads is counted once. A project merged into one of another number keeps its row: aid that names it needs its theme.
SELECT * EXCLUDE (place)
FROM (
    SELECT
        *,
        row_number() OVER (PARTITION BY project ORDER BY counts DESC, submission_month, submission_owner) AS place
    FROM project_reports
) AS ranked
WHERE place = 1
