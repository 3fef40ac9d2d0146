using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>The context of a message as its column holds it; one without anything has none, and costs none.</summary>
internal static class ContextJson
{
    private static readonly string Nothing = Json.Write(InboundContext.None);

    public static string? Write(InboundContext context)
    {
        if (ReferenceEquals(context, InboundContext.None)) return null;
        var json = Json.Write(context);
        return json == Nothing ? null : json;
    }

    public static InboundContext Read(string? json) => json is null ? InboundContext.None : Json.Read<InboundContext>(json);
}
