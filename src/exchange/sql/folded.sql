-- Who is not counted by itself on an issue, and with whom it is counted: it speaks for the other, for
-- which a statement that makes its position counted too, and the other has a position there.
SELECT f.asked, f.actor, f.issue, min(b.principal) AS counted_with
FROM in_force f
  JOIN stance_folds b ON b.stance = f.stance AND b.actor = f.actor
  JOIN counted c ON c.asked = f.asked AND c.stance = f.stance AND c.actor = b.principal
  JOIN sides p ON p.asked = f.asked AND p.actor = b.principal AND p.issue = f.issue
  JOIN ask k ON k.asked = f.asked
WHERE b.folds_from IS NULL OR b.folds_from <= k.day
GROUP BY f.asked, f.actor, f.issue
