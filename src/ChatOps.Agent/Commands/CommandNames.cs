using System.CommandLine;
using ChatOps.Configuration;

namespace ChatOps.Agent.Commands;

/// <summary>Finds the command that was probably meant.</summary>
internal static class CommandNames
{
    /// <summary>The whole command nearest to what was written, below a command; null when nothing is near.</summary>
    /// <param name="command">Where the words were understood up to.</param>
    /// <param name="understood">Those words.</param>
    /// <param name="two">The next two words, in case both together are near (<c>audti list</c>).</param>
    /// <param name="one">The next word.</param>
    public static string? Nearest(Command command, string understood, string two, string one)
    {
        var below = command.Subcommands.Select(c => c.Name);
        var near = NearestName.Of(one, below);
        if (near is not null) return Join(understood, near);
        // The last word of a longer path may have been typed alone: "verify" for "audit verify".
        var paths = Paths(command, "").ToList();
        var byEnd = paths.Where(p => p.EndsWith(" " + one, StringComparison.OrdinalIgnoreCase)).ToList();
        if (byEnd.Count == 1) return Join(understood, byEnd[0]);
        near = NearestName.Of(two, paths);
        return near is null ? null : Join(understood, near);
    }

    private static IEnumerable<string> Paths(Command command, string prefix) =>
        command.Subcommands.SelectMany(c => Paths(c, Join(prefix, c.Name)).Prepend(Join(prefix, c.Name)));

    private static string Join(string first, string second) => first.Length == 0 ? second : $"{first} {second}";
}
