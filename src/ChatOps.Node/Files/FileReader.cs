using System.Text;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>Reads a range of lines.</summary>
internal static class FileReader
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Reads.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Below it.</param>
    /// <param name="fromLine">First line, from 1.</param>
    /// <param name="lines">How many.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static FileResult<FileText> Read(RootDirectory root, FilePath path, int fromLine, int lines, CancellationToken cancellationToken)
    {
        if (fromLine < 1 || lines < 1)
            return new FileProblem(FileStatus.BadRequest, "Lines are counted from 1, and at least one is read.").As<FileText>();

        using var handle = TextFile.Open(root, path, out var stat, out var problem);
        if (handle is null)
            return problem!.As<FileText>();
        if (TextFile.IsBinary(handle))
            return new FileProblem(FileStatus.Unsuitable, $"{path.Text} is not text ({stat!.Size} bytes).").As<FileText>();

        return Read(handle, path, stat!, fromLine, lines, cancellationToken);
    }

    private static FileResult<FileText> Read(SafeFileHandle handle, FilePath path, FileStat stat, int fromLine, int lines, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var buffer = new byte[ChunkBytes];
        int line = 1, read = 0;
        long at = 0;
        var full = false;
        for (int count; read < lines && !full && at < FileBounds.ScanBytes && (count = RandomAccess.Read(handle, buffer, at)) > 0; at += count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var rest = buffer.AsSpan(0, count); !rest.IsEmpty && read < lines && !full;)
            {
                var end = rest.IndexOf((byte)'\n');
                var part = end < 0 ? rest : rest[..(end + 1)];
                if (line >= fromLine)
                {
                    full = kept.Length + part.Length > FileBounds.ReadBytes;
                    kept.Write(full ? part[..(int)(FileBounds.ReadBytes - kept.Length)] : part);
                    read += end >= 0 && !full ? 1 : 0;
                }

                line += end >= 0 ? 1 : 0;
                rest = rest[part.Length..];
            }
        }

        if (line < fromLine && at >= FileBounds.ScanBytes)
            return new FileProblem(FileStatus.TooLarge, $"{path.Text}: line {fromLine} is further inside than this tool looks.").As<FileText>();

        var bytes = kept.GetBuffer().AsSpan(0, (int)kept.Length);
        var open = bytes.Length > 0 && bytes[^1] != (byte)'\n';
        var text = Encoding.UTF8.GetString(full ? WholeLines(bytes) : bytes);
        return new(FileStatus.Done, new FileText(path.Text, text, fromLine, read + (open && !full ? 1 : 0), stat.Size, full), null);
    }

    // What is cut, is cut at the end of a line, so that no secret is halved; a line that alone exceeds the bound is cut anyway.
    private static ReadOnlySpan<byte> WholeLines(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((byte)'\n');
        return end < 0 ? bytes : bytes[..(end + 1)];
    }
}
