using ChatOps.Identity.Files;

namespace ChatOps.Identity.Editing;

/// <summary>What somebody wants of the gateway's own file: a new document, nothing (it is so already), or a refusal.</summary>
internal sealed record AccessEdit(AccessDocument? Document, string? Refusal)
{
    public static AccessEdit Nothing { get; } = new(null, null);

    public static AccessEdit Write(AccessDocument document) => new(document, null);

    public static AccessEdit Refuse(string reason) => new(null, reason);
}
