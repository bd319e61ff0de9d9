-- Financing by cohort: every stage of a case stands where its first credit line stands (month, chain, firm size,
-- lender), so that both halves of a ratio are the same cases however they are split.
SELECT f.* EXCLUDE (month, chain, firm_size, lender), c.month, c.chain, c.firm_size, c.lender
FROM financing AS f
JOIN (
    SELECT
        organization,
        "case",
        month,
        chain,
        firm_size,
        lender,
        row_number() OVER (PARTITION BY organization, "case" ORDER BY date, import_id, source_row) AS place
    FROM financing
    WHERE stage = 'credit_line'
) AS c ON c.organization = f.organization AND c."case" = f."case" AND c.place = 1
