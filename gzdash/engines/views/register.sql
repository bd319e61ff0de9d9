-- One row per organization of the register, with every chain it serves: a register matches any of them.
SELECT
    o.*,
    o.code AS organization,
    coalesce(c.chains, CASE WHEN o.primary_chain IS NULL THEN [] ELSE [o.primary_chain] END) AS chains,
    CAST(date_trunc('month', o.founded) AS DATE) AS founded_month,
    CAST(date_trunc('month', o.dissolved) AS DATE) AS dissolved_month
FROM raw_organizations AS o
LEFT JOIN (
    SELECT organization, list_sort(list(DISTINCT chain)) AS chains
    FROM raw_organization_chains
    GROUP BY organization
) AS c ON c.organization = o.code
