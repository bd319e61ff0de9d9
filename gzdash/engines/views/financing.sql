-- Financing by stage; the firm's chain, or the organization's primary chain then where the row is silent.
SELECT
    f.* EXCLUDE (chain),
    coalesce(f.chain, p.chain, o.primary_chain) AS chain,
    CAST(date_trunc('month', f.date) AS DATE) AS month,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry
FROM counted_financing AS f
LEFT JOIN raw_organizations AS o ON o.code = f.organization
LEFT JOIN primary_chains AS p
    ON p.organization = f.organization AND f.date >= p.since AND f.date < p.until
