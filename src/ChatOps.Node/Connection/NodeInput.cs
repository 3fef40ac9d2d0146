using System.Security.Cryptography;
using ChatOps.Fleet.Frames;

namespace ChatOps.Node.Connection;

/// <summary>
/// The input of one execution on its way from the gateway: asked for piece by piece, kept in a file, believed only when its size and hash are those of
/// the signed plan. It outlives connections.
/// </summary>
internal sealed class NodeInput : IDisposable
{
    /// <summary>How much may be under way.</summary>
    public const long WindowBytes = 256 * 1024;

    private readonly Lock gate = new();
    private readonly TaskCompletionSource<string?> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string id;
    private readonly PlanInput plan;
    private FileStream? file;
    private long received;
    private long asked;

    public NodeInput(string id, PlanInput plan, string path)
    {
        (this.id, this.plan, Path) = (id, plan, path);
        try
        {
            file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            if (plan.Bytes == 0) End();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    /// <summary>Where it is when it has arrived.</summary>
    public string Path { get; }

    /// <summary>Completes when all of it is there, or with what is wrong.</summary>
    public Task<string?> Arrived => arrived.Task;

    /// <summary>What to ask for over a new connection; <see langword="null"/> when nothing is missing.</summary>
    public WantedFrame? Resume()
    {
        lock (gate)
        {
            asked = received;
            return Ask();
        }
    }

    /// <summary>Takes a piece.</summary>
    /// <returns>What to ask for next; <see langword="null"/> for nothing yet.</returns>
    public WantedFrame? Take(OutputChunk chunk)
    {
        lock (gate)
        {
            // What belongs to an earlier connection, or was not asked for, is left aside.
            if (file is null || chunk.Offset != received || chunk.Offset + chunk.Bytes.Length > asked) return null;
            try
            {
                file.Write(chunk.Bytes.Span);
                hash.AppendData(chunk.Bytes.Span);
                received += chunk.Bytes.Length;
                if (received == plan.Bytes) End();
            }
            catch (IOException e)
            {
                Fail(e);
            }

            return asked - received <= WindowBytes / 2 ? Ask() : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
            hash.Dispose();
        }

        arrived.TrySetResult("The content was not wanted any more.");
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start of the daemon clears the directory.
        }
    }

    private WantedFrame? Ask()
    {
        if (file is null || asked >= plan.Bytes) return null;
        var frame = new WantedFrame(id, asked, Math.Min(received + WindowBytes, plan.Bytes) - asked);
        asked += frame.Bytes;
        return frame.Bytes > 0 ? frame : null;
    }

    private void End()
    {
        file!.Dispose();
        file = null;
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        arrived.TrySetResult(found == plan.Sha256 ? null : "The content that came is not the one that was signed.");
    }

    private void Fail(Exception e)
    {
        file?.Dispose();
        file = null;
        arrived.TrySetResult($"The content could not be kept on the node: {e.Message}");
    }
}
