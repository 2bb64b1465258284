-- The side of each position of those who are counted: 1 for, 0 neutral, -1 against.
-- Contested, mixed and numbers are on no side.
SELECT asked, actor, issue,
  CASE WHEN verdict = 'Neutral' THEN 0 WHEN verdict IN ('Supports', 'StronglySupports') THEN 1 ELSE -1 END AS side
FROM standing
WHERE counted_with IS NULL AND verdict NOT IN ('Contested', 'Mixed', 'At')
