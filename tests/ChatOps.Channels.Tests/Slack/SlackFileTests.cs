using ChatOps.Messages;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Fetching what people sent.</summary>
public sealed class SlackFileTests
{
    private const long Max = 1024;

    private static readonly InboundFile Clip = new(InboundFileKind.Voice, "F1", "clip.m4a", "audio/mp4", 5, TimeSpan.FromSeconds(2));

    private static async Task<(FileFetch Fetch, byte[] Content)> FetchAsync(SlackHarness slack, InboundFile? file = null)
    {
        using var into = new MemoryStream();
        var fetch = await slack.Channel.FetchFileAsync(file ?? Clip, into, Max, CancellationToken.None);
        return (fetch, into.ToArray());
    }

    private static Task<SlackHarness> WithAsync(SlackStoredFile file) => SlackHarness.StartAsync(prepare: server => server.Workspace.Files["F1"] = file);

    [Fact]
    public async Task A_clip_is_fetched_with_the_bots_token()
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", 5, "audio/mp4") { Content = [1, 2, 3, 4, 5] });
        var (fetch, content) = await FetchAsync(slack);
        Assert.Equal(FileFetchStatus.Fetched, fetch.Status);
        Assert.Equal([1, 2, 3, 4, 5], content);
    }

    [Theory]
    [InlineData(5000, 5000)]
    [InlineData(5, 5000)]
    public async Task What_is_larger_than_allowed_is_not_fetched_whatever_slack_claims(long claimed, int real)
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", claimed, "audio/mp4") { Content = new byte[real] });
        var (fetch, content) = await FetchAsync(slack);
        Assert.Equal(FileFetchStatus.TooLarge, fetch.Status);
        Assert.True(content.Length <= Max);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_gone()
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", 5, "audio/mp4"));
        Assert.Equal(FileFetchStatus.Gone, (await FetchAsync(slack)).Fetch.Status);
        Assert.Equal(FileFetchStatus.Gone, (await FetchAsync(slack, Clip with { Reference = "F2" })).Fetch.Status);
        Assert.Equal(FileFetchStatus.Gone, (await FetchAsync(slack, Clip with { Reference = "https://slack.com/x" })).Fetch.Status);
    }

    [Fact]
    public async Task Slacks_sign_in_page_is_not_a_clip()
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", 5, "audio/mp4") { Content = [1] });
        slack.Server.Workspace.Files["F2"] = new SlackStoredFile("page.m4a", 5, "text/html") { Content = [1] };
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(slack, Clip with { Reference = "F2" })).Fetch.Status);
        slack.Server.Scopes = [.. slack.Server.Scopes.Where(s => s != "files:read")];
        var lost = (await FetchAsync(slack)).Fetch;
        Assert.Equal(FileFetchStatus.Failed, lost.Status);
        Assert.Contains("files:read", lost.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1/secret")]
    [InlineData("https://evil.example/clip")]
    [InlineData("https://slack.com.evil.example/clip")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task The_token_goes_to_slack_alone(string address)
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", 5, "audio/mp4") { Content = [1], Address = address });
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(slack)).Fetch.Status);
    }

    [Fact]
    public async Task A_line_that_breaks_is_a_failure_and_no_exception()
    {
        await using var slack = await WithAsync(new SlackStoredFile("clip.m4a", 5, "audio/mp4") { Content = [1] });
        slack.Server.Script("download", SlackFault.Dropped());
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(slack)).Fetch.Status);
        slack.Server.Script("files.info", SlackFault.Dropped());
        Assert.Equal(FileFetchStatus.Failed, (await FetchAsync(slack)).Fetch.Status);
    }
}
