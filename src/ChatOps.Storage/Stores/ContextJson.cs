using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>The context of a message as its column holds it; most messages have none, and cost none.</summary>
internal static class ContextJson
{
    public static string? Write(InboundContext context) =>
        context is { Group: null, Anchor: null, Files.Count: 0, Tenant.Length: 0, Heard: null, Joined.Count: 0, Pause: null, Below: null, Trace: null, Schedule: null, Quiet: false } ? null : Json.Write(context);

    public static InboundContext Read(string? json) => json is null ? InboundContext.None : Json.Read<InboundContext>(json);
}
