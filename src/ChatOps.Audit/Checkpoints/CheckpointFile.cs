using System.Text;
using System.Text.Json;
using ChatOps.Audit.Chain;
using ChatOps.Tools;

namespace ChatOps.Audit.Checkpoints;

/// <summary>
/// <c>audit.checkpoint</c>: JSON lines that are only ever appended. A chain alone shows neither a tail that was cut off nor a file that was
/// rebuilt; these lines, outside the database and signed, do.
/// </summary>
internal sealed class CheckpointFile(AuditOptions options, CheckpointKey key, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(Path.GetFullPath(options.DataDirectory), "audit.checkpoint");

    /// <summary>Whether it has begun: there is a whole line in it, and the key.</summary>
    public bool HasBegun => key.Exists && File.Exists(FilePath) && File.ReadLines(FilePath).Any(line => Parse(line) is not null);

    /// <summary>Appends a line and waits until it is on the disk.</summary>
    public void Append(long sequence, string hash)
    {
        lock (gate)
        {
            if (!key.Exists) key.Create();
            var now = CanonicalRecord.Time(time.GetUtcNow());
            var line = Json.Write(new Checkpoint(sequence, hash, now, key.Sign(sequence, hash, now))) + "\n";
            var opening = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) opening.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(FilePath, opening);
            file.Write(Encoding.UTF8.GetBytes(AfterTornLine(file) ? "\n" + line : line));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>All checkpoints in order.</summary>
    /// <exception cref="InvalidDataException">A line was changed or is missing, or the key does not fit; the message says which.</exception>
    public List<Checkpoint> Read()
    {
        var checkpoints = new List<Checkpoint>();
        if (!File.Exists(FilePath)) throw new InvalidDataException($"The checkpoint {FilePath} is missing, so a cut tail or a rebuilt record would not be seen.");
        if (!key.Exists) throw new InvalidDataException($"The key {key.FilePath} is missing, so the checkpoints cannot be proven.");
        var number = 0;
        foreach (var line in File.ReadLines(FilePath))
        {
            number++;
            if (line.Length == 0 || Parse(line) is not { } checkpoint) continue;
            if (!key.Signed(checkpoint)) throw new InvalidDataException($"Line {number} of {FilePath} was changed, or the key {key.FilePath} was replaced: its signature does not fit.");
            checkpoints.Add(checkpoint);
        }

        // The first line is of the empty record. A file that was removed is begun again with a later one, and that must not make it good.
        return checkpoints is [{ Sequence: 0 }, ..]
            ? checkpoints
            : throw new InvalidDataException($"The beginning of {FilePath} is missing, so what was recorded before its first line cannot be proven: it was removed or emptied.");
    }

    /// <summary>A line that a sudden end cut short says nothing; the next one begins below it.</summary>
    private static Checkpoint? Parse(string line)
    {
        try
        {
            return Json.Read<Checkpoint>(line) is { Hash: not null, Time: not null, Mac: not null } whole ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool AfterTornLine(FileStream file)
    {
        if (file.Length == 0) return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
