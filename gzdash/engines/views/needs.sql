-- Needs raised on visits; all of them belong to the visits programme.
SELECT
    f.*,
    'visits' AS programme,
    CAST(date_trunc('month', f.raised) AS DATE) AS month,
    date_diff('day', f.raised, f.resolved) AS days,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry,
    coalesce(p.chain, o.primary_chain) AS chain
FROM raw_needs AS f
LEFT JOIN raw_organizations AS o ON o.code = f.organization
LEFT JOIN primary_chains AS p
    ON p.organization = f.organization AND f.raised >= p.since AND f.raised < p.until
