using System.Text;
using System.Text.RegularExpressions;

namespace ChatOps.Scheduling.Book;

/// <summary>Names of schedules.</summary>
internal static partial class ScheduleNames
{
    private const int MaxMade = 30;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? Problem(string name) => Pattern().IsMatch(name)
        ? null
        : $"A schedule's name has 1 to {ScheduleBounds.MaxName} lower case letters, digits, '-', '_' or '.', and begins with a letter or digit.";

    /// <summary>A name from a text that no other has.</summary>
    public static string Make(string text, Func<string, bool> taken)
    {
        var made = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (made.Length >= MaxMade) break;
            if (char.IsAsciiLetterOrDigit(c)) made.Append(c);
            else if (made.Length > 0 && made[^1] != '-') made.Append('-');
        }

        var stem = made.ToString().Trim('-');
        if (stem.Length == 0) stem = "schedule";
        if (!taken(stem)) return stem;
        for (var i = 2; ; i++)
        {
            if (!taken($"{stem}-{i}")) return $"{stem}-{i}";
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_.-]{0,47}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
