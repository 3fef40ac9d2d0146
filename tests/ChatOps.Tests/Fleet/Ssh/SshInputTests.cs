using System.Security.Cryptography;
using ChatOps.Fleet;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Transfers;

namespace ChatOps.Tests.Fleet.Ssh;

/// <summary>Content to and from a node without a daemon.</summary>
public sealed class SshInputTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57 * 512)]
    [InlineData(1_000_003)]
    public async Task A_program_reads_exactly_what_was_sent_and_what_it_prints_comes_back_as_bytes(int size)
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var input = Content(fleet, size);
        var bytes = new Bytes();
        var command = NodeCommand.Of("cat");
        var request = new ExecutionRequest("in-1", "web", command.Line, command.Program, "/", TimeSpan.FromMinutes(1), new OutputLimits(0, 0, 16 * 1024 * 1024, null)) { Input = input };
        var result = await fleet.Nodes.ExecuteAsync(request, bytes, TestContext.Current.CancellationToken);
        Assert.Equal((ExecutionEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal(input.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes.All.ToArray())));
    }

    [Fact]
    public async Task Content_that_is_not_the_announced_one_starts_nothing()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var input = Content(fleet, 1000) with { Sha256 = new string('0', 64) };
        var result = await fleet.RunAsync($"touch {fleet.PathOf("made")}", change: r => r with { Input = input });
        Assert.Equal(ExecutionEnd.NotStarted, result.End);
        Assert.False(File.Exists(fleet.PathOf("made")));
    }

    [Fact]
    public async Task A_file_is_put_there_by_the_same_script_as_everywhere()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var input = Content(fleet, 100_001);
        var place = Directory.CreateTempSubdirectory("chatops-ssh-put-");
        try
        {
            if (Environment.UserName == "root") File.SetUnixFileMode(place.FullName, (UnixFileMode)0x1FF);
            var path = Path.Combine(place.FullName, "a b's $(x)");
            var command = NodeCommand.Of("sh", "-c", PutScript.Text, "put_file", path, input.Sha256, "100001", "0644", "", "", PutScript.None, "now");
            var request = new ExecutionRequest("put-1", "web", "put_file", command.Program, "/", TimeSpan.FromMinutes(1), new OutputLimits(64 * 1024, 0, 0, null)) { Input = input };
            var result = await fleet.Nodes.ExecuteAsync(request, fleet, TestContext.Current.CancellationToken);
            Assert.True(result.Succeeded, $"{result.Message} {result.Output}");
            Assert.Equal(await File.ReadAllBytesAsync(input.FilePath, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.Single(place.GetFiles());
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static ExecutionInput Content(SshHarness fleet, int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var path = fleet.PathOf("content");
        File.WriteAllBytes(path, bytes);
        return new ExecutionInput(path, size, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private sealed class Bytes : IByteOutput
    {
        public List<byte> All { get; } = [];

        public void Append(ReadOnlySpan<byte> bytes) => All.AddRange(bytes);

        public void Append(string text) => throw new InvalidOperationException("The bytes come by the other way.");
    }
}
