using System.Text;
using ChatOps.Node.Connection;
using ChatOps.Testing;

namespace ChatOps.Tests.Node;

public sealed class OutputSpoolTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void What_is_short_stays_in_memory_and_what_is_long_goes_to_a_file_of_the_owners_alone()
    {
        using var spool = new OutputSpool(directory["a"], 16, 1000, new SpoolBudget(1000));
        spool.Append("0123456789"u8);
        Assert.False(File.Exists(directory["a"]));
        spool.Append("abcdefghij"u8);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["a"]));
        Assert.Equal("0123456789abcdefghij", Read(spool, 0));
        Assert.Equal("9abcdefghij", Read(spool, 9));
        Assert.Equal("", Read(spool, 20));
    }

    [Fact]
    public void It_keeps_no_more_than_its_limit()
    {
        using var spool = new OutputSpool(directory["a"], 4, 10, new SpoolBudget(1000));
        for (var i = 0; i < 100; i++) spool.Append("xyz"u8);
        Assert.Equal(10, spool.Length);
        Assert.Equal("xyzxyzxyzx", Read(spool, 0));
    }

    [Fact]
    public void The_disk_of_all_is_bounded_and_given_back()
    {
        var budget = new SpoolBudget(100);
        var first = new OutputSpool(directory["a"], 0, 1000, budget);
        first.Append(new byte[80]);
        using var second = new OutputSpool(directory["b"], 0, 1000, budget);
        second.Append(new byte[30]);
        Assert.Equal((80, 0), (first.Length, second.Length));
        first.Dispose();
        Assert.False(File.Exists(directory["a"]));
        using var third = new OutputSpool(directory["c"], 0, 1000, budget);
        third.Append(new byte[100]);
        Assert.Equal(100, third.Length);
    }

    [Fact]
    public void A_disk_that_cannot_be_written_ends_what_is_kept_and_nothing_else()
    {
        using var spool = new OutputSpool(Path.Combine(directory.Path, "missing", "a"), 8, 1000, new SpoolBudget(1000));
        spool.Append("01234567"u8);
        spool.Append("more"u8);
        spool.Append("and more"u8);
        Assert.Equal("01234567", Read(spool, 0));
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_new_output()
    {
        using var spool = new OutputSpool(directory["a"], 100, 1000, new SpoolBudget(1000));
        var waiting = spool.ChangedAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        spool.Append("x"u8);
        await waiting.WaitAsync(Until.Limit);
    }

    [Fact]
    public void A_disk_that_takes_nothing_ends_what_is_kept_and_is_said()
    {
        using var spool = new OutputSpool(directory["missing/a"], 4, 1000, new SpoolBudget(1000));
        spool.Append("1234"u8);
        Assert.Null(spool.Problem);
        spool.Append("5678"u8);
        Assert.Equal("1234", Read(spool, 0));
        Assert.Contains("could not keep all of the output", spool.Problem, StringComparison.Ordinal);
    }

    private static string Read(OutputSpool spool, long offset)
    {
        var buffer = new byte[1000];
        return Encoding.ASCII.GetString(buffer, 0, spool.Read(offset, buffer));
    }
}
