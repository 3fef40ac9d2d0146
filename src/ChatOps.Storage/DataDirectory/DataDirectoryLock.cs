using System.Runtime.InteropServices;
using System.Text.Json;
using ChatOps.Tools;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Storage;

/// <summary>An exclusive lock on <c>lock</c> in the data directory, with a note inside about who holds it.</summary>
/// <param name="dataDirectory">The directory.</param>
/// <param name="time">The clock.</param>
internal sealed class DataDirectoryLock(string dataDirectory, TimeProvider time) : IDataDirectoryLock
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "lock";

    /// <summary>Somebody who asks who holds it has it for an instant, so one failure is no answer yet.</summary>
    private const int Tries = 10;

    // What opening a file reports that another process has locked; everything else is trouble with the directory.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly string directory = Path.GetFullPath(dataDirectory);
    private readonly Lock gate = new();
    private FileStream? held;
    private DateTimeOffset since;

    private string FilePath => Path.Combine(directory, FileName);

    /// <inheritdoc/>
    public DataDirectoryHolder? TryTake(string? url)
    {
        lock (gate)
        {
            if (held is not null) return null;
            for (var attempt = 1; ; attempt++)
            {
                held = TryOpen();
                if (held is not null) break;
                if (attempt == Tries) return ReadNote();
                new ManualResetEventSlim(false).Wait(BetweenTries);
            }

            since = time.GetUtcNow();
            try
            {
                WriteNote(url);
            }
            catch (IOException e)
            {
                // A full disk, for one.
                throw Unusable(e);
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public void SetUrl(string url)
    {
        lock (gate)
        {
            if (held is null) throw new InvalidOperationException("The data directory is not held.");
            WriteNote(url);
        }
    }

    /// <inheritdoc/>
    public DataDirectoryHolder? Holder()
    {
        lock (gate)
        {
            if (held is not null) return ReadNote();
        }

        if (!File.Exists(FilePath)) return null;
        try
        {
            using var free = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.Read);
            return null;
        }
        catch (IOException)
        {
            return ReadNote();
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            // The file stays: removing it would let two processes lock two files of the same name.
            held?.Dispose();
            held = null;
        }
    }

    private FileStream? TryOpen()
    {
        try
        {
            PrivateDirectory.Ensure(directory);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(FilePath, options);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException($"The data directory {directory} cannot be used: {e.Message} Check its owner and mode, or choose another with --data.", e);
        }
        catch (IOException e) when (e.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            return null;
        }
        catch (IOException e)
        {
            throw Unusable(e);
        }
    }

    private StoreUnavailableException Unusable(IOException e) =>
        new($"The data directory {directory} cannot be used: {e.Message} Choose another with --data.", e);

    private void WriteNote(string? url)
    {
        var note = JsonSerializer.SerializeToUtf8Bytes(new DataDirectoryHolder(directory, Environment.ProcessId, since, url), Json.Options);
        held!.SetLength(0);
        held.Position = 0;
        held.Write(note);
        held.Flush();
    }

    /// <summary>The framework opens no file that another process has locked, not even to read who that is.</summary>
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    private DataDirectoryHolder ReadNote()
    {
        try
        {
            using var handle = open(FilePath, ReadOnly | CloseOnExec);
            if (handle.IsInvalid) return Unknown();
            using var stream = new FileStream(handle, FileAccess.Read);
            return JsonSerializer.Deserialize<DataDirectoryHolder>(stream, Json.Options) ?? Unknown();
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return Unknown();
        }

        DataDirectoryHolder Unknown() => new(directory, 0, time.GetUtcNow(), null);
    }
}
