using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>One search through a tree of open directories. Links are not followed, so a tree ends.</summary>
internal sealed class FileSearcher(LinePattern pattern, int limit, CancellationToken cancellationToken)
{
    private readonly List<FileMatch> _matches = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private int _files;
    private long _bytes;

    private bool IsFull => _matches.Count >= limit || _files >= FileBounds.SearchFiles || _bytes >= FileBounds.SearchBytes;

    /// <summary>Searches a file or a directory.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Below it.</param>
    public FileResult<FileMatches> Search(RootDirectory root, FilePath path)
    {
        using var start = root.Open(path, Libc.ReadOnly | Libc.NonBlocking, out var problem);
        if (start is null)
            return problem!.As<FileMatches>();

        try
        {
            switch (FileStat.Of((int)start.DangerousGetHandle())?.Kind)
            {
                case FileKind.Directory:
                    Directory(start, path.Text == "." ? "" : path.Text + "/", 0);
                    break;
                case FileKind.File:
                    File(start, path.Text);
                    break;
                default:
                    return new FileProblem(FileStatus.Unsuitable, $"{path.Text} is neither a regular file nor a directory.").As<FileMatches>();
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return new FileProblem(FileStatus.TooLarge, "The regular expression takes too long on these files; make it simpler.").As<FileMatches>();
        }

        if (IsFull)
            _notes.Add(_matches.Count >= limit ? $"only the first {limit} matches are shown" : "the tree is larger than one search looks at; name a directory inside of it");
        return new(FileStatus.Done, new FileMatches(_matches, _files, _notes.Count == 0 ? null : string.Join("; ", _notes)), null);
    }

    private void Directory(SafeFileHandle directory, string prefix, int depth)
    {
        if (depth > FileBounds.SearchDepth)
        {
            _notes.Add($"directories more than {FileBounds.SearchDepth} levels inside were left out");
            return;
        }

        foreach (var name in DirectoryEntries.Of(directory).Take(FileBounds.SearchFiles).Order(StringComparer.Ordinal).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsFull)
                return;

            var parent = (int)directory.DangerousGetHandle();
            var kind = FileStat.Of(parent, name)?.Kind;
            if (kind is not (FileKind.File or FileKind.Directory))
                continue;

            var descriptor = FileCalls.openat(parent, name, Libc.ReadOnly | Libc.NonBlocking | Libc.NoTerminal | Libc.CloseOnExec | FileCalls.NoFollow, 0);
            if (descriptor < 0)
            {
                _notes.Add("what may not be read was left out");
                continue;
            }

            // Looked at again: it may have been exchanged meanwhile.
            using var entry = new SafeFileHandle(descriptor, ownsHandle: true);
            switch (FileStat.Of(descriptor)?.Kind)
            {
                case FileKind.Directory:
                    Directory(entry, prefix + name + "/", depth + 1);
                    break;
                case FileKind.File:
                    File(entry, prefix + name);
                    break;
            }
        }
    }

    private void File(SafeFileHandle handle, string path)
    {
        if (TextFile.IsBinary(handle))
            return;

        _files++;
        using var reader = new StreamReader(new BoundedStream(handle, FileBounds.SearchFileBytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; !IsFull && reader.ReadLine() is { } line; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pattern.Matches(line))
                _matches.Add(new FileMatch(path, number, Short(line)));
        }

        var size = RandomAccess.GetLength(handle);
        _bytes += Math.Min(size, FileBounds.SearchFileBytes);
        if (size > FileBounds.SearchFileBytes)
            _notes.Add($"of files larger than {FileBounds.SearchFileBytes >> 20} MiB only the beginning was searched");
    }

    // Cut between words: half of a secret would not be recognised as one.
    private static string Short(string line)
    {
        if (line.Length <= FileBounds.MatchCharacters)
            return line;

        var end = line.LastIndexOf(' ', FileBounds.MatchCharacters);
        return end > 0 ? line[..end] + " …" : $"(a line of {line.Length} characters)";
    }
}
