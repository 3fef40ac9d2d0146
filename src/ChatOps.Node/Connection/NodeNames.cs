namespace ChatOps.Node.Connection;

/// <summary>What a machine is called when nobody says.</summary>
internal static class NodeNames
{
    private const int MaxLength = 63;

    /// <summary>The machine's own name, made fit for selectors.</summary>
    public static string OfMachine()
    {
        var name = new string([.. Environment.MachineName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).TrimStart('-', '_', '.');
        return name.Length == 0 ? "node" : name.Length > MaxLength ? name[..MaxLength] : name;
    }
}
