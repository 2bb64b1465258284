-- The statements that count for an actor on the day asked about, or counted before: each with its side.
-- Later ones, attributions and what was withdrawn are not among them; offers are.
SELECT k.asked, c.stance, c.actor, c.through, c.counts_to, c.offer,
  CASE WHEN c.perhaps_from <= k.day THEN 1 ELSE 0 END AS perhaps,
  s.issue, s.position, s.number, s.score, s.condition, s.date_from, s.date_to, s.date_lost, s.until_to,
  CASE WHEN s.position = 'At' THEN 'number' WHEN s.position = 'Mixed' THEN 'mixed' WHEN s.position = 'Neutral' THEN 'neutral'
    WHEN s.position IN ('Supports', 'StronglySupports') THEN 'for' ELSE 'against' END AS side,
  CASE WHEN s.position = 'At' THEN CASE WHEN s.score > 0 THEN 'for' WHEN s.score < 0 THEN 'against' WHEN s.score = 0 THEN 'neutral' END
    WHEN s.position = 'Neutral' THEN 'neutral' WHEN s.position IN ('Supports', 'StronglySupports') THEN 'for'
    WHEN s.position IN ('Opposes', 'StronglyOpposes') THEN 'against' END AS half
FROM stance_counts c JOIN stance s ON s.stance = c.stance CROSS JOIN ask k
  LEFT JOIN left_out o ON o.stance = c.stance AND o.asked = k.asked
WHERE NOT c.attributed AND NOT c.elsewhere AND NOT c.withdrawn AND s.position IS NOT NULL AND o.stance IS NULL
  AND (c.counts_from IS NULL OR c.counts_from <= k.day)
