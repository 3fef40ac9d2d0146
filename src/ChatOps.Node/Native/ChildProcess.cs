using System.Runtime.InteropServices;

namespace ChatOps.Node.Native;

/// <summary>
/// A child that leads its own session and process group. It stays a zombie until <see cref="Reap"/>, so that its number, and with it the
/// number of its group, cannot be given to a stranger while signals may still be sent to it.
/// </summary>
internal sealed unsafe class ChildProcess(int id) : IDisposable
{
    private const int KindProcess = 1, Exited = 4, NoWait = 0x01000000, NoHang = 1;
    private const nint PidfdOpen = 434; // the same number on every architecture
    private const int InformationSize = 128, CodeOffset = 8, StatusOffset = 24, CodeExited = 1;
    private bool _reaped;

    /// <summary>The process number; also the number of its group and session.</summary>
    public int Id { get; } = id;

    /// <summary>Becomes readable at the end of the process; below zero where the kernel has no such handle.</summary>
    public int Handle { get; } = (int)Libc.pidfd_open(PidfdOpen, id, 0);

    /// <summary>Exit status, 128 + signal when killed; set once <see cref="HasEnded"/> saw the end. Stays <see langword="null"/> when another part took the status.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether the end was seen.</summary>
    public bool Ended { get; private set; }

    /// <summary>Looks whether the process has ended, without waiting and without releasing its number.</summary>
    public bool HasEnded()
    {
        if (Ended)
            return true;

        var information = stackalloc byte[InformationSize];
        new Span<byte>(information, InformationSize).Clear();
        if (Libc.waitid(KindProcess, Id, information, Exited | NoWait | NoHang) != 0)
        {
            // Interrupted: look again later. No such child: something else took the status, so the end is known and the status is not.
            Ended = Marshal.GetLastPInvokeError() != Libc.Eintr;
            _reaped = Ended;
            return Ended;
        }

        var code = *(int*)(information + CodeOffset);
        if (code == 0)
            return false;

        var status = *(int*)(information + StatusOffset);
        ExitCode = code == CodeExited ? status : 128 + status;
        return Ended = true;
    }

    /// <summary>Sends a signal to the whole group.</summary>
    /// <param name="signal">The signal's number.</param>
    public void SignalGroup(int signal)
    {
        if (!_reaped)
            _ = Libc.kill(-Id, signal);
    }

    /// <summary>Releases the process number; call when no more signals will be sent. A process that no signal could end is left alone.</summary>
    public void Reap()
    {
        if (_reaped || !HasEnded())
            return;

        int status;
        while (Libc.waitpid(Id, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Libc.Eintr)
        {
        }

        _reaped = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Reap();
        if (Handle >= 0)
            _ = Libc.close(Handle);
    }
}
