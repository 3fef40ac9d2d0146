using ChatOps.Fleet;
using ChatOps.Node.Native;

namespace ChatOps.Node.Files;

/// <summary>A path below the root as somebody wrote it, checked for form; whether it stays below the root is the kernel's decision when it is opened.</summary>
/// <param name="Text">The path without needless parts; <c>.</c> for the root.</param>
internal sealed record FilePath(string Text)
{
    private const int MaxLength = 4096;

    /// <summary>The directory that holds it.</summary>
    public string Directory => Text.LastIndexOf('/') is var slash and > 0 ? Text[..slash] : ".";

    /// <summary>Its name in that directory.</summary>
    public string Name => Text[(Text.LastIndexOf('/') + 1)..];

    /// <summary>Reads one.</summary>
    /// <param name="text">As written.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static FilePath? Parse(string text, out FileProblem? problem)
    {
        problem = text.Length > MaxLength ? new(FileStatus.BadRequest, "The path is too long.")
            : !Spawner.CanPass(text) ? new(FileStatus.BadRequest, "The path holds a character that no file name has.")
            : text.StartsWith('/') ? new(FileStatus.NotAllowed, $"{text}: paths are relative to the files root; leave the leading slash out.")
            : text.StartsWith('~') ? new(FileStatus.NotAllowed, $"{text}: paths are relative to the files root, not to a home directory.")
            : null;
        if (problem is not null)
            return null;

        var parts = text.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return new FilePath(parts.Length == 0 ? "." : string.Join('/', parts));
    }
}
