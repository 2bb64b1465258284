-- The statements that nothing supports without the source that is left out.
-- Empty where `ask` leaves none out.
SELECT k.asked, x.stance
FROM stance_source x CROSS JOIN ask k
WHERE k.without_source <> ''
GROUP BY k.asked, k.without_source, x.stance
HAVING min(CASE WHEN x.source = k.without_source THEN 1 ELSE 0 END) = 1
