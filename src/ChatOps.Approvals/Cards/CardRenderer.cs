using System.Globalization;
using ChatOps.Approvals.Pending;
using ChatOps.Approvals.Policies;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;
using ChatOps.Storage;

namespace ChatOps.Approvals.Cards;

/// <summary>The one layout of an approval card: what and where first, then exactly what will run, who asked, who may decide, until when.</summary>
internal sealed class CardRenderer(VoterPolicy voters, ApprovalsOptions options)
{
    private const int MaxNamedTargets = 12;
    private const int MaxNamedApprovers = 5;

    public RichMessage Render(Approval approval, ActionsBlock? buttons, RichMessage? result, Halt? halt)
    {
        var request = approval.Request;
        var blocks = new List<Block>
        {
            new CardBlock(approval.Id, string.Join("; ", request.Items.Select(i => i.Title)), Word(approval.State), request.Items.Max(i => i.Risk)),
        };
        if (approval.State != ApprovalState.Pending) blocks.Add(Record(approval));
        if (halt is not null) blocks.Add(new TextBlock(PlainText.Escape($"{halt}. This cannot start until that is lifted."), Tone.Refused));
        foreach (var item in request.Items) blocks.Add(new CodeBlock(item.Preview, Above(approval, item)));
        blocks.Add(new FieldsBlock(Fields(approval).ToList()));
        if (result is not null) blocks.AddRange(result.Blocks);
        if (buttons is not null) blocks.Add(buttons);
        return new RichMessage(blocks);
    }

    public ActionsBlock Buttons(Approval approval, string approve, string deny, Func<int, string> always)
    {
        var item = approval.Request.Items[0];
        var dangerous = approval.Request.Items.Any(i => i.Risk == Risk.Dangerous);
        var verb = item.Title.Split(' ', 2)[0];
        var scope = item.Targets.Count switch { 0 => "", 1 => $" on {item.Targets[0]}", var n => $" on {n} nodes" };
        var actions = new List<MessageAction>
        {
            new(approve, verb + scope, dangerous ? ActionStyle.Danger : ActionStyle.Primary,
                dangerous ? $"{item.Title}. This can destroy data or interrupt service: {item.Reason}" : null, AsksReason: true),
            new(deny, "Decline", ActionStyle.Plain, AsksReason: true),
        };
        if (GrantLedger.MayStand(approval.Request))
        {
            var days = (int)Math.Max(1, options.GrantOffer.TotalDays);
            actions.Add(new(always(days), $"Always allow for {days} days", ActionStyle.Plain,
                $"Runs it now, and lets {approval.Request.Requester} run exactly this there for {days} days without asking. You can end that at any time."));
        }

        return new ActionsBlock(actions);
    }

    private IEnumerable<Field> Fields(Approval approval)
    {
        var request = approval.Request;
        var targets = request.Items.SelectMany(i => i.Targets).Distinct().Order(StringComparer.Ordinal).ToList();
        if (targets.Count > 0) yield return new("Where", Names(targets, MaxNamedTargets, "nodes"));
        yield return new("Risk", $"{request.Items.Max(i => i.Risk).ToString().ToLowerInvariant()}: {string.Join("; ", request.Items.Select(i => i.Reason).Distinct())}");
        foreach (var (label, value) in request.Items[0].RunsAs) yield return new(label, value);
        yield return new("Asked by", request.RequesterName == request.Requester ? request.Requester : $"{request.RequesterName} ({request.Requester})");
        if (request.Why is not null) yield return new(request.WhyGenerated ? "Why, as the model wrote" : "Why", request.Why);
        if (request.TaintedBy is { } source) yield return new("Asked after reading", $"{source}. That text is from outside and may have led the model; look at what will run.");
        if (approval.State == ApprovalState.Pending)
        {
            yield return new("Needs", Needs(approval));
            yield return new("Expires", $"{approval.ExpiresAt.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC (in {SpanText.Of(approval.ExpiresAt - approval.CreatedAt)})");
        }

        foreach (var vote in approval.Votes)
            yield return new(vote.Approves ? "Approved by" : "Denied by", $"{vote.Principal}, {Time(vote.At)}" + (vote.Reason is null ? "" : $", \"{vote.Reason}\""));
        yield return new("Plan", $"sha256:{request.PlanHash[..12]}");
    }

    private string Needs(Approval approval)
    {
        var need = approval.Request.Need;
        var who = need.Roles.Count > 0 ? $"role {string.Join(" or ", need.Roles)}" : "people who may approve there";
        var approvers = voters.Approvers(approval.Request);
        var names = approvers.Count == 0 ? "nobody can now: give a second person the right" : Names(approvers, MaxNamedApprovers, "people");
        var notRequester = approval.FourEyes ? $", not {approval.Request.Requester}" : "";
        var alone = !approval.FourEyes && approvers is [var only] && only == approval.Request.Requester
            ? "; you ask and decide alone, because four-eyes is not demanded here (Approvals:FourEyes)"
            : "";
        return $"{need.Votes} of: {who}{notRequester} ({names}){alone}";
    }

    private static TextBlock Record(Approval approval)
    {
        var by = $"{approval.SettledBy} at {Time(approval.SettledAt)}" + (approval.SettleReason is null ? "" : $", \"{approval.SettleReason}\"");
        var text = approval.State switch
        {
            ApprovalState.Approved => ($"Approved by {by}. Starting.", Tone.Ok),
            ApprovalState.Running => ($"Approved by {by}. Running.", Tone.Waiting),
            ApprovalState.Succeeded => ($"Approved by {by}. {approval.Outcome}", Tone.Ok),
            ApprovalState.Failed => ($"Approved by {by}. {approval.Outcome}", Tone.Failed),
            ApprovalState.Partial => ($"Approved by {by}. {approval.Outcome}", Tone.Failed),
            ApprovalState.Unknown => ($"Approved by {by}. {approval.Outcome}", Tone.Unknown),
            ApprovalState.Denied => ($"Denied by {by}. Nothing ran.", Tone.Refused),
            ApprovalState.Expired => ($"Nobody decided before {Time(approval.ExpiresAt)}. Nothing ran; ask again if it is still wanted.", Tone.Refused),
            _ => ($"Cancelled: {approval.Outcome ?? approval.SettleReason} Nothing ran.", Tone.Refused),
        };
        return new TextBlock(PlainText.Escape(text.Item1), text.Item2);
    }

    private static string Above(Approval approval, PlanItem item) => approval.State switch
    {
        ApprovalState.Pending => item.Tool == "run" ? "Exactly what will run" : "Exactly what will be done",
        ApprovalState.Approved or ApprovalState.Running => "Runs",
        ApprovalState.Denied or ApprovalState.Expired or ApprovalState.Cancelled or ApprovalState.Superseded => "Did not run",
        _ => "Ran",
    };

    private static string Names(IReadOnlyList<string> names, int limit, string noun) =>
        names.Count <= limit ? string.Join(", ", names) : $"{string.Join(", ", names.Take(limit))} and {names.Count - limit} more ({names.Count} {noun})";

    private static string Time(DateTimeOffset? time) => time is { } t ? $"{t.ToUniversalTime():HH:mm} UTC" : "an unknown time";

    private static string Word(ApprovalState state) => state.ToString().ToLowerInvariant();
}
