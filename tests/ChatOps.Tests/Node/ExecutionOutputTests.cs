using ChatOps.Fleet;

namespace ChatOps.Tests.Node;

public sealed class ExecutionOutputTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Output_is_streamed_while_the_program_runs()
    {
        var watcher = new Watcher();
        var file = Path.Combine(_machine.Directory, "go");
        var running = _machine.ShellAsync($"echo first; while [ ! -e {file} ]; do sleep 0.02; done; echo second", watcher);
        await watcher.SeesAsync("first");
        Assert.DoesNotContain("second", watcher.Text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "");
        var result = await running;
        Assert.Equal("first\nsecond\n", result.Output);
        Assert.Equal("first\nsecond\n", watcher.Text);
    }

    [Fact]
    public async Task A_code_point_that_arrives_in_pieces_is_one()
    {
        var watcher = new Watcher();
        var result = await _machine.ShellAsync("printf '\\360\\237'; sleep 0.1; printf '\\230\\200|\\303'; sleep 0.1; printf '\\244\\377.'", watcher);
        Assert.Equal("😀|ä\ufffd.", watcher.Text);
        Assert.Equal("😀|ä\ufffd.", result.Output);
    }

    [Fact]
    public async Task Head_and_tail_are_kept_and_the_middle_is_counted()
    {
        _machine.Limits = new OutputLimits(1000, 1000, 0, null);
        var result = await _machine.RunAsync("seq", "1", "100000");
        Assert.Equal(588895, result.TotalBytes);
        var kept = result.Output.Split('\n');
        var note = Array.FindIndex(kept, line => line.StartsWith('…'));
        Assert.Equal("… 573.1 KiB omitted …", kept[note]);
        Assert.Equal(Enumerable.Range(1, note).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), kept[..note]);
        Assert.Equal("100000", kept[^2]);
        Assert.Equal(result.TotalBytes - result.OmittedBytes, result.Output.Length - "… 573.1 KiB omitted …\n".Length);
        Assert.Null(result.FilePath);
    }

    [Theory]
    [InlineData(1999)]
    [InlineData(2000)]
    [InlineData(2001)]
    public async Task Nothing_is_omitted_up_to_the_bounds(int bytes)
    {
        var path = Path.Combine(_machine.Directory, "whole");
        _machine.Limits = new OutputLimits(1000, 1000, 10_000, path);
        var result = await _machine.ShellAsync($"head -c {bytes} /dev/zero | tr '\\0' x");
        Assert.Equal(bytes, result.TotalBytes);
        Assert.Equal(bytes > 2000, result.OmittedBytes > 0);
        Assert.Equal(bytes > 2000, File.Exists(path));
        if (bytes <= 2000)
            Assert.Equal(new string('x', bytes), result.Output);
    }

    [Fact]
    public async Task The_whole_goes_to_a_private_redacted_file_up_to_its_limit()
    {
        var path = Path.Combine(_machine.Directory, "whole");
        _machine.Limits = new OutputLimits(100, 100, 500_000, path);
        var result = await _machine.ShellAsync($"echo {PlainRedactor.Secret}; seq 1 100000");
        Assert.Equal(path, result.FilePath);
        Assert.Equal("600\n", (await _machine.RunAsync("stat", "-c", "%a", path)).Output);
        var text = await File.ReadAllTextAsync(path);
        Assert.StartsWith("[redacted]\n1\n2\n3\n", text, StringComparison.Ordinal);
        Assert.EndsWith("… 86.8 KiB omitted …\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 499_000, 501_000);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_and_the_command_still_runs()
    {
        _machine.Limits = new OutputLimits(10, 10, 1000, "/no/such/directory/file");
        var result = await _machine.RunAsync("seq", "1", "1000");
        Assert.Equal((ExecutionEnd.Exited, 0, (string?)null), (result.End, result.ExitCode!.Value, result.FilePath));
        Assert.Contains("could not be kept in a file", result.Message!, StringComparison.Ordinal);
    }
}
