using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Node;
using ChatOps.Node.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Node;

/// <summary>This machine as a node, with a directory of its own.</summary>
internal sealed class Machine : IDisposable
{
    private static int s_ids;
    private LocalExecutor _executor;

    public Machine(Func<NodeOptions, NodeOptions>? change = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("chatops-node-").FullName;
        Options = new NodeOptions { StateDirectory = Path.Combine(Directory, "state"), FilesRoot = Path.Combine(Directory, "files") };
        Options = change?.Invoke(Options) ?? Options;
        System.IO.Directory.CreateDirectory(Options.FilesRoot);
        _executor = Create();
    }

    public string Directory { get; }

    public NodeOptions Options { get; }

    public OutputLimits Limits { get; set; } = new(64 * 1024, 64 * 1024, 0, null);

    public static string NewId() => "t" + Interlocked.Increment(ref s_ids).ToString(CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N");

    /// <summary>A new executor on the same directory, as after a restart.</summary>
    public void Restart()
    {
        _executor.Dispose();
        _executor = Create();
    }

    public Task<ExecutionResult> ShellAsync(string line, Watcher? watcher = null, int timeout = 30, string? id = null, CancellationToken token = default) =>
        _executor.ExecuteAsync(Request(line, null, timeout, id), watcher ?? new Watcher(), token);

    /// <summary>Runs pipelines without a shell.</summary>
    public Task<ExecutionResult> RunAsync(CommandPipeline[] pipelines, Watcher? watcher = null, int timeout = 30, CancellationToken token = default) =>
        _executor.ExecuteAsync(Request("(test)", new CommandProgram(pipelines), timeout, null), watcher ?? new Watcher(), token);

    /// <summary>Runs one program without a shell.</summary>
    public Task<ExecutionResult> RunAsync(params string[] words) => RunAsync([Pipe(Command(words))]);

    public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput? output = null) =>
        _executor.ExecuteAsync(request, output ?? new Watcher(), CancellationToken.None);

    public ExecutionRequest Request(string line, CommandProgram? program, int timeout, string? id) =>
        new(id ?? NewId(), "local", line, program, Directory, TimeSpan.FromSeconds(timeout), Limits);

    public static CommandPipeline Pipe(params SimpleCommand[] commands) => new(CommandJoin.Always, false, commands);

    public static SimpleCommand Command(params string[] words) => new([.. words.Select(word => new CommandWord(word, false))], []);

    public static SimpleCommand Pattern(string program, params string[] patterns) =>
        new([new CommandWord(program, false), .. patterns.Select(pattern => new CommandWord(pattern, true))], []);

    public void Dispose()
    {
        _executor.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private LocalExecutor Create() => new(Options, new PlainRedactor(), TimeProvider.System, NullLogger<LocalExecutor>.Instance);
}
