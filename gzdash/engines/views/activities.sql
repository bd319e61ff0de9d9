-- Activities with their lead's register data and the place they were held.
SELECT
    f.* EXCLUDE (chain),
    coalesce(f.chain, p.chain, o.primary_chain) AS chain,
    CAST(date_trunc('month', f.date) AS DATE) AS month,
    f.lead AS organization,
    g.region_group,
    g.prefecture,
    g.county,
    g.town,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry
FROM counted_activities AS f
LEFT JOIN raw_organizations AS o ON o.code = f.lead
LEFT JOIN primary_chains AS p
    ON p.organization = f.lead AND f.date >= p.since AND f.date < p.until
LEFT JOIN reference_regions AS g ON g.code = f.region
