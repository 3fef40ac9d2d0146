using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Tools.Machines;

/// <summary>Names and paths of machines as arguments: what cannot be one is refused before anything is made of it.</summary>
internal static class MachineText
{
    private const int MaxPath = 1024;
    private const int MaxUnit = 128;
    private const int MaxPattern = 500;

    /// <summary>What is wrong with an absolute path of a file; <see langword="null"/> when nothing is.</summary>
    public static string? PathProblem(string parameter, string path) =>
        path.Length > MaxPath ? $"'{parameter}' is longer than {MaxPath} characters."
        : !path.StartsWith('/') ? $"'{parameter}' must be an absolute path, such as /var/log/syslog."
        : HasControl(path) ? $"'{parameter}' holds a line break or another control character."
        : path.Split('/').Any(s => s is ".." or ".") ? $"'{parameter}' must be plain: no '.' or '..' between its slashes."
        : path.EndsWith('/') ? $"'{parameter}' is a directory; name a file."
        : null;

    /// <summary>What is wrong with a service's name; <see langword="null"/> when nothing is.</summary>
    public static string? UnitProblem(string parameter, string name) =>
        name.Length is 0 or > MaxUnit ? $"'{parameter}' must have 1 to {MaxUnit} characters."
        : name[0] is '-' or '.' || !name.All(IsUnitCharacter) ? $"'{parameter}' is no name of a service: letters, digits, ':', '_', '.', '@', '\\' and '-', and not beginning with '-' or '.'."
        : null;

    /// <summary>What is wrong with a pattern; <see langword="null"/> when nothing is.</summary>
    public static string? PatternProblem(string parameter, string pattern) =>
        pattern.Length is 0 or > MaxPattern ? $"'{parameter}' must have 1 to {MaxPattern} characters."
        : HasControl(pattern) ? $"'{parameter}' holds a line break or another control character."
        : null;

    /// <summary>Whether nothing can be made of this text but an argument.</summary>
    public static bool HasControl([NotNullWhen(true)] string? text) => text is not null && text.Any(c => char.IsControl(c) || char.IsSurrogate(c) && !IsPaired(text));

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }

    private static bool IsUnitCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '.' or '@' or '\\' or '-';
}
