-- Of every lead's rows of a project the newest, so that a correction wins, and whether it counts or was merged away.
SELECT r.* EXCLUDE (newest), c.project IS NOT NULL AS counts
FROM (
    SELECT
        *,
        row_number() OVER (PARTITION BY project, submission_owner ORDER BY import_id DESC, source_row) AS newest
    FROM raw_aid_projects
) AS r
LEFT JOIN (SELECT DISTINCT project, submission_owner FROM counted_aid_projects) AS c
    ON c.project = r.project AND c.submission_owner = r.submission_owner
WHERE r.newest = 1
