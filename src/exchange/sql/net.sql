-- On how many issues two actors are on the same side, less those on which they are on opposite sides.
-- `issues` are those on which both are on a side, or neutral.
SELECT a.asked, a.actor AS one_actor, b.actor AS other_actor, sum(a.side * b.side) AS net,
  sum(CASE WHEN a.side * b.side = 1 THEN 1 ELSE 0 END) AS same_side,
  sum(CASE WHEN a.side * b.side = -1 THEN 1 ELSE 0 END) AS opposite_sides,
  sum(CASE WHEN a.side = b.side THEN 1 ELSE 0 END) AS identical, count(*) AS issues
FROM held a JOIN held b ON a.asked = b.asked AND a.issue = b.issue AND a.actor < b.actor
GROUP BY a.asked, a.actor, b.actor
