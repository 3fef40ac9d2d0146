using System.Runtime.InteropServices;
using System.Text;
using ChatOps.Fleet;

namespace ChatOps.Node.Native;

/// <summary>
/// Starts programs with <c>posix_spawn</c>: own session, default signals (.NET ignores SIGPIPE, and a child would inherit that), empty signal
/// mask, standard handles as asked, every other handle closed.
/// </summary>
internal sealed unsafe class Spawner
{
    private const int StructureSize = 512; // both C libraries need at most 336 bytes
    private const short SetSignalDefaults = 0x04, SetSignalMask = 0x08, SetSession = 0x80;
    private const int SetDescriptorFlags = 2, CloseOnExecFlag = 1;
    private const string NullDevice = "/dev/null";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly bool _canCloseFrom = HasCloseFrom();

    /// <summary>Starts a program.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="error">The system's error number when it did not start.</param>
    /// <returns>The child, or <see langword="null"/> when it did not start.</returns>
    public ChildProcess? Start(SpawnRequest request, out int error)
    {
        if (!_canCloseFrom)
            MarkCloseOnExec();

        var actions = stackalloc byte[StructureSize];
        var attributes = stackalloc byte[StructureSize];
        var signals = stackalloc byte[128];
        using var arguments = new NativeStrings(request.Arguments, Strict);
        using var environment = new NativeStrings(request.Environment, Strict);
        using var path = new NativeStrings([request.Path], Strict);
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawnattr_init(attributes);
        try
        {
            _ = Libc.posix_spawnattr_setflags(attributes, SetSignalDefaults | SetSignalMask | SetSession);
            _ = Libc.sigemptyset(signals);
            _ = Libc.posix_spawnattr_setsigmask(attributes, signals);
            _ = Libc.sigfillset(signals);
            _ = Libc.sigdelset(signals, Libc.SigKill);
            _ = Libc.sigdelset(signals, 19); // SIGSTOP, which like SIGKILL has no disposition to set
            _ = Libc.posix_spawnattr_setsigdefault(attributes, signals);
            error = AddActions(actions, request);
            if (error != 0)
                return null;

            int id;
            error = Libc.posix_spawn(&id, path.First, actions, attributes, arguments.Pointer, environment.Pointer);
            return error == 0 ? new ChildProcess(id) : null;
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Whether a text can be given to a program at all: no NUL, no broken surrogate that would silently become another character.</summary>
    /// <param name="text">An argument or a path.</param>
    public static bool CanPass(string text)
    {
        if (text.Contains('\0'))
            return false;

        try
        {
            _ = Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private int AddActions(byte* actions, SpawnRequest request)
    {
        var error = request.Input < 0
            ? Libc.posix_spawn_file_actions_addopen(actions, 0, NullDevice, Libc.ReadOnly, 0)
            : Libc.posix_spawn_file_actions_adddup2(actions, request.Input, 0);
        error |= Libc.posix_spawn_file_actions_adddup2(actions, request.Output, 1);
        error |= Libc.posix_spawn_file_actions_adddup2(actions, request.Error, 2);
        foreach (var redirection in request.Redirections)
        {
            error |= redirection switch
            {
                CommandRedirection.StdoutToNull => Libc.posix_spawn_file_actions_addopen(actions, 1, NullDevice, Libc.WriteOnly, 0),
                CommandRedirection.StderrToNull => Libc.posix_spawn_file_actions_addopen(actions, 2, NullDevice, Libc.WriteOnly, 0),
                CommandRedirection.StderrToStdout => Libc.posix_spawn_file_actions_adddup2(actions, 1, 2),
                CommandRedirection.StdoutToStderr => Libc.posix_spawn_file_actions_adddup2(actions, 2, 1),
                CommandRedirection.StdinFromNull => Libc.posix_spawn_file_actions_addopen(actions, 0, NullDevice, Libc.ReadOnly, 0),
                _ => Libc.Einval,
            };
        }

        error |= Libc.posix_spawn_file_actions_addchdir_np(actions, request.WorkingDirectory);
        if (_canCloseFrom)
            error |= Libc.posix_spawn_file_actions_addclosefrom_np(actions, 3);
        return error;
    }

    // Where the C library cannot close handles in the child, every handle of ours is marked instead: none is meant for a child.
    private static void MarkCloseOnExec()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var descriptor) && descriptor > 2)
                _ = Libc.fcntl(descriptor, SetDescriptorFlags, CloseOnExecFlag);
        }
    }

    private static bool HasCloseFrom() =>
        NativeLibrary.TryLoad("libc", typeof(Libc).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);
}
