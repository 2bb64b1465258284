-- The positions that become unknown if a row of `ask` leaves out a source that the row before has.
-- Ties, meetings and facts that rest on it are in their own tables.
SELECT m.asked_before, m.actor, m.issue, m.verdict_before, m.number_before, k.without_source
FROM moved m JOIN ask k ON k.asked = m.asked_before + 1
WHERE m.verdict IS NULL AND k.without_source <> ''
