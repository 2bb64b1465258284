-- The statements that replace older ones: those with a position and no condition.
-- One that has ended, or counts no longer, is among them: what it replaced does not revive.
SELECT * FROM counted WHERE NOT offer
