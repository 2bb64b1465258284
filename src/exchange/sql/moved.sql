-- The positions that differ between one row of `ask` and the next: two days, or without a source.
-- A verdict of nothing is unknown.
SELECT p.asked AS asked_before, p.actor, p.issue, a.verdict AS verdict_before, a.number AS number_before, b.verdict, b.number
FROM (SELECT DISTINCT k.asked, s.actor, s.issue FROM standing s JOIN ask k ON s.asked = k.asked OR s.asked = k.asked + 1
      JOIN ask l ON l.asked = k.asked + 1) p
  LEFT JOIN standing a ON a.asked = p.asked AND a.actor = p.actor AND a.issue = p.issue
  LEFT JOIN standing b ON b.asked = p.asked + 1 AND b.actor = p.actor AND b.issue = p.issue
WHERE coalesce(a.verdict, '') <> coalesce(b.verdict, '') OR coalesce(a.number, 0) <> coalesce(b.number, 0)
