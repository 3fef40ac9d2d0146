using ChatOps.Configuration;

namespace ChatOps.Identity.Files;

/// <summary>One of the two files as it was last seen, and how its reloading stands. Used by one thread at a time; its status by any.</summary>
internal sealed class TrackedFile(string path, AccessDocumentReader reader) : IReloadStatus
{
    private sealed record Status(DateTimeOffset LoadedAt, IReadOnlyList<ConfigurationProblem> Problems);

    private readonly AccessFile disk = new(path);
    private volatile FileContent seen = FileContent.Missing;
    private volatile Status status = new(default, []);

    public string File => disk.Path;

    public DateTimeOffset LoadedAt => status.LoadedAt;

    public IReadOnlyList<ConfigurationProblem> Problems => status.Problems;

    /// <summary>The newest version that is right by itself; whether it is in force is decided together with the other file.</summary>
    public AccessDocument Latest { get; private set; } = AccessDocument.Empty(path);

    /// <summary>The newest version as far as it could be made out, right or not; null when it could not be read at all.</summary>
    public AccessDocument? Newest { get; private set; } = AccessDocument.Empty(path);

    /// <summary>What is wrong with the newest version by itself.</summary>
    public IReadOnlyList<ConfigurationProblem> OwnProblems { get; private set; } = [];

    /// <summary>Whether there was a file when it was last looked at.</summary>
    public bool Exists => !seen.IsMissing;

    /// <summary>What is on the disk now.</summary>
    public FileContent Look() => disk.Read();

    /// <summary>Whether this differs from what was last taken.</summary>
    public bool Differs(FileContent content) => content != seen;

    /// <summary>Takes over what is on the disk.</summary>
    public void Take(FileContent content)
    {
        var wasThere = Exists || OwnProblems.Count > 0;
        seen = content;
        Newest = null;
        var problems = new List<ConfigurationProblem>();
        // A file that was there and is gone is more likely a slip or a lost mount than the wish that nobody may do anything.
        if (content.IsMissing && wasThere) problems.Add(new(File, 0, "(file)", "the file is gone; put it back, or start anew without it."));
        else if (content.Error is not null) problems.Add(new(File, 0, "(file)", content.Error));
        else if (content.IsMissing) Newest = Latest;
        else Newest = reader.Read(File, content.Text!, problems);
        OwnProblems = problems;
        if (problems.Count == 0) Latest = Newest!;
    }

    /// <summary>Writes a new version that was checked; null when done, else why not.</summary>
    public string? Replace(string text, AccessDocument document)
    {
        if (disk.Replace(text) is { } failure) return failure;
        seen = new(text, null);
        Latest = document;
        Newest = document;
        OwnProblems = [];
        return null;
    }

    /// <summary>Tells how the newest version fared.</summary>
    /// <param name="at">When it came in force; null when it did not.</param>
    /// <param name="problems">What stands against it.</param>
    public void Report(DateTimeOffset? at, IReadOnlyList<ConfigurationProblem> problems) => status = new(at ?? status.LoadedAt, problems);
}
