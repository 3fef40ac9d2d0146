using ChatOps.Approvals;
using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Storage;

/// <summary>Rows with everything filled in, to be changed with <c>with</c>.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public static InboxItem Inbox(string id, string conversation = "web/c1", string? key = null) => new(
        id, key ?? $"web:{id}", conversation, new Actor("web", "", "u1", "Uma"), InboundKind.Text, $"/run uptime {id}", Noon);

    public static StoredMessage Message(string id, string conversation = "web/c1") =>
        new(id, conversation, null, RichMessage.Text($"message {id}"), null, Noon, Noon);

    public static OutboxItem Step(
        string id, string message, OutboundOperation operation = OutboundOperation.Send, ReplyPriority priority = ReplyPriority.Result, string conversation = "web/c1") =>
        new(id, conversation, message, operation, priority, RichMessage.Text($"content of {id}"), OutboxState.Pending, 0, Noon, null, Noon);

    public static InvocationRow Invocation(string id, string? key = null, string conversation = "web/c1") => new(
        id, key, "run", """{"command":"uptime"}""", "hash", ["web-1", "web-2"], "uma", "web:u1", conversation, "in1", "chat",
        InvocationStatus.Running, null, "gateway-1", null, null, Noon, null);

    public static ApprovalRow Approval(string id) => new(
        id, 1, ApprovalState.Pending, "hash", "{}", "uma", "inv1", Noon, Noon.AddMinutes(15), null, null, null, null);

    public static StandingGrant Grant(string id, string key = "key") => new(
        id, key, "uma", "run", "uptime on web-1", "ap1", "li", Noon, Noon.AddDays(7), 0, null, null, null);

    public static string Text(RichMessage message) => ((TextBlock)message.Blocks[0]).Markdown;
}
