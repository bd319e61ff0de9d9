-- One row per aid project: of each lead's rows the newest, then the lead whose project started first, so that
-- money reported by two leads is counted once and a correction wins.
SELECT * EXCLUDE (newest, place)
FROM (
    SELECT
        *,
        row_number() OVER (PARTITION BY project ORDER BY submission_month, submission_owner) AS place
    FROM (
        SELECT
            *,
            row_number() OVER (
                PARTITION BY project, submission_owner ORDER BY import_id DESC, source_row
            ) AS newest
        FROM raw_aid_projects
    ) AS versions
    WHERE newest = 1
) AS ranked
WHERE place = 1
