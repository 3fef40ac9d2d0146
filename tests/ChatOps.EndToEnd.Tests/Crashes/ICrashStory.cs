namespace ChatOps.EndToEnd.Crashes;

/// <summary>What was said to a gateway through many lives, and where it died.</summary>
internal interface ICrashStory
{
    /// <summary>The data directory.</summary>
    string Data { get; }

    /// <summary>Where commands leave their traces.</summary>
    string Effects { get; }

    /// <summary>What was said, in order in each conversation.</summary>
    IReadOnlyList<Said> Said { get; }

    /// <summary>The kills.</summary>
    IReadOnlyList<Death> Deaths { get; }
}
