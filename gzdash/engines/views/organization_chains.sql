-- The chains of each organization with its register data.
SELECT f.*, o.district, o.type, o.grade, o.grade_expiry
FROM raw_organization_chains AS f
LEFT JOIN raw_organizations AS o ON o.code = f.organization
