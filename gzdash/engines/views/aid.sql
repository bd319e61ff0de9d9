-- Aid with its project's theme and programme, its place, and the giver's register data where it has one.
SELECT
    f.* EXCLUDE (county, town),
    CAST(date_trunc('month', f.date) AS DATE) AS month,
    coalesce(f.giver, f.giver_name) AS organization,
    j.theme,
    j.programme,
    g.region_group,
    g.prefecture,
    f.county AS county_reported,
    coalesce(g.county, f.county) AS county,
    coalesce(t.code, f.town, g.town) AS town,
    o.district,
    o.type,
    o.grade,
    o.grade_expiry
FROM counted_aid AS f
LEFT JOIN projects AS j ON j.project = f.project
LEFT JOIN reference_regions AS g ON g.code = f.county
LEFT JOIN reference_towns AS t ON t.name = f.town AND t.county = g.county
LEFT JOIN raw_organizations AS o ON o.code = f.giver
