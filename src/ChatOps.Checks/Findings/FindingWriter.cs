using ChatOps.Audit;
using ChatOps.Checks.Incidents;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;

namespace ChatOps.Checks.Findings;

/// <summary>Writes findings and what is said of them, in one transaction with the states.</summary>
internal sealed class FindingWriter(ChecksOptions options, IReplies replies, IAuditWriter audit, IncidentBook incidents, IOwner owner, IRedactor redactor, IIdGenerator ids, TimeProvider time)
{
    /// <summary>What the console's conversation for findings is called.</summary>
    public const string ConversationTitle = "Checks";

    /// <summary>Writes what is said of some groups; answers with the states as they were told.</summary>
    public IReadOnlyList<CheckState> Write(IStoreSession session, IReadOnlyList<FindingGroup> groups) => [.. groups.SelectMany(g => g.IsRecovery ? Recovered(session, g) : Found(session, g))];

    private List<CheckState> Found(IStoreSession session, FindingGroup group)
    {
        var now = time.GetUtcNow();
        foreach (var earlier in group.States.Select(s => s.Finding).OfType<string>().Distinct(StringComparer.Ordinal)) Leave(session, earlier, group);
        var id = ids.NewId();
        var where = Places.Of(group.Check.To ?? options.Target, owner);
        if (Places.IsConsole(where)) session.Conversations.Touch(where.Id, owner.PrincipalId, ConversationTitle, now);
        var finding = new Finding
        {
            Id = id,
            Check = group.Check.Name,
            Targets = [.. group.States.Select(s => s.Key.Target)],
            Kind = group.Check.KindWord,
            Level = group.Level,
            OpenedAt = now,
            Text = Clean(FindingText.Sentence(group)),
            Evidence = Clean(FindingText.Evidence(group)),
            ConversationId = where.Id,
        };
        var (incident, isNew) = incidents.Of(session, finding);
        var text = FindingText.Message(finding, group, incident is null ? null : IncidentTexts.Line(incident, isNew));
        if (incident is not null && isNew)
        {
            var opening = replies.PostOpening(session, where, text, ReplyPriority.Result, IncidentTexts.ThreadTitle(incident));
            session.Incidents.Set(incident with { ThreadFrom = opening });
            finding = finding with { MessageId = opening };
        }
        else
        {
            // Whatever else is found of an incident is said where it is worked on.
            if (incident?.ToldIn is not null) finding = finding with { ConversationId = incident.ConversationId };
            finding = finding with { MessageId = replies.Post(session, ConversationKey.Parse(finding.ConversationId), text, ReplyPriority.Result, null) };
        }

        session.Checks.SetFinding(finding);
        if (group.Level is CheckLevel.Warning or CheckLevel.Critical)
        {
            session.FindingWork.Set(new FindingResponse(id, FindingStage.Told, now));
            session.PublishAfterCommit(new FindingTold(id));
        }

        audit.Append(session, new AuditEntry(AuditKind.System, $"{FindingText.Word(group.Level)}: {finding.Text}")
        {
            Principal = CheckService.Principal,
            ConversationId = finding.ConversationId,
            Nodes = [.. finding.Targets.Where(t => t != CheckKey.Gateway)],
            Outcome = "found",
            Detail = new Dictionary<string, string> { ["check"] = finding.Check, ["finding"] = id, ["evidence"] = finding.Evidence },
        });
        return Told(session, group, id, now);
    }

    private List<CheckState> Recovered(IStoreSession session, FindingGroup group)
    {
        var now = time.GetUtcNow();
        foreach (var states in group.States.GroupBy(s => s.Finding))
        {
            if (states.Key is null || session.Checks.Finding(states.Key) is not { } finding) continue;
            var targets = states.Select(s => s.Key.Target).ToList();
            var stored = session.Checks.States();
            var left = finding.Targets.Except(targets, StringComparer.Ordinal).Where(t => stored.Any(s => s.Key == new CheckKey(finding.Check, t) && s.Finding == finding.Id && s.Told > CheckLevel.Ok)).ToList();
            session.Checks.SetFinding(left.Count == 0 ? finding with { ClosedAt = now } : finding);
            replies.Post(session, ConversationKey.Parse(finding.ConversationId), FindingText.Recovered(finding, [.. states], left, now), ReplyPriority.Result, null);
            audit.Append(session, new AuditEntry(AuditKind.System, $"Well again: {FindingText.Named(finding.Check, targets)}.")
            {
                Principal = CheckService.Principal,
                ConversationId = finding.ConversationId,
                Nodes = [.. targets.Where(t => t != CheckKey.Gateway)],
                Outcome = "recovered",
                Detail = new Dictionary<string, string> { ["check"] = finding.Check, ["finding"] = finding.Id },
            });
        }

        return Told(session, group, null, now);
    }

    // Its targets are told of anew; a finding that loses all of them is over.
    private void Leave(IStoreSession session, string earlier, FindingGroup group)
    {
        if (session.Checks.Finding(earlier) is not { } finding) return;
        var left = finding.Targets.Except(group.States.Select(s => s.Key.Target), StringComparer.Ordinal).ToList();
        session.Checks.SetFinding(left.Count == 0 ? finding with { ClosedAt = time.GetUtcNow() } : finding with { Targets = left });
    }

    private static List<CheckState> Told(IStoreSession session, FindingGroup group, string? finding, DateTimeOffset now)
    {
        var told = group.States.Select(s => s with { Told = group.Level, Finding = finding }).ToList();
        foreach (var state in told) session.Checks.SetState(state, now);
        return told;
    }

    private string Clean(string text) => redactor.Redact(redactor.Neutralise(text));
}
