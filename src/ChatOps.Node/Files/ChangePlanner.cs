using System.Security.Cryptography;
using System.Text;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>Works out what a change does, from the file as it is in its open directory.</summary>
internal static class ChangePlanner
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Plans a change.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="path">Where.</param>
    /// <param name="directory">The directory that holds the file, open.</param>
    /// <param name="problem">Why it cannot be done.</param>
    public static PlannedChange? Plan(FileChangeRequest request, FilePath path, SafeFileHandle directory, out FileProblem? problem)
    {
        var before = Look(path, directory, request.Kind != FileChangeKind.Write, out problem);
        if (before is null)
            return null;

        if (request.ExpectedDigest is { } expected && expected != before.Digest)
        {
            problem = new(FileStatus.Changed, $"{path.Text} is not what it was when the change was shown. Look at it again.");
            return null;
        }

        var replacements = 0;
        var after = request.Kind switch
        {
            FileChangeKind.Write => request.Text,
            FileChangeKind.Append => Append(before.Content ?? "", request.Text),
            _ => Edit(request, path, before, out replacements, out problem),
        };
        if (after is null)
            return null;

        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(after);
        }
        catch (EncoderFallbackException)
        {
            problem = new(FileStatus.BadRequest, "The text holds half of a surrogate pair, which no file can hold.");
            return null;
        }

        if (bytes.Length > FileBounds.ChangeBytes)
        {
            problem = new(FileStatus.TooLarge, $"{path.Text} would have {bytes.Length} bytes; files up to {FileBounds.ChangeBytes >> 20} MiB are changed here.");
            return null;
        }

        var diff = LineDiff.Of(before.Content ?? "", after, out var complete);
        return new PlannedChange(path, before, bytes, new FileChange(
            path.Text, before.Stat is null, diff, complete, replacements, before.Digest, Digest(bytes), bytes.Length));
    }

    private static FileState? Look(FilePath path, SafeFileHandle directory, bool needsText, out FileProblem? problem)
    {
        problem = null;
        if (path.Text == "." || path.Name == "..")
        {
            problem = new(FileStatus.Unsuitable, $"{path.Text} is a directory.");
            return null;
        }

        var descriptor = FileCalls.openat((int)directory.DangerousGetHandle(), path.Name, Libc.ReadOnly | Libc.NonBlocking | Libc.NoTerminal | Libc.CloseOnExec | FileCalls.NoFollow, 0);
        if (descriptor < 0)
        {
            var error = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
            if (error == Libc.Enoent)
                return new FileState(null, null, "");
            problem = error == Libc.Eloop ? new(FileStatus.Unsuitable, $"{path.Text} is a link; name the file that it leads to.") : FileProblem.From(error, path.Text);
            return null;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        var stat = FileStat.Of(descriptor);
        problem = stat switch
        {
            null => new(FileStatus.Failed, $"{path.Text} cannot be looked at."),
            { Kind: FileKind.Directory } => new(FileStatus.Unsuitable, $"{path.Text} is a directory."),
            { Kind: not FileKind.File } => new(FileStatus.Unsuitable, $"{path.Text} is not a regular file."),
            { Links: > 1 } => new(FileStatus.Unsuitable, $"{path.Text} has {stat.Links} names (hard links); changing it here would change it elsewhere too."),
            { Size: > FileBounds.ChangeBytes } => new(FileStatus.TooLarge, $"{path.Text} has {stat.Size} bytes; files up to {FileBounds.ChangeBytes >> 20} MiB are changed here."),
            _ => null,
        };
        return problem is null ? Content(path, handle, stat!, needsText, out problem) : null;
    }

    private static FileState? Content(FilePath path, SafeFileHandle handle, FileStat stat, bool needsText, out FileProblem? problem)
    {
        problem = null;
        using var reader = new BoundedStream(handle, FileBounds.ChangeBytes);
        using var memory = new MemoryStream();
        reader.CopyTo(memory);
        var bytes = memory.ToArray();
        try
        {
            if (!bytes.AsSpan().Contains((byte)0))
                return new FileState(Strict.GetString(bytes), stat, Digest(bytes));
        }
        catch (DecoderFallbackException)
        {
            // Not text: may be replaced as a whole, not in parts.
        }

        if (!needsText)
            return new FileState($"(binary content, {bytes.Length} bytes)\n", stat, Digest(bytes));

        problem = new(FileStatus.Unsuitable, $"{path.Text} is not text in UTF-8.");
        return null;
    }

    private static string Append(string before, string text) =>
        before + (before.Length == 0 || before.EndsWith('\n') ? "" : "\n") + text + (text.EndsWith('\n') ? "" : "\n");

    private static string? Edit(FileChangeRequest request, FilePath path, FileState before, out int replacements, out FileProblem? problem)
    {
        replacements = 0;
        problem = before.Content is null ? new(FileStatus.NotFound, $"{path.Text}: there is no such file.")
            : string.IsNullOrEmpty(request.Old) ? new(FileStatus.BadRequest, "The text to replace is empty.")
            : request.Old == request.Text ? new(FileStatus.BadRequest, "The old and the new text are the same.")
            : null;
        if (problem is not null)
            return null;

        var old = request.Old!;
        for (var at = before.Content!.IndexOf(old, StringComparison.Ordinal); at >= 0; at = before.Content.IndexOf(old, at + old.Length, StringComparison.Ordinal))
            replacements++;
        problem = replacements switch
        {
            0 when before.Content.Contains(old.ReplaceLineEndings("\r\n"), StringComparison.Ordinal) =>
                new(FileStatus.BadRequest, $"{path.Text} ends its lines with CR LF; the text to replace must do so too."),
            0 => new(FileStatus.BadRequest, $"The text to replace does not occur in {path.Text}."),
            > 1 when !request.All => new(FileStatus.BadRequest, $"The text to replace occurs {replacements} times in {path.Text}; give more of its surroundings, or replace all."),
            _ => null,
        };
        return problem is null ? before.Content.Replace(old, request.Text, StringComparison.Ordinal) : null;
    }

    private static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
