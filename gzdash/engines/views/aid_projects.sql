-- Aid projects, once each, with their place and the lead's register data.
SELECT
    f.* EXCLUDE (county, town),
    CAST(date_trunc('month', f."start") AS DATE) AS month,
    f.lead AS organization,
    g.region_group,
    g.prefecture,
    coalesce(g.county, f.county) AS county,
    coalesce(t.code, f.town, g.town) AS town,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry
FROM counting_projects AS f
LEFT JOIN reference_regions AS g ON g.code = f.county
LEFT JOIN reference_towns AS t ON t.name = f.town AND t.county = g.county
LEFT JOIN raw_organizations AS o ON o.code = f.lead
