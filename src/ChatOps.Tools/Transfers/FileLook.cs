using ChatOps.Tools.Run;

namespace ChatOps.Tools.Transfers;

/// <summary>What is at a path on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Failed">Why it could not be looked at; null when it was.</param>
/// <param name="Exists">Whether there is a file.</param>
/// <param name="Kind">What it is, as <c>stat</c> says.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Mode">Its mode in octal.</param>
/// <param name="Owner">Its owner and group.</param>
/// <param name="Sha256">Its content's hash; empty when it may not be read.</param>
internal sealed record FileLook(string Node, NodeRun? Failed, bool Exists, string Kind, long Bytes, string Mode, string Owner, string Sha256)
{
    /// <summary>Whether it is a plain file.</summary>
    public bool IsFile => Kind.StartsWith("regular", StringComparison.Ordinal);

    /// <summary>What a put expects to find.</summary>
    public string Before => Failed is not null ? PutScript.Any : !Exists ? PutScript.None : Sha256.Length == 0 ? PutScript.Any : Sha256;

    /// <summary>The same for people and for the plan that they approve.</summary>
    public string BeforeText => Failed is not null ? "not known: the node could not be asked" : !Exists ? "none" : Sha256.Length == 0 ? "not readable" : $"sha256:{Sha256}";
}
