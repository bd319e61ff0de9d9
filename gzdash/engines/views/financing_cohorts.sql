-- Financing by cohort: every stage of a case stands in the month its credit line was granted.
SELECT f.* EXCLUDE (month), c.month
FROM financing AS f
JOIN (
    SELECT organization, "case", min(month) AS month
    FROM financing
    WHERE stage = 'credit_line'
    GROUP BY organization, "case"
) AS c ON c.organization = f.organization AND c."case" = f."case"
