namespace ChatOps.Host;

/// <summary>Keys of lists of sections: <c>Models:0:Name</c> is entry 0 of <c>Models:#:Name</c>.</summary>
internal static class ListKey
{
    /// <summary>What stands for the number of any entry.</summary>
    public const string Any = "#";

    /// <summary>The key with <see cref="Any"/> in place of its number, and the number; itself and nothing when it has none.</summary>
    public static (string Pattern, string Index) Of(string key)
    {
        var parts = key.Split(':');
        var at = Array.FindIndex(parts, p => p.Length > 0 && p.All(char.IsAsciiDigit));
        if (at < 1) return (key, "");
        var index = parts[at];
        parts[at] = Any;
        return (string.Join(':', parts), index);
    }

    /// <summary>The key of an entry.</summary>
    public static string At(string pattern, string index) => pattern.Replace(":" + Any + ":", $":{index}:", StringComparison.Ordinal);

    /// <summary>Whether a key is that of settings of entries.</summary>
    public static bool IsPattern(string key) => key.Contains(":" + Any + ":", StringComparison.Ordinal);
}
