-- The primary chain of an organization from one day to the next change: [since, until).
SELECT organization, chain, since, least(until, next_since) AS until
FROM (
    SELECT
        organization,
        chain,
        coalesce(since, DATE '1900-01-01') AS since,
        coalesce(until, DATE '9999-12-31') AS until,
        lead(coalesce(since, DATE '1900-01-01'), 1, DATE '9999-12-31')
            OVER (PARTITION BY organization ORDER BY coalesce(since, DATE '1900-01-01'), chain) AS next_since
    FROM raw_organization_chains
    WHERE is_primary = 1
) AS spans
