using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Jobs;

/// <summary>
/// Who may look at a job, and who may stop it: who asked for it, who may do the same on all of its nodes, and everybody who is known in the conversation where it
/// runs or where its card stands, as for <c>/stop</c>. Who may read the audit may look too.
/// </summary>
internal sealed class JobAccess(IAuthorizer authorizer, IToolCatalogue tools, INodes nodes, IApprovals approvals)
{
    /// <summary>An invocation that is a job which they may see; null when there is none.</summary>
    public InvocationRow? Find(IStoreSession session, string id, Principal who, ConversationKey? where) =>
        session.Invocations.Find(id) is { } row && tools.Find(row.Tool) is { IsJob: true } && MaySee(session, row, who, where) ? row : null;

    /// <summary>Whether they may stop it.</summary>
    public bool MayStop(IStoreSession session, InvocationRow row, Principal who, ConversationKey? where) =>
        row.Principal == who.Id || (where is not null && IsThere(session, row, where.Id)) || MayRun(row, who);

    private bool MaySee(IStoreSession session, InvocationRow row, Principal who, ConversationKey? where) =>
        MayStop(session, row, who, where) || authorizer.CouldUse(who, "audit_show", "audit");

    private bool IsThere(IStoreSession session, InvocationRow row, string conversationId) =>
        row.ConversationId == conversationId || (row.ApprovalId is { } approval && approvals.Cards(session, approval).Any(c => c.ConversationId == conversationId));

    // A node that has left the fleet has no labels by which anything could be allowed.
    private bool MayRun(InvocationRow row, Principal who)
    {
        var known = nodes.All().ToDictionary(n => n.Name, StringComparer.Ordinal);
        return row.Targets.Count > 0 && row.Targets.All(known.ContainsKey) && tools.Find(row.Tool) is { } tool
            && authorizer.Decide(who, tool.Name, tool.Group, [.. row.Targets.Select(t => known[t])]).Allowed;
    }
}
