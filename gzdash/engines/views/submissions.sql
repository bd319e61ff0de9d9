-- Reports due and received, with the register data of the organization that should report.
SELECT f.*, o.district, o.type, o.grade, o.grade_expiry, coalesce(p.chain, o.primary_chain) AS chain
FROM raw_submissions AS f
LEFT JOIN raw_organizations AS o ON o.code = f.organization
LEFT JOIN primary_chains AS p
    ON p.organization = f.organization AND f.month >= p.since AND f.month < p.until
