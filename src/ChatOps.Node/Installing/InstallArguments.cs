using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Node.Installing;

/// <summary>The command line of <c>node install</c> and <c>node uninstall</c>: that of the daemon, and a few more.</summary>
internal static class InstallArguments
{
    /// <summary>Where the installed daemon has its key and state.</summary>
    public const string StateDirectory = "/var/lib/" + InstallOptions.Service;

    private const int MaxUser = 32;

    /// <summary>What it takes beyond the daemon's.</summary>
    public static IReadOnlyList<(string Name, string? Value, string Description)> Options { get; } =
    [
        ("--user", "USER", "Run as this user instead of root; made as a system user when there is none."),
        ("--keep-binary", null, "Leave the program where it is instead of copying it to /usr/local/bin."),
        ("--root", "DIR", "Write below this directory (an image, a test) and start nothing."),
        ("--dry-run", null, "Do nothing: show what would be done."),
        ("--no-start", null, "Install and enable it, and do not start it."),
    ];

    /// <summary>What <c>node uninstall</c> takes.</summary>
    public static IReadOnlyList<(string Name, string? Value, string Description)> UninstallOptions { get; } =
    [
        ("--purge", null, "Remove its key, its state and the user that was made for it too: it cannot come back without a new token."),
        ("--root", "DIR", "Undo an installation below this directory."),
        ("--dry-run", null, "Do nothing: show what would be done."),
    ];

    /// <summary>Reads a command line.</summary>
    public static bool TryRead(IReadOnlyList<string> args, string version, [NotNullWhen(true)] out InstallOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var rest = new List<string>();
        string? user = null, root = null;
        bool keep = false, dry = false, start = true;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--keep-binary": keep = true; break;
                case "--dry-run": dry = true; break;
                case "--no-start": start = false; break;
                case "--user" or "--root" when i + 1 == args.Count:
                    return Wrong($"{args[i]} needs a value.", out problem);
                case "--user": user = args[++i]; break;
                case "--root": root = args[++i]; break;
                default: rest.Add(args[i]); break;
            }
        }

        if (args.FirstOrDefault(a => a.Any(char.IsControl)) is not null) return Wrong("An argument holds a line break or another control character.", out problem);
        if (!DaemonArguments.TryRead(rest, version, out var daemon, out problem)) return false;
        if (!rest.Any(a => a == "--data" || a.StartsWith("--data=", StringComparison.Ordinal))) daemon = daemon with { StateDirectory = StateDirectory };
        if (user is not null && !IsUser(user)) return Wrong($"--user {user}: a user's name has lower-case letters, digits, '-' and '_', at most {MaxUser}, and begins with a letter or '_'.", out problem);
        options = new InstallOptions(daemon, user is "root" ? null : user, root is null ? "/" : Path.GetFullPath(root), keep, dry, start);
        return true;
    }

    private static bool IsUser(string name) =>
        name.Length is > 0 and <= MaxUser && (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static bool Wrong(string text, out string problem)
    {
        problem = text;
        return false;
    }
}
