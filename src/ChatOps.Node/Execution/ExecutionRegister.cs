using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using ChatOps.Secrets;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Execution;

/// <summary>
/// Remembers every execution that was started, on disk before it starts, so that no id runs twice, whatever happens to this process. One file
/// an id; creating it exclusively is the decision who may start.
/// </summary>
internal sealed class ExecutionRegister(NodeOptions options, IRedactor redactor, TimeProvider time)
{
    /// <summary>Longest id.</summary>
    public const int MaxIdLength = 128;

    // Executions between two looks for old records.
    private const int PruneInterval = 256;

    // Output kept in a record, in characters: enough to answer who asks again.
    private const int MaxStoredOutput = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory = Path.Combine(options.StateDirectory, "executions");
    private int _sincePrune = PruneInterval;

    /// <summary>Whether an id is safe as a file name.</summary>
    /// <param name="id">The id.</param>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxIdLength && id[0] != '.' && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':');

    /// <summary>A hash over everything that decides what runs.</summary>
    /// <param name="request">The request.</param>
    public static string HashOf(ExecutionRequest request)
    {
        var program = request.Program is null ? "" : JsonSerializer.Serialize(request.Program, RegisterJson.Default.CommandProgram);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', (string[])[request.Node, request.WorkingDirectory, request.Line, program, .. request.Input is { } input ? [input.Sha256] : Array.Empty<string>()]))));
    }

    /// <summary>Records a start, flushed to disk.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="hash">From <see cref="HashOf"/>.</param>
    /// <param name="entry">Of the start when it may start now; its end is recorded there.</param>
    /// <returns><see langword="null"/> when it may start now; otherwise the record of the earlier start.</returns>
    /// <exception cref="IOException">The record cannot be written; nothing may start.</exception>
    public ExecutionRecord? TryStart(string id, string hash, out Entry entry)
    {
        var record = new ExecutionRecord(id, hash, time.GetUtcNow(), null);
        var path = PathOf(id);
        var error = Create(path, out var file);
        if (error == Libc.Enoent)
        {
            Directory.CreateDirectory(_directory, OwnerOnly | UnixFileMode.UserExecute);
            error = Create(path, out file);
        }

        entry = new Entry(record, file);
        if (error == Libc.Eexist)
            return Read(path, record);
        if (error != 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));

        try
        {
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(record, RegisterJson.Default.ExecutionRecord), 0);

            // Flushing a new file also makes its name durable on the file systems in use (ext4, xfs, btrfs).
            RandomAccess.FlushToDisk(file);
        }
        catch
        {
            entry.Dispose();
            throw;
        }

        return null;
    }

    private static int Create(string path, out SafeFileHandle file)
    {
        var descriptor = FileCalls.openat(FileCalls.CurrentDirectory, path, Libc.WriteOnly | Libc.Create | Libc.Exclusive | Libc.CloseOnExec, (uint)OwnerOnly);
        var error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        file = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    /// <summary>The record of an execution; <see langword="null"/> when there is none.</summary>
    /// <param name="id">A valid id.</param>
    /// <param name="hash">What an incomplete record is taken for.</param>
    public ExecutionRecord? Find(string id, string hash)
    {
        var path = PathOf(id);
        return File.Exists(path) ? Read(path, new ExecutionRecord(id, hash, time.GetUtcNow(), null)) : null;
    }

    /// <summary>Records an end. Not flushed: after a power cut the execution is known as started, its end as unknown, which is true.</summary>
    /// <param name="entry">From <see cref="TryStart"/>.</param>
    /// <param name="result">How it ended.</param>
    public void End(Entry entry, ExecutionResult result)
    {
        var record = entry.Record with { Result = result with { Output = Shorten(redactor.Redact(result.Output)) } };

        // In place, and longer than before: a record that is cut off by a crash reads as started and not ended.
        RandomAccess.Write(entry.File, JsonSerializer.SerializeToUtf8Bytes(record, RegisterJson.Default.ExecutionRecord), 0);
    }

    /// <summary>Removes old records now and then.</summary>
    /// <param name="isRunning">Whether an execution has not ended: its record is kept however old it is, or it could begin again and its end would be written to no file.</param>
    public void PruneSometimes(Func<string, bool> isRunning)
    {
        if (Interlocked.Increment(ref _sincePrune) <= PruneInterval)
            return;

        Interlocked.Exchange(ref _sincePrune, 0);
        var oldest = time.GetUtcNow().UtcDateTime - options.RegisterAge;
        var young = time.GetUtcNow().UtcDateTime - options.RegisterMinAge;
        var kept = 0;
        foreach (var file in new DirectoryInfo(_directory).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            // However many there are: an order that is still valid must find the record of its use.
            if (((++kept > options.RegisterEntries && file.LastWriteTimeUtc < young) || file.LastWriteTimeUtc < oldest) && !isRunning(Path.GetFileNameWithoutExtension(file.Name)))
                file.Delete();
        }
    }

    /// <summary>The record of a start, open until its end.</summary>
    internal readonly record struct Entry(ExecutionRecord Record, SafeFileHandle File) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => File.Dispose();
    }

    private string PathOf(string id) => Path.Combine(_directory, id + ".json");

    // A record that a crash left incomplete says one thing for sure: that the execution may have started.
    private static ExecutionRecord? Read(string path, ExecutionRecord? incomplete)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RegisterJson.Default.ExecutionRecord) ?? incomplete;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return incomplete;
        }
    }

    private static string Shorten(string text)
    {
        if (text.Length <= MaxStoredOutput)
            return text;

        const int half = MaxStoredOutput / 2;
        var head = char.IsHighSurrogate(text[half - 1]) ? half - 1 : half;
        var tail = char.IsLowSurrogate(text[^half]) ? half - 1 : half;
        return $"{text[..head]}\n{OmittedNote.For(text.Length - head - tail)}\n{text[^tail..]}";
    }
}
