-- One row per aid project, whoever reported it first: its money must not be counted twice.
SELECT * EXCLUDE (place)
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY project ORDER BY submission_month, submission_owner, import_id, source_row
        ) AS place
    FROM raw_aid_projects
) AS ranked
WHERE place = 1
