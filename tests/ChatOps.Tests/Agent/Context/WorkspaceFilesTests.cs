using ChatOps.Agent.Context;
using ChatOps.Diagnostics;
using ChatOps.Testing;

namespace ChatOps.Tests.Agent.Context;

public sealed class WorkspaceFilesTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public async Task What_fits_is_told_whole_and_with_its_heading()
    {
        Write("AGENT.md", new string('a', 12_000));
        Write("SOUL.md", "Be brief.");

        var text = new WorkspaceTexts(Options).Read();

        Assert.Contains(new string('a', 12_000), text, StringComparison.Ordinal);
        Assert.Contains("(SOUL.md)\nBe brief.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("USER.md", text, StringComparison.Ordinal);
        var health = await new WorkspaceHealth(Options).CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PartState.Ok, health.State);
        Assert.Equal("12000 of 12000 characters", health.Facts["AGENT.md"]);
        Assert.Equal("none", health.Facts["USER.md"]);
    }

    [Theory]
    [InlineData(4_001, "4,001 characters")]
    [InlineData(40_000, "40,000 bytes")]
    public async Task One_character_too_many_is_an_error_that_names_the_file_and_the_numbers(int length, string size)
    {
        Write("SOUL.md", new string('a', length));

        var error = Assert.Throws<ContextException>(new WorkspaceTexts(Options).Read);

        Assert.Contains("SOUL.md", error.Message, StringComparison.Ordinal);
        Assert.Contains(size, error.Message, StringComparison.Ordinal);
        Assert.Contains("4,000 characters (about 1,333 tokens)", error.Message, StringComparison.Ordinal);
        var health = await new WorkspaceHealth(Options).CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PartState.Degraded, health.State);
        Assert.Contains(size, health.Summary, StringComparison.Ordinal);
        Assert.Equal(size, Assert.Single(Options.Problems()).Reason[("it holds ".Length)..("it holds ".Length + size.Length)]);
    }

    [Fact]
    public void What_is_no_text_is_an_error_too()
    {
        File.WriteAllBytes(directory["USER.md"], [0xC3, 0x28, 0xFF]);

        Assert.Contains("UTF-8", Assert.Throws<ContextException>(new WorkspaceTexts(Options).Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_are_shipped_fit_their_budgets()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ChatOps.sln"))) root = root.Parent;
        var shipped = new ContextOptions { WorkspaceDirectory = Path.Combine(root!.FullName, "workspace") };

        Assert.Empty(shipped.Problems());
        Assert.All(WorkspaceFile.All, f => Assert.NotNull(shipped.Read(f).Text));
    }

    public void Dispose() => directory.Dispose();

    private ContextOptions Options => new() { WorkspaceDirectory = directory[""] };

    private void Write(string name, string text) => File.WriteAllText(directory[name], text);
}
