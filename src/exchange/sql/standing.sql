-- Where each actor stands on each issue: a position, or Contested. Who is not in it is unknown there.
-- Measures count those whose `counted_with` is nothing.
SELECT s.asked, s.actor, s.issue,
  CASE WHEN s.words > 1 OR s.numbers > 1 OR (s.words = 1 AND s.numbers = 1 AND (s.halves <> 1 OR s.all_in_halves = 0)) THEN 'Contested'
    WHEN s.numbers = 1 THEN 'At' WHEN s.word = 'mixed' THEN 'Mixed' WHEN s.word = 'neutral' THEN 'Neutral'
    WHEN s.word = 'for' THEN CASE WHEN s.strength = 2 THEN 'StronglySupports' ELSE 'Supports' END
    ELSE CASE WHEN s.strength = 2 THEN 'StronglyOpposes' ELSE 'Opposes' END END AS verdict,
  CASE WHEN s.words > 1 OR s.numbers > 1 OR (s.words = 1 AND s.numbers = 1 AND (s.halves <> 1 OR s.all_in_halves = 0)) THEN NULL
    ELSE s.number END AS number,
  s.statements, coalesce(r.independent, 0) AS independent, s.newest_day, s.perhaps, d.counted_with
FROM sides s
  LEFT JOIN sourced r ON r.asked = s.asked AND r.actor = s.actor AND r.issue = s.issue
  LEFT JOIN folded d ON d.asked = s.asked AND d.actor = s.actor AND d.issue = s.issue
