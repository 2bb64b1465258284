-- The statements that nothing supports without the source that is left out.
-- What is withdrawn supports nothing. Empty where `ask` leaves none out.
SELECT k.asked, x.stance
FROM stance_source x CROSS JOIN ask k LEFT JOIN rooted r ON r.asked = k.asked AND r.source = x.source
WHERE k.without_source <> '' AND x.lends
GROUP BY k.asked, x.stance
HAVING count(r.root) = 0
