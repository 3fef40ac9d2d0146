using System.Security.Cryptography;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Node.Connection;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>Content on its way to a node: bounded, resumed, and believed by its signed hash alone.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_program_on_a_node_reads_exactly_what_was_sent()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        foreach (var size in new[] { 0, 1, 32 * 1024, 3 * 1024 * 1024 + 7 })
        {
            var input = Content(size);
            var result = await relay.Nodes.ExecuteAsync(Sum(input), new Watcher(), CancellationToken.None);
            Assert.Equal((ExecutionEnd.Exited, $"{input.Sha256}  -\n"), (result.End, result.Output));
        }

        await Until.TrueAsync(() => Directory.GetFiles(Path.Combine(relay.StateOf("web-1"), "inputs")).Length == 0);
    }

    [Fact]
    public async Task Content_that_is_not_the_signed_one_starts_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var input = Content(100_000);
        var result = await relay.Nodes.ExecuteAsync(Sum(input with { Sha256 = new string('0', 64) }), new Watcher(), CancellationToken.None);
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.Contains("not the one that was signed", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_cannot_be_read_any_more_starts_nothing_and_hangs_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var input = Content(100_000);
        File.Delete(input.FilePath);
        var result = await relay.Nodes.ExecuteAsync(Sum(input), new Watcher(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(25));
        Assert.Equal(ExecutionEnd.Cancelled, result.End);
    }

    [Fact]
    public async Task A_node_takes_no_more_than_it_is_willing_to()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1", o => o with { MaxInputBytes = 1024 });
        var result = await relay.Nodes.ExecuteAsync(Sum(Content(1025)), new Watcher(), CancellationToken.None);
        Assert.Equal(ExecutionEnd.Refused, result.End);
    }

    [Fact]
    public async Task A_lost_connection_delays_the_content_and_loses_nothing()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var input = Content(24 * 1024 * 1024);
        var running = relay.Nodes.ExecuteAsync(Sum(input), new Watcher(), CancellationToken.None);
        var inputs = Path.Combine(relay.StateOf("web-1"), "inputs");
        await Until.TrueAsync(() => running.IsCompleted || Directory.GetFiles(inputs) is [var part] && new FileInfo(part).Length > 1024 * 1024);
        foreach (var session in relay.Sessions.All) session.Abort();
        var result = await running;
        Assert.Equal((ExecutionEnd.Exited, $"{input.Sha256}  -\n"), (result.End, result.Output));
    }

    [Fact]
    public async Task Output_that_is_wanted_as_bytes_comes_as_bytes()
    {
        await using var relay = await RelayHarness.StartAsync();
        await relay.JoinedAsync("web-1");
        var input = Content(2 * 1024 * 1024 + 3);
        var bytes = new Bytes();
        var result = await relay.Nodes.ExecuteAsync(
            Read(input, "cat") with { Limits = new OutputLimits(0, 0, 16 * 1024 * 1024, null) }, bytes, CancellationToken.None);
        Assert.Equal(ExecutionEnd.Exited, result.End);
        Assert.Equal(input.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes.All.ToArray())));
    }

    [Fact]
    public async Task What_comes_twice_late_or_unasked_is_left_aside()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        using var input = new NodeInput("x", new PlanInput(content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), directory["input"]);
        Assert.Null(input.Take(new OutputChunk("x", 0, content.AsMemory(0, 10))));
        var first = input.Resume()!;
        Assert.Equal((0, NodeInput.WindowBytes), (first.Offset, first.Bytes));
        input.Take(new OutputChunk("x", 0, content.AsMemory(0, 100_000)));
        input.Take(new OutputChunk("x", 0, content.AsMemory(0, 100_000)));
        input.Take(new OutputChunk("x", 200_000, content.AsMemory(200_000, 10)));
        Assert.Equal(100_000, input.Resume()!.Offset);
        for (var at = 100_000; at < content.Length; at += 50_000) input.Take(new OutputChunk("x", at, content.AsMemory(at, 50_000)));
        Assert.True(input.Arrived.IsCompleted);
        Assert.Null(await input.Arrived);
        Assert.Equal(content, await File.ReadAllBytesAsync(input.Path, TestContext.Current.CancellationToken));
        Assert.Null(input.Resume());
    }

    private ExecutionInput Content(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var path = directory[$"content-{Guid.NewGuid():N}"];
        File.WriteAllBytes(path, bytes);
        return new ExecutionInput(path, size, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static ExecutionRequest Sum(ExecutionInput input) => Read(input, "sha256sum");

    private static ExecutionRequest Read(ExecutionInput input, string program) => new(
        $"t-{Guid.NewGuid():N}", "web-1", program, new CommandProgram([new(CommandJoin.Always, false, [new([new CommandWord(program, false)], [])])]), "/", TimeSpan.FromSeconds(60),
        new OutputLimits(16 * 1024, 16 * 1024, 0, null)) { Risk = Risk.Change, Approval = "A7K2Q9", Input = input };

    private sealed class Bytes : IByteOutput
    {
        public List<byte> All { get; } = [];

        public void Append(ReadOnlySpan<byte> bytes) => All.AddRange(bytes);

        public void Append(string text) => throw new InvalidOperationException("The bytes come by the other way.");
    }
}
