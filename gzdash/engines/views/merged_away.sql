-- What counts no more: whatever leads, over one merge or several, to another thing that is in the store. Merges that
-- lead round in a circle, as an undo and a redo can make them, leave the first of the circle.
WITH RECURSIVE chosen AS (
    SELECT kind, dropped, kept FROM raw_merges WHERE decision = 'merge'
),
leads AS (
    SELECT kind, dropped, kept FROM chosen
    UNION
    SELECT leads.kind, leads.dropped, chosen.kept
    FROM leads
    JOIN chosen ON chosen.kind = leads.kind AND chosen.dropped = leads.kept
)
SELECT DISTINCT leads.kind, leads.dropped AS identity
FROM leads
JOIN reported_identities AS there ON there.kind = leads.kind AND there.identity = leads.kept
LEFT JOIN leads AS back ON back.kind = leads.kind AND back.dropped = leads.kept AND back.kept = leads.dropped
WHERE leads.kept <> leads.dropped AND (back.kept IS NULL OR leads.kept < leads.dropped)
