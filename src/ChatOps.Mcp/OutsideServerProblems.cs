using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Configuration;
using ChatOps.Mcp.Using;

namespace ChatOps.Mcp;

/// <summary>What is wrong with entries of <c>Mcp:Servers</c> that are each well-formed by themselves.</summary>
public static partial class OutsideServerProblems
{
    // Beside a server's tools and group stand the tools that are about servers.
    private static readonly string[] Taken = ["servers", "tools", "review"];

    /// <summary>Every problem.</summary>
    public static IEnumerable<ConfigurationProblem> Of(McpOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, server) in options.Servers.Index())
        {
            ConfigurationProblem At(string key, string reason) => new("", 0, string.Create(CultureInfo.InvariantCulture, $"Mcp:Servers:{i}:{key}"), reason);
            if (!Form().IsMatch(server.Name) || Taken.Contains(server.Name)) yield return At("Name", "must be 1 to 20 lower-case letters and digits, beginning with a letter, and not 'servers', 'tools' or 'review'.");
            else if (!names.Add(server.Name)) yield return At("Name", $"'{server.Name}' is there twice.");
            if (server.Command is null == server.Url is null) yield return At("Command", "either Command or Url must be given.");
            if (server.Command is { } command && CommandWords.Split(command) is not { Count: > 0 }) yield return At("Command", "must name a program; its quotes must be closed.");
            if (server.Url is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
                yield return At("Url", "must be an https address, or http on this machine.");
            if (server.Token is not null && server.Url is null) yield return At("Token", "is for a server with a Url; a program gets its secrets by Environment.");
            foreach (var name in server.Environment.Where(n => !Variable().IsMatch(n))) yield return At("Environment", $"'{name}' is no name of a variable; values are taken from the gateway's own environment.");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,19}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
