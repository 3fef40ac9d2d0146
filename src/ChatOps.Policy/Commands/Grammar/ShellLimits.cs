namespace ChatOps.Policy.Commands.Grammar;

/// <summary>The bounds of the analysis. Reaching one of them makes the line ask; it never makes it run.</summary>
internal static class ShellLimits
{
    /// <summary>Longest line in UTF-16 units.</summary>
    public const int LineLength = 64 * 1024;

    /// <summary>Deepest nesting of groups, subshells, substitutions and quotes inside each other.</summary>
    public const int Depth = 32;

    /// <summary>Most simple commands in one line, nested ones included.</summary>
    public const int Commands = 256;

    /// <summary>Most words in one line, nested ones included.</summary>
    public const int Words = 2048;

    /// <summary>Most wrappers (nice, timeout, sudo, sh -c …) inside each other.</summary>
    public const int Wrappers = 8;

    /// <summary>Most characters of all patterns in one line together: each is compared with every protected name.</summary>
    public const int PatternLength = 1024;

    /// <summary>Most words judged for one line, those of commands inside commands counted each time.</summary>
    public const int JudgedWords = 4 * Words;

    /// <summary>Longest path that is analysed (PATH_MAX).</summary>
    public const int PathLength = 4096;

    /// <summary>Longest path segment that is analysed as a pattern (NAME_MAX).</summary>
    public const int SegmentLength = 255;

    /// <summary>Longest program text (awk, sed, jq, SQL) that is analysed.</summary>
    public const int ProgramLength = 16 * 1024;
}
