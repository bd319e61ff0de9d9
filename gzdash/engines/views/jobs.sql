-- Posts and hires with the reporting organization's register data; a blank chain is its primary chain then.
SELECT
    f.* EXCLUDE (chain, month),
    coalesce(f.chain, p.chain, o.primary_chain) AS chain,
    f.month,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry
FROM raw_jobs AS f
LEFT JOIN raw_organizations AS o ON o.code = f.organization
LEFT JOIN primary_chains AS p
    ON p.organization = f.organization AND f.month >= p.since AND f.month < p.until
