-- How often two actors met, and from when to when. A letter is no meeting.
-- A meeting counts if it was held by the day asked about.
SELECT k.asked, a.actor AS one_actor, b.actor AS other_actor, count(*) AS meetings,
  min(h.date_from) AS first_day, max(h.date_to) AS last_day
FROM meeting_held h
  JOIN meeting_actor a ON a.meeting = h.meeting AND a.part = 'participant'
  JOIN meeting_actor b ON b.meeting = h.meeting AND b.part = 'participant' AND a.actor < b.actor
  CROSS JOIN ask k
WHERE (h.counts_from IS NULL OR h.counts_from <= k.day) AND (h.counts_to IS NULL OR h.counts_to >= k.day)
GROUP BY k.asked, a.actor, b.actor
