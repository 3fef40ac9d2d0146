using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;

namespace ChatOps.Fleet.Dispatch;

/// <summary>Gives a node the input of one execution, as much of it as the node asked for and never more at a time than the window of output.</summary>
internal sealed class InputFeed(string id, ExecutionInput input)
{
    private readonly Lock gate = new();
    private INodeLink? session;
    private long next;
    private long end;
    private bool sending;
    private int round;

    /// <summary>The node asks for a piece. Going on where the last one ended prolongs it; anything else begins there anew.</summary>
    /// <returns>Whether the input can be read.</returns>
    public Task<bool> WantedAsync(INodeLink on, WantedFrame wanted)
    {
        lock (gate)
        {
            if (wanted.Offset < 0 || wanted.Bytes <= 0 || wanted.Offset > input.SizeBytes) return Task.FromResult(true);
            if (session != on || wanted.Offset != end) next = wanted.Offset;
            if (session != on)
            {
                // What still hangs on the connection before must not hold this one up.
                (session, sending) = (on, false);
                round++;
            }

            end = Math.Min(Math.Min(wanted.Offset + Math.Min(wanted.Bytes, RemoteExecution.WindowBytes), input.SizeBytes), next + RemoteExecution.WindowBytes);
            if (sending) return Task.FromResult(true);
            sending = true;
            return SendAsync(round);
        }
    }

    private async Task<bool> SendAsync(int mine)
    {
        // Off the loop that receives from this node at once: it must go on while this sends.
        await Task.Yield();
        try
        {
            await using var file = new FileStream(input.FilePath, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous });
            var message = new byte[OutputChunk.MaxHeaderBytes + FrameCodec.MaxChunkBytes];
            while (Next(mine) is var (on, offset, bytes))
            {
                var header = OutputChunk.WriteHeader(message, id, offset);
                file.Position = offset;
                await file.ReadExactlyAsync(message.AsMemory(header, bytes));
                // When the connection ends, the node asks again over the next one.
                if (!await on.SendOutputAsync(message.AsMemory(0, header + bytes))) Stop(on);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (gate)
            {
                if (mine == round) sending = false;
            }

            return false;
        }
    }

    private (INodeLink On, long Offset, int Bytes)? Next(int mine)
    {
        lock (gate)
        {
            if (mine != round) return null;
            var bytes = (int)Math.Min(end - next, FrameCodec.MaxChunkBytes);
            if (bytes <= 0)
            {
                sending = false;
                return null;
            }

            next += bytes;
            return (session!, next - bytes, bytes);
        }
    }

    private void Stop(INodeLink on)
    {
        lock (gate)
        {
            if (session == on) end = next;
        }
    }
}
