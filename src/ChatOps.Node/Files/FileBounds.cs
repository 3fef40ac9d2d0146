namespace ChatOps.Node.Files;

/// <summary>The bounds of file operations.</summary>
internal static class FileBounds
{
    /// <summary>Text given back by one read.</summary>
    public const int ReadBytes = 256 * 1024;

    /// <summary>Bytes looked through to find a line.</summary>
    public const long ScanBytes = 1L << 30;

    /// <summary>Bytes at the start of a file that decide whether it is text.</summary>
    public const int ProbeBytes = 8 * 1024;

    /// <summary>Entries of a listing.</summary>
    public const int ListEntries = 2000;

    /// <summary>Matching lines of a search, whatever is asked for.</summary>
    public const int SearchMatches = 1000;

    /// <summary>Files of a search.</summary>
    public const int SearchFiles = 20_000;

    /// <summary>Bytes of a search.</summary>
    public const long SearchBytes = 512L << 20;

    /// <summary>Bytes of one file that a search looks at.</summary>
    public const long SearchFileBytes = 16L << 20;

    /// <summary>Directories inside of directories that a search enters.</summary>
    public const int SearchDepth = 32;

    /// <summary>Characters of a matching line.</summary>
    public const int MatchCharacters = 1000;

    /// <summary>Characters of a pattern.</summary>
    public const int PatternCharacters = 1000;

    /// <summary>Size of a file that is changed, before and after.</summary>
    public const int ChangeBytes = 8 * 1024 * 1024;

    /// <summary>Time for one match of a regular expression.</summary>
    public static readonly TimeSpan RegexTime = TimeSpan.FromSeconds(2);
}
