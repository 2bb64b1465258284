"""The questions, made from the grammar of the command line: change them there."""

# ruff: noqa: A002

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import networkx

    from ._answer import Answer
    from ._picture import Picture

Date = str | date
"""A day, or a date as EDTF."""


class Questions:
    """A method for each question of the command line, with its flags as keywords."""

    def _ask(self, question: str, arguments: Mapping[str, object], why: bool) -> Answer:
        raise NotImplementedError

    def _draw(self, arguments: Mapping[str, object]) -> Picture:
        raise NotImplementedError

    def _network(
        self,
        through: Literal["met", "ties", "stances"] | None,
        arguments: Mapping[str, object],
    ) -> networkx.MultiGraph[str]:
        raise NotImplementedError

    def list(
        self,
        what: Literal["actors", "issues", "meetings", "sources", "ties", "stances", "facts"] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """List a section, or show the graph at a glance.

        Args:
            what: The section.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.list("actors").title
        'Actors'
        """
        arguments: dict[str, object] = {
            "what": what,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("list", arguments, why)

    def show(
        self,
        name: str,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show everything about an actor, an issue, a meeting, a source or a fact.

        Args:
            name: Its id, name or alias.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.show("taiwan").title
        'Taiwan'
        """
        arguments: dict[str, object] = {
            "name": name,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("show", arguments, why)

    def brief(
        self,
        name: str,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Brief somebody about to go into the room, on one page: positions, demands, common ground, meetings, and what of it is thin; of an actor, an issue or a meeting.

        Args:
            name: An actor, an issue or a meeting.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.brief("china").title
        'Brief: China'
        """
        arguments: dict[str, object] = {
            "name": name,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("brief", arguments, why)

    def positions(
        self,
        actor: str | Sequence[str] | None = None,
        *,
        all: bool = False,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        position: str | None = None,
        since: Date | None = None,
        source: str | None = None,
        tag: str | Sequence[str] | None = None,
        toward: str | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """List statements in force: who stands where on what.

        Args:
            actor: Whose positions; a list only selects.
            all: Include what is no longer in force, with what became of it.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            position: Which: a side (for, against, neutral, mixed), contested, unknown, or one position
                (strongly-supports, supports, opposes, strongly-opposes, at).
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            source: On whose word.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            toward: Addressed to whom.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.positions("china", toward="us").title
        'Statements in force of China toward United States'
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "all": all,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "position": position,
            "since": since,
            "source": source,
            "tag": tag,
            "toward": toward,
            "until": until,
        }
        return self._ask("positions", arguments, why)

    def meetings(
        self,
        actors: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        status: str | Sequence[str] | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """List meetings by date; of several actors, those that all attend.

        Args:
            actors: Who attends.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            status: With which status (planned, invited, held, postponed, cancelled, refused, unknown).
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.meetings(["us", "china"]).title
        'Meetings of United States and China'
        """
        arguments: dict[str, object] = {
            "actors": actors,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "status": status,
            "tag": tag,
            "until": until,
        }
        return self._ask("meetings", arguments, why)

    def path(
        self,
        from_: str,
        to: str,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        count: int | None = None,
        exclude_source: str | Sequence[str] | None = None,
        fold: bool = False,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        through: Literal["meetings", "issues", "ties", "all"] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show how one actor connects to another, shortest first.

        Args:
            from_: From whom.
            to: To whom.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            count: How many connections to show.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            fold: Count those who speak for an actor as that actor, unless they are asked about.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            through: Over what: meetings held, shared issues, ties (including speakers and members), or
                all.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.path("us", "china").title
        'United States to China'
        """
        arguments: dict[str, object] = {
            "from": from_,
            "to": to,
            "actor": actor,
            "as_of": as_of,
            "count": count,
            "exclude_source": exclude_source,
            "fold": fold,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "through": through,
            "until": until,
        }
        return self._ask("path", arguments, why)

    def compare(
        self,
        actors: str | Sequence[str],
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Compare actors: where they agree, where they differ, where one has not said.

        Args:
            actors: Two or more actors.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.compare(["us", "china"]).title
        'United States and China'
        """
        arguments: dict[str, object] = {
            "actors": actors,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("compare", arguments, why)

    def balance(
        self,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        budget: int | None = None,
        cell: str | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        signs: Literal["ties", "positions", "both"] | None = None,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        top: int | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show how balanced friendly and unfriendly relations are: triangles, frustration, walks, and which relations are under strain.

        Args:
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            budget: Explore at most this many partial splits to prove that a split is the best.
            cell: Only the relation of two actors, separated by a comma.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            signs: What makes two actors friends or foes.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            top: How many relations to show of each kind; 0 for all.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.balance().title
        'Structural balance'
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "as_of": as_of,
            "budget": budget,
            "cell": cell,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "signs": signs,
            "since": since,
            "tag": tag,
            "top": top,
            "until": until,
        }
        return self._ask("balance", arguments, why)

    def brokers(
        self,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        between: str | Sequence[str] | None = None,
        by: Literal["kind", "camp"] | None = None,
        cell: str | None = None,
        exclude_source: str | Sequence[str] | None = None,
        fold: bool = False,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        sample: int | None = None,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        through: Literal["meetings", "issues", "ties", "all"] | None = None,
        top: int | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show who stands between whom: betweenness, closeness, degree, roles; who the shortest connections run through.

        Args:
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            between: Only between these two: actors, or several separated by commas.
            by: Group actors by this to count roles.
            cell: The same for two actors, separated by a comma.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            fold: Count those who speak for an actor as that actor, unless they are asked about.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            sample: Estimate from the shortest connections of N actors; default: all, in a large graph as
                many as a second allows.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            through: Over what: meetings held, shared issues, ties (including speakers and members), or
                all.
            top: How many to show; 0 for all.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.brokers().title
        'Who stands between whom'
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "as_of": as_of,
            "between": between,
            "by": by,
            "cell": cell,
            "exclude_source": exclude_source,
            "fold": fold,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "sample": sample,
            "since": since,
            "tag": tag,
            "through": through,
            "top": top,
            "until": until,
        }
        return self._ask("brokers", arguments, why)

    def forecast(
        self,
        issues: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        cell: str | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        rule: Literal["compromise", "median", "mean", "power-mean", "condorcet"] | Sequence[Literal["compromise", "median", "mean", "power-mean", "condorcet"]] | None = None,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Forecast issues from positions, salience and power: five rules side by side, and how far each moves.

        Args:
            issues: Issues to forecast; default: all on which actors stand apart.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            cell: How an actor moves the forecast of an issue: `china,taiwan`; if one issue is named, the
                actor alone is enough.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            rule: Only by this rule.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.forecast("taiwan").title
        'Forecast of Taiwan'
        """
        arguments: dict[str, object] = {
            "issues": issues,
            "actor": actor,
            "as_of": as_of,
            "cell": cell,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "rule": rule,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("forecast", arguments, why)

    def history(
        self,
        of: str,
        issue: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show an actor's position on an issue over time, an actor's on all issues, or everybody's on one; each change with its evidence.

        Args:
            of: An actor, or an issue for everybody's.
            issue: On which issue; default: every issue; a list only selects.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.history("china", "taiwan").title
        'China on Taiwan'
        """
        arguments: dict[str, object] = {
            "of": of,
            "issue": issue,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("history", arguments, why)

    def timeline(
        self,
        names: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """List statements, changes of position, meetings, ties and facts by date.

        Args:
            names: Only what involves all of these: actors, issues or meetings.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.timeline(since='2023-06-18').title
        'Timeline'
        """
        arguments: dict[str, object] = {
            "names": names,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("timeline", arguments, why)

    def evidence(
        self,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        old: int | None = None,
        own: bool = False,
        since: Date | None = None,
        source: str | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show what the graph rests on, the weakest claims first, its quotes checked; with source, where a source's quotes are; with exclude_source, what falls without that source.

        Args:
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            old: How many days old a statement must be to count as old.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            source: Show instead where each quote of this source is in its text.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.evidence().title
        'What the graph stands on'
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "old": old,
            "own": own,
            "since": since,
            "source": source,
            "tag": tag,
            "until": until,
        }
        return self._ask("evidence", arguments, why)

    def matrix(
        self,
        of: Literal["actors", "issues"] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        all: bool = False,
        as_of: Date | None = None,
        cell: str | None = None,
        duplicates: Literal["all", "source", "day", "month", "year", "graph"] | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        measure: Literal["congruence", "conflict", "subtract", "ignore", "identical", "net", "combine"] | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_shared: int | None = None,
        min_sources: int | None = None,
        normalise: Literal["none", "average", "jaccard", "product"] | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Measure how far actors agree, pair by pair, or what each says on each issue.

        Args:
            of: Actors by actors, or actors by issues.
            actor: Only this actor.
            all: Also count statements that newer ones replaced or that have expired: the debate over
                time.
            as_of: Give positions, meetings, ties and facts as of this day.
            cell: Show one cell, and how it comes about: two actors, or an actor and an issue.
            duplicates: How often a repeated statement counts.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            measure: What to measure; default: net, or subtract for issues and when statements are
                counted.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_shared: Leave out cells that rest on fewer issues (of two actors) or statements (of an
                actor and an issue).
            min_sources: Only what at least this many independent sources say.
            normalise: What to divide it by.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.matrix(measure="net").to_numpy().ndim
        2
        """
        arguments: dict[str, object] = {
            "of": of,
            "actor": actor,
            "all": all,
            "as_of": as_of,
            "cell": cell,
            "duplicates": duplicates,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "measure": measure,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_shared": min_shared,
            "min_sources": min_sources,
            "normalise": normalise,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        arguments["why"] = why or None
        return self._ask("matrix", arguments, why)

    def camps(
        self,
        issues: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        all: bool = False,
        as_of: Date | None = None,
        cell: str | None = None,
        duplicates: Literal["all", "source", "day", "month", "year", "graph"] | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        measure: Literal["net", "subtract"] | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        no_firmness: bool = False,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        top: int | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show who stands together, what holds them together, and how firmly; on one issue, its sides.

        Args:
            issues: Issues to use; default: all.
            actor: Only this actor.
            all: Also count statements that newer ones replaced or that have expired: the debate over
                time.
            as_of: Give positions, meetings, ties and facts as of this day.
            cell: Only two actors: which camps they are in, and how their agreement comes about.
            duplicates: How often a repeated statement counts.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            measure: Two stand together if this is above 0; default: net, or subtract when statements are
                counted.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            no_firmness: Don't try how firm the camps are: on a large graph, that takes longest.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            top: How many statements to show that a camp depends on; 0 for all.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.camps().title
        'Camps'
        """
        arguments: dict[str, object] = {
            "issues": issues,
            "actor": actor,
            "all": all,
            "as_of": as_of,
            "cell": cell,
            "duplicates": duplicates,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "measure": measure,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "no_firmness": no_firmness,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "top": top,
            "until": until,
        }
        arguments["why"] = why or None
        return self._ask("camps", arguments, why)

    def common(
        self,
        actors: str | Sequence[str] | None = None,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        cell: str | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Show what actors agree on, what matters most first, and who meets whom although they oppose each other.

        Args:
            actors: Two or more actors; without any, who of all actors meets across a divide.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            cell: Only these two of those named.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.common(["us", "china"]).title
        'Common ground of United States and China'
        """
        arguments: dict[str, object] = {
            "actors": actors,
            "actor": actor,
            "as_of": as_of,
            "cell": cell,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("common", arguments, why)

    def find(
        self,
        text: str,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        why: bool = False,
    ) -> Answer:
        """Find every record that contains a text.

        Args:
            text: The text; case, accents, and the form of quotation marks and dashes do not matter.
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            why: A row for each record behind a row.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.find("balloon").title
        'Records that contain “balloon”'
        """
        arguments: dict[str, object] = {
            "text": text,
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
        }
        return self._ask("find", arguments, why)

    def draw(
        self,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        depth: int | None = None,
        exclude_source: str | Sequence[str] | None = None,
        focus: str | None = None,
        group: str | Sequence[str] | None = None,
        headline: bool = False,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        layout: Literal["dot", "neato", "fdp", "sfdp", "twopi", "circo", "osage"] | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        page: str | None = None,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        theme: Literal["light", "dark"] | None = None,
        top: int | None = None,
        until: Date | None = None,
        view: Literal["map", "network", "matrix", "agreement", "spectrum", "timeline"] | None = None,
        without: Literal["note", "quote", "text", "place"] | Sequence[Literal["note", "quote", "text", "place"]] | None = None,
    ) -> Picture:
        """Draw who stands where, who met whom, and what ties them.

        Args:
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            depth: How many steps from the focus; an actor's speakers are no step away.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            focus: Only what is connected to this actor, issue or meeting.
            group: Only members of this group, on the day asked for.
            headline: A title that counts what is shown, instead of that of the graph.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            layout: Let an installed Graphviz draw it, with this layout program.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            page: The page it fills, with as much as can be read: slide, a4, a4-landscape, 1600x900
                (pixels), or free; default: free, A4 for PDF.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            theme: Dark on light, for paper, or light on dark, for screens.
            top: Only the N actors and issues with the most statements and meetings among themselves.
            until: The same up to this date.
            view: What to draw; default: a map.
            without: Leave these fields of all records out of a page to click through: note, quote, place
                (of meetings), text (which no page carries).

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.draw(view="matrix").svg[:4]
        '<svg'
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "as_of": as_of,
            "depth": depth,
            "exclude_source": exclude_source,
            "focus": focus,
            "group": group,
            "headline": headline,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "layout": layout,
            "meeting_kind": meeting_kind,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "page": page,
            "since": since,
            "tag": tag,
            "theme": theme,
            "top": top,
            "until": until,
            "view": view,
            "without": without,
        }
        return self._draw(arguments)

    def network(
        self,
        *,
        actor: str | Sequence[str] | None = None,
        as_of: Date | None = None,
        exclude_source: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        issue: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        known_by: Date | None = None,
        meeting_kind: str | Sequence[str] | None = None,
        meetings: bool = False,
        min_grade: str | None = None,
        min_sources: int | None = None,
        offers: bool = False,
        own: bool = False,
        since: Date | None = None,
        tag: str | Sequence[str] | None = None,
        until: Date | None = None,
        without: Literal["note", "quote", "text", "place"] | Sequence[Literal["note", "quote", "text", "place"]] | None = None,
        through: Literal["met", "ties", "stances"] | None = None,
    ) -> networkx.MultiGraph[str]:
        """Returns the nodes and edges as a ``networkx.MultiGraph``, as of a day.

        Args:
            actor: Only this actor.
            as_of: Give positions, meetings, ties and facts as of this day.
            exclude_source: Answer as if this source, and whatever only repeats it, did not exist.
            group: Only members of this group, on the day asked for.
            issue: Only this issue and its parts: positions on it, meetings and facts about it, ties over
                it.
            kind: Only actors of this kind: state, organization, person or group.
            known_by: Use only sources dated by this day: what was known then.
            meeting_kind: Only meetings of this kind: visit, talks, summit, call, reception, session or
                letter.
            meetings: Make meetings nodes of a network, joined to those who have a part in them and to
                their topics; else those who met are joined, two by two.
            min_grade: Only claims of at least this Admiralty grade: B2, or B or 2 alone.
            min_sources: Only what at least this many independent sources say.
            offers: Take what an actor offers on a condition in place of its position.
            own: Leave out what others said for an actor.
            since: Only statements, meetings and facts with a day on this date or later, and ties that
                held then.
            tag: Only statements, meetings, ties and facts with this tag, and statements on an issue with
                it.
            until: The same up to this date.
            without: Leave out these fields of all records: note, quote, text (the path of a source's
                local copy), place (of meetings).
            through: Only edges of this kind, with all actors and what the edges join.

        >>> import demarche_graph as dg
        >>> graph = dg.open("graphs/blinken-2023.ron")
        >>> graph.network(through="met").has_edge("blinken", "qin")
        True
        """
        arguments: dict[str, object] = {
            "actor": actor,
            "as_of": as_of,
            "exclude_source": exclude_source,
            "group": group,
            "issue": issue,
            "kind": kind,
            "known_by": known_by,
            "meeting_kind": meeting_kind,
            "meetings": meetings,
            "min_grade": min_grade,
            "min_sources": min_sources,
            "offers": offers,
            "own": own,
            "since": since,
            "tag": tag,
            "until": until,
            "without": without,
        }
        return self._network(through, arguments)
